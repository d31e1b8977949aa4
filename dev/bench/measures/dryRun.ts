import type { Bed } from '../support/bed';
import { exact, judged } from '../support/rows';
import type { Row } from '../support/types';

/** A dry run checks all items, and sends none. */
export async function dryRun(bed: Bed): Promise<Row[]> {
	const count = bed.size(50_000, 5000);
	const run = await bed.run({ sender: 'node', delivery: { dryRun: 'always' } }, { count });
	const title = `dry run of ${count} messages`;
	return [
		judged(`${title}: time`, run.ms / 1000, { atMost: 20 }, { digits: 1, unit: ' s' }),
		judged(
			`${title}: event-loop delay p99`,
			run.delayP99Ms,
			{ atMost: 20 },
			{ digits: 1, unit: ' ms' },
		),
		judged(
			`${title}: longest stall of the event loop`,
			run.delayMaxMs,
			{ atMost: 100 },
			{ digits: 0, unit: ' ms' },
		),
		exact(`${title}: calls that send`, run.tally.calls, 0),
	];
}
