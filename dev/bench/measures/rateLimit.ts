import type { Bed, JobFor, Run } from '../support/bed';
import { alternate, type Rounds } from '../support/rounds';
import { exact, judged, percent, reported } from '../support/rows';
import { median } from '../support/statistics';
import type { Row } from '../support/types';

/** Genesys Cloud's limit of 300 calls a minute, thirty times faster. */
const LIMIT = { allowed: 300, windowMs: 2000 };

/** Messages that each process sends before, without the limit. */
const WARM_UP = 300;

const JOBS = {
	one: { sender: 'node' },
	two: { sender: 'node', executions: 2 },
	batched: { sender: 'httpRequest', batching: { batchSize: 150, batchInterval: 1000 } },
	unbatched: { sender: 'httpRequest' },
} as const satisfies Record<string, JobFor>;

type Name = keyof typeof JOBS;

/** A scaled-down rate limit and one token: in one execution, in two at once, and the peer. */
export async function rateLimit(bed: Bed): Promise<Row[]> {
	const count = bed.size(3000, 900);
	const idealMs = (Math.ceil(count / LIMIT.allowed) - 1) * LIMIT.windowMs;
	const names = Object.keys(JOBS) as Name[];
	const rounds = await alternate(names, bed.runs, (name) =>
		bed.run(JOBS[name], { count, warmUp: WARM_UP, rateLimit: LIMIT }),
	);
	const title = `${count} messages at ${LIMIT.allowed} per ${LIMIT.windowMs / 1000} s`;
	return [
		...judgedRows(`${title}, one execution`, rounds.of('one'), idealMs),
		...judgedRows(`${title}, two executions at once`, rounds.of('two'), idealMs),
		peerRow(`${title}: HTTP Request node, batches of 150 per 1,000 ms`, rounds, 'batched'),
		peerRow(`${title}: HTTP Request node, default`, rounds, 'unbatched'),
	];
}

function judgedRows(title: string, runs: readonly Run[], idealMs: number): Row[] {
	const misses = runs.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);
	const share = Math.max(...runs.map(({ refusedShare }) => refusedShare));
	const ms = median(runs.map((run) => run.ms));
	return [
		judged(
			`${title}: time / ideal of the limit`,
			ms / idealMs,
			{ atMost: 1.05 },
			{ digits: 3 },
			`${(ms / 1000).toFixed(2)} s, ideal ${idealMs / 1000} s`,
		),
		exact(`${title}: messages lost or doubled`, misses, 0),
		judged(`${title}: highest share of 429s`, share * 100, { atMost: 1 }, { unit: ' %' }),
	];
}

function peerRow(title: string, rounds: Rounds<Name, Run>, name: Name): Row {
	const of = (figure: (run: Run) => number) => rounds.median(name, figure);
	const parts = [
		`${(of(({ ms }) => ms) / 1000).toFixed(1)} s`,
		`${of(({ lost }) => lost)} lost`,
		`${of(({ doubled }) => doubled)} doubled`,
		`${percent(of(({ refusedShare }) => refusedShare))} of calls refused`,
	];
	return reported(title, parts.join(', '));
}
