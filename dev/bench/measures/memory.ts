import type { Bed, Run } from '../support/bed';
import { alternate } from '../support/rounds';
import { exact, judged, reported } from '../support/rows';
import type { Row, SenderName } from '../support/types';

/** Each mode against the bare loop over the same HTTP client: what Node itself takes is in both. */
const PAIRS = [
	{ sender: 'nodeReusing', loop: 'fetch', label: 'Reuse Connections', rounds: 3 },
	// Ten times slower, so fewer rounds.
	{ sender: 'node', loop: 'helper', label: 'default', rounds: 1 },
] as const satisfies { sender: SenderName; loop: SenderName; label: string; rounds: number }[];

const extra = ({ extraMb }: Run) => extraMb;

/** Many messages in one execution: exactly once, in flat memory, without blocking n8n. */
export async function memory(bed: Bed): Promise<Row[]> {
	const count = bed.size(50_000, 2000);
	const rows: Row[] = [];
	for (const { sender, loop, label, rounds: times } of PAIRS) {
		const rounds = await alternate([sender, loop], Math.min(times, bed.runs), (name) =>
			bed.run({ sender: name, ledger: true }, { count }),
		);
		const title = `${count} messages, ${label}`;
		const megabytes = (name: typeof sender | typeof loop) =>
			`${rounds.median(name, extra).toFixed(0)} MB`;
		rows.push(
			judged(
				`${title}: peak RSS beyond the items / bare loop's`,
				rounds.ratio(sender, loop, extra),
				{ atMost: 1.1 },
				{},
				`${megabytes(sender)}, ${megabytes(loop)}`,
			),
			...behaviour(title, rounds.of(sender)),
		);
		if (sender === 'nodeReusing') {
			const small = { node: rounds.median(sender, extra), loop: rounds.median(loop, extra) };
			rows.push(...(await large(bed, count, small)));
		}
	}
	return rows;
}

/** Four times as many messages must not take much more memory: by the faster mode, for the time it takes. */
async function large(
	bed: Bed,
	smallCount: number,
	smallMb: { readonly node: number; readonly loop: number },
): Promise<Row[]> {
	const count = 4 * smallCount;
	const run = await bed.run({ sender: 'nodeReusing' }, { count });
	const loop = await bed.run({ sender: 'fetch' }, { count });
	const title = `${count} messages, Reuse Connections`;
	const growth = `peak RSS beyond the items / that of ${smallCount}`;
	const inMb = ({ extraMb }: Run) => `${extraMb.toFixed(0)} MB`;
	return [
		judged(`${title}: ${growth}`, run.extraMb / smallMb.node, { atMost: 1.2 }, {}, inMb(run)),
		reported(
			`${count} messages, bare loop over fetch, which keeps no results: ${growth}`,
			`${(loop.extraMb / smallMb.loop).toFixed(2)} (${inMb(loop)})`,
		),
		...behaviour(title, [run]),
	];
}

function behaviour(title: string, runs: readonly Run[]): Row[] {
	const worst = (figure: (run: Run) => number) => Math.max(...runs.map(figure));
	const misses = runs.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);
	const ledgerMb = worst(({ ledgerBytes = 0 }) => ledgerBytes) / 1e6;
	return [
		reported(`${title}: time`, runs.map(({ ms }) => `${(ms / 1000).toFixed(1)} s`).join(', ')),
		exact(`${title}: messages lost or doubled`, misses, 0),
		judged(
			`${title}: highest event-loop delay p99`,
			worst(({ delayP99Ms }) => delayP99Ms),
			{ atMost: 20 },
			{ digits: 1, unit: ' ms' },
		),
		judged(
			`${title}: longest stall of the event loop`,
			worst(({ delayMaxMs }) => delayMaxMs),
			{ atMost: 100 },
			{ digits: 0, unit: ' ms' },
		),
		...(ledgerMb > 0
			? [judged(`${title}: the ledger as n8n stores it`, ledgerMb, { atMost: 5 }, { unit: ' MB' })]
			: []),
	];
}
