import type { Bed, Run } from '../support/bed';
import { exact, judged, reported } from '../support/rows';
import type { Row, SenderName } from '../support/types';

const MODES = [
	{ sender: 'node', label: 'default' },
	{ sender: 'nodeReusing', label: 'Reuse Connections' },
] as const satisfies { sender: SenderName; label: string }[];

/** What the figures are seen against: bare loops show how much memory Node itself takes. */
const OTHERS = [
	{ sender: 'httpRequest', label: 'HTTP Request node 4.5' },
	{ sender: 'helper', label: "bare loop over n8n's request helper" },
	{ sender: 'fetch', label: 'bare loop over fetch' },
] as const satisfies { sender: SenderName; label: string }[];

/** How long each of them may try, in ms. */
const OTHERS_TIMEOUT_MS = 300_000;

/** Thousands of messages in one execution: exactly once, in flat memory, without blocking n8n. */
export async function thousands(bed: Bed): Promise<Row[]> {
	const rows: Row[] = [];
	for (const [size, runs] of [
		[bed.size(10_000, 1000), bed.runs],
		[bed.size(50_000, 2000), 1],
	] as const) {
		for (const mode of MODES) rows.push(...(await ofMode(bed, mode, size, runs)));
		for (const other of OTHERS) rows.push(await ofOther(bed, other, size));
	}
	return rows;
}

async function ofMode(
	bed: Bed,
	{ sender, label }: (typeof MODES)[number],
	count: number,
	times: number,
): Promise<Row[]> {
	const runs: Run[] = [];
	for (let time = 0; time < times; time++) {
		runs.push(await bed.run({ sender, ledger: true }, { count }));
	}
	const worst = (figure: (run: Run) => number) => Math.max(...runs.map(figure));
	const title = `${count} messages, ${label}`;
	const seconds = runs.map(({ ms }) => (ms / 1000).toFixed(1)).join(', ');
	return [
		reported(`${title}: time of each run`, `${seconds} s`),
		exact(
			`${title}: messages lost or doubled`,
			total(runs, ({ lost, doubled }) => lost + doubled),
			0,
		),
		judged(
			`${title}: highest peak RSS beyond the items`,
			worst(({ extraMb }) => extraMb),
			{ atMost: 120 },
			{ digits: 0, unit: ' MB' },
		),
		judged(
			`${title}: highest event-loop delay p99`,
			worst(({ delayP99Ms }) => delayP99Ms),
			{ atMost: 60 },
			{ digits: 1, unit: ' ms' },
			`longest ${worst(({ delayMaxMs }) => delayMaxMs).toFixed(0)} ms`,
		),
		judged(
			`${title}: the ledger as n8n stores it`,
			worst(({ ledgerBytes }) => ledgerBytes ?? NaN) / 1e6,
			{ atMost: 5 },
			{ unit: ' MB' },
		),
	];
}

async function ofOther(
	bed: Bed,
	{ sender, label }: (typeof OTHERS)[number],
	count: number,
): Promise<Row> {
	const title = `${count} messages: ${label}`;
	try {
		const run = await bed.run({ sender }, { count, timeoutMs: OTHERS_TIMEOUT_MS });
		const parts = [
			run.error === undefined ? 'succeeds' : `fails: ${run.error}`,
			`${(run.ms / 1000).toFixed(1)} s`,
			`${run.lost} lost`,
			`${run.doubled} doubled`,
			`peak RSS beyond the items ${run.extraMb.toFixed(0)} MB`,
			`event-loop delay p99 ${run.delayP99Ms.toFixed(0)} ms, longest ${run.delayMaxMs.toFixed(0)} ms`,
		];
		return reported(title, parts.join(', '));
	} catch (error) {
		return reported(title, `fails: ${(error as Error).message}`);
	}
}

function total(runs: readonly Run[], figure: (run: Run) => number): number {
	return runs.reduce((sum, run) => sum + figure(run), 0);
}
