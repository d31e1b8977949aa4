import { Child } from '../../../dev/bench/support/child';
import { runPool } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import type { CampaignOptions } from '../options';
import { writeSection } from '../results';
import { FAULTS } from './faults';
import { describeFault, isViolated, triggerTable } from './report';
import type { TriggerReport } from './types';

/** The file that plays a fault, as the processes of the benchmarks find it. */
const WORKER = '../../../test/faults/trigger/worker.ts';
/** Most of a fault is waiting. */
const LANES = 3;
const MAX_FAULT_MS = 600_000;

const EXPLANATION = [
	'Published workflows, one for each event, share one connection while customers come, write, leave and',
	'end their conversations; in the middle a fault strikes.',
].join('\n');

const NOTES = [
	'³ Not told, and rightly so: an undelivered message or another topic, which no API tells afterwards (the',
	'log says so, or with _lose_ nobody can notice), and a status that a later one of the same message had',
	'replaced before it could be read.',
	'',
	'⁴ The trigger did not come back, something was told after its deactivation, a socket stayed open, n8n',
	'was told of an error, or the log held a secret.',
].join('\n');

/** @returns how many faults broke a promise */
export async function playTriggerCampaign({ kinds, seed }: CampaignOptions): Promise<number> {
	const chosen = FAULTS.filter(({ name }) => kinds.length === 0 || kinds.includes(name));
	const startedAt = performance.now();
	const reports: TriggerReport[] = [];
	await runPool(
		chosen.length,
		LANES,
		() => false,
		async (index) => {
			// A process of its own: hubs and tokens are shared within one.
			const worker = await Child.start(WORKER);
			const report = await worker.call<TriggerReport>('play', chosen[index]!.name, MAX_FAULT_MS);
			await worker.stop();
			reports[index] = report;
			console.log(describeFault(report).join('\n'));
		},
	);
	if (kinds.length === 0) {
		const minutes = Math.round((performance.now() - startedAt) / 60_000);
		const text = [EXPLANATION, '', triggerTable(reports), '', NOTES].join('\n');
		await writeSection('trigger', text, [`Seed ${seed}`, `${minutes} minutes`]);
		console.log('Written to test/faults/RESULTS.md.');
	}
	return reports.filter(isViolated).length;
}
