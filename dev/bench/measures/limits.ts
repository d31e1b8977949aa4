import type { Bed, JobFor, Run } from '../support/bed';
import { alternate, type Rounds } from '../support/rounds';
import { exact, judged, percent, reported } from '../support/rows';
import type { Row } from '../support/types';

/** Genesys Cloud's windows are thirty times longer, so that their ends weigh less. */
const WINDOW_MS = 2000;
const ALLOWED = 200;
/** Each of ten tokens; so low that the limit decides, not this machine. */
const ALLOWED_OF_TEN = 60;
/** Calls a second that another client makes with the same token. */
const NEIGHBOUR = 20;
/** Messages that each process sends before, without the limit. */
const WARM_UP = 300;

interface Case {
	readonly title: string;
	readonly job: JobFor;
	/** Calls of one token in a window. */
	readonly allowed: number;
	/** Messages that can be accepted in a window. */
	readonly room: number;
	readonly atMost: number;
	/** Calls of another client come unforeseen: then a 429 is no fault. */
	readonly shared?: true;
}

/** The fast mode: what is measured is the pacing, not the sending. */
const job = { sender: 'nodeReusing' } as const;

const CASES = {
	one: { title: 'one execution', job, allowed: ALLOWED, room: ALLOWED, atMost: 1.02 },
	two: {
		title: 'two executions at once',
		job: { ...job, executions: 2 },
		allowed: ALLOWED,
		room: ALLOWED,
		atMost: 1.03,
	},
	ten: {
		title: 'ten tokens',
		job: { ...job, delivery: { accessTokens: 10 } },
		allowed: ALLOWED_OF_TEN,
		room: 10 * ALLOWED_OF_TEN,
		atMost: 1.05,
	},
	shared: {
		title: 'a limit shared with another client',
		job: { ...job, neighbour: NEIGHBOUR },
		allowed: ALLOWED,
		room: ALLOWED - (NEIGHBOUR * WINDOW_MS) / 1000,
		atMost: 1.1,
		shared: true,
	},
} as const satisfies Record<string, Case>;

type Name = keyof typeof CASES;

/** Time against the ideal of the limit: all windows but the last one must pass, and nothing else. */
export async function limits(bed: Bed): Promise<Row[]> {
	const windows = bed.size(6, 3);
	const names = Object.keys(CASES) as Name[];
	const rounds = await alternate(names, bed.runs, (name) => {
		const { job: of, room, allowed } = CASES[name];
		const rateLimit = { allowed, windowMs: WINDOW_MS };
		return bed.run(of, { count: windows * room, warmUp: WARM_UP, rateLimit });
	});
	const idealMs = (windows - 1) * WINDOW_MS;
	return [
		...names.flatMap((name) => rowsOf(CASES[name], rounds, name, idealMs)),
		judged(
			'rate of ten tokens / of one, of the same limit',
			(rounds.ratio('ten', 'one', ({ rate }) => rate) * ALLOWED) / ALLOWED_OF_TEN,
			{ atLeast: 9 },
			{ unit: ' times' },
		),
		...(await peers(bed, windows)),
	];
}

function rowsOf(of: Case, rounds: Rounds<Name, Run>, name: Name, idealMs: number): Row[] {
	const { allowed, atMost, shared } = of;
	const title = `${allowed} per ${WINDOW_MS / 1000} s, ${of.title}`;
	const runs = rounds.of(name);
	const misses = runs.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);
	const refused = runs.reduce((sum, { tally }) => sum + tally.refused, 0);
	const ms = rounds.median(name, (run) => run.ms);
	return [
		judged(
			`${title}: time / ideal`,
			ms / idealMs,
			{ atMost },
			{ digits: 3 },
			`${(ms / 1000).toFixed(2)} s, ideal ${idealMs / 1000} s`,
		),
		exact(`${title}: messages lost or doubled`, misses, 0),
		shared ? reported(`${title}: 429s`, String(refused)) : exact(`${title}: 429s`, refused, 0),
	];
}

/** What people do today: the HTTP Request node, with and without its batches. */
async function peers(bed: Bed, windows: number): Promise<Row[]> {
	const rateLimit = { allowed: ALLOWED, windowMs: WINDOW_MS };
	const count = windows * ALLOWED;
	const batching = { batchSize: ALLOWED / 2, batchInterval: WINDOW_MS / 2 };
	const rows: Row[] = [];
	for (const [label, peer] of [
		[`batches of ${ALLOWED / 2} per ${WINDOW_MS / 2} ms`, { sender: 'httpRequest', batching }],
		['its default', { sender: 'httpRequest' }],
	] as const) {
		const run = await bed.run(peer, { count, warmUp: WARM_UP, rateLimit });
		rows.push(
			reported(
				`${ALLOWED} per ${WINDOW_MS / 1000} s, HTTP Request node, ${label}`,
				`${(run.ms / 1000).toFixed(1)} s, ${run.lost} lost, ${percent(run.refusedShare)} of calls refused`,
			),
		);
	}
	return rows;
}
