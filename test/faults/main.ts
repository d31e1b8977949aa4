import { runScript } from '../../dev/scripts/runScript';
import { makeCertificate } from '../../dev/simulator/certificate';
import { Child } from '../../dev/bench/support/child';
import { runPool } from '../../nodes/GenesysCloud/delivery/deliverBatch';
import type { KindReport } from './campaign';
import { KINDS } from './kinds';
import { readOptions, USAGE, type CampaignOptions } from './options';
import { describeFindings, nodeTable, verdict } from './report';
import { writeSection } from './results';
import { GRID, QUICK_GRID } from './settings';
import { FAULTS } from './trigger/faults';
import { playTriggerCampaign } from './trigger/main';
import type { Task } from './worker';

/** The file that plays a kind, as the processes of the benchmarks find it. */
const WORKER = '../../../test/faults/worker.ts';
const MAX_KIND_MS = 1_800_000;

/** `npm run test:faults` */
async function main(): Promise<number> {
	const names = KINDS.map(({ name }) => name);
	const faults = FAULTS.map(({ name }) => name);
	const options = readOptions(process.argv.slice(2), { node: names, trigger: faults });
	if (!options) {
		console.log(`${USAGE}\nKinds: ${names.join(', ')}\n\nOf the trigger: ${faults.join(', ')}`);
		return 0;
	}
	const certificate = makeCertificate();
	// Inherited by the processes of the campaign: they trust it from their start.
	process.env.NODE_EXTRA_CA_CERTS = certificate.file;
	try {
		const violations = [
			...(options.campaign === 'trigger' ? [] : [await playNodeCampaign(options)]),
			...(options.campaign === 'node' ? [] : [await playTriggerCampaign(options)]),
		];
		return violations.some((count) => count > 0) ? 1 : 0;
	} finally {
		certificate.remove();
	}
}

/** @returns how many violations were found */
async function playNodeCampaign(options: CampaignOptions): Promise<number> {
	const { kinds, run, quick, seed } = options;
	const names = KINDS.map(({ name }) => name);
	const whole = kinds.length === 0 && run === undefined && !quick;
	const runs = (quick ? QUICK_GRID : GRID)
		.map(({ index }) => index)
		.filter((index) => index === (run ?? index));
	const chosen = names.filter((name) => kinds.length === 0 || kinds.includes(name));
	const startedAt = performance.now();
	const reports = await playAll(
		chosen.map((kind) => ({ kind, runs, seed })),
		options.processes,
	);
	const seconds = Math.round((performance.now() - startedAt) / 1000);
	if (whole) {
		const facts = [`Seed ${seed}`, `${Math.round(seconds / 60)} minutes`];
		await writeSection('node', nodeTable(reports), facts);
		console.log('Written to test/faults/RESULTS.md.');
	}
	console.log(verdict(reports, seconds));
	return reports.reduce((sum, { findings }) => sum + findings.length, 0);
}

/** Plays each kind in one of some processes; a kind has its process to itself. */
async function playAll(tasks: readonly Task[], processes: number): Promise<KindReport[]> {
	const reports: KindReport[] = [];
	const idle = await Promise.all(
		Array.from({ length: Math.min(processes, tasks.length) }, () => Child.start(WORKER)),
	);
	const all = [...idle];
	await runPool(
		tasks.length,
		all.length,
		() => false,
		async (index) => {
			const worker = idle.pop()!;
			const report = await worker.call<KindReport>('play', tasks[index], MAX_KIND_MS);
			idle.push(worker);
			reports[index] = report;
			print(report, tasks[index]!.seed);
		},
	);
	await Promise.all(all.map(async (worker) => await worker.stop()));
	return reports;
}

function print(report: KindReport, seed: number): void {
	const { kind, findings, runs, seconds } = report;
	const result = findings.length === 0 ? 'ok' : `${findings.length} violations`;
	console.log(`${kind.name}: ${result} (${runs} runs, ${seconds.toFixed(1)} s)`);
	for (const text of describeFindings(report, seed)) console.log(text);
}

runScript(main);
