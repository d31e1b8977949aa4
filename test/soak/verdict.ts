import { exact, judged, reported } from '../../dev/bench/support/rows';
import type { Row } from '../../dev/bench/support/types';
import type { SoakOptions } from './options';
import { fitLine } from './regression';
import type { Objects, Sample, Tally } from './types';

/** The share of the batches that warms up: compiled code, caches, open connections. */
const WARM_UP_SHARE = 0.25;
/** Bytes for 1,000 messages. One object kept for each message would take 50,000 and more. */
const MOST_HEAP_SLOPE = 20_000;
/** A connection may be on its way down. */
const MOST_MORE_DESCRIPTORS = 10;
/** What the process may keep between two batches: one OAuth client with four tokens, and the one before each. */
const MOST_OBJECTS: Readonly<Record<string, number>> = { TokenPool: 1, RateLimitWindow: 8 };
/** Not the package's own: reported, and judged by the heap. */
const FOREIGN = ['AbortSignal', 'Promise'];

/**
 * Judges a run.
 *
 * @param options what was sent
 * @param samples one of each batch, in order
 * @param left what was alive after the last batch
 * @param tally what the simulator saw
 * @returns the lines of the result; the run has failed when one is not met
 */
export function judge(
	{ batches, executions, items }: SoakOptions,
	samples: readonly Sample[],
	left: Objects,
	tally: Tally,
): Row[] {
	const warm = samples.slice(Math.ceil(samples.length * WARM_UP_SHARE));
	return [
		...arrivals(tally, batches * executions * items),
		...memory(warm),
		...descriptors(warm),
		...objects(left),
		...circumstances(samples, tally),
	];
}

function arrivals({ contacts, doubled, wrong }: Tally, expected: number): Row[] {
	return [
		exact('customers who got their message', contacts, expected),
		exact('messages that arrived twice', doubled, 0),
		exact('messages with a wrong text', wrong, 0),
	];
}

function memory(warm: readonly Sample[]): Row[] {
	const line = (figure: 'heapUsed' | 'rss') =>
		fitLine(warm.map((sample) => [sample.messages / 1000, sample[figure]]));
	const [heap, rss] = [line('heapUsed'), line('rss')];
	return [
		judged(
			'heap after collection: rise for 1,000 messages',
			heap.slope / 1000,
			{ atMost: MOST_HEAP_SLOPE / 1000 },
			{ digits: 1, unit: ' kB' },
			`R² ${heap.r2.toFixed(2)}`,
		),
		reported(
			'resident memory: rise for 1,000 messages',
			`${(rss.slope / 1000).toFixed(1)} kB (R² ${rss.r2.toFixed(2)})`,
		),
	];
}

function descriptors(warm: readonly Sample[]): Row[] {
	const counts = warm.flatMap((sample) => sample.descriptors ?? []);
	const [first, last] = [counts[0], counts.at(-1)];
	if (first === undefined || last === undefined) return [];
	const limit = { atMost: MOST_MORE_DESCRIPTORS };
	const note = `from ${first} to ${last}`;
	return [judged('more open file descriptors', last - first, limit, { digits: 0 }, note)];
}

function objects(left: Objects): Row[] {
	return Object.entries(left).map(([name, count]) =>
		FOREIGN.includes(name)
			? reported(`${name} objects alive after the last batch`, String(count))
			: judged(
					`${name} objects alive after the last batch`,
					count,
					{ atMost: MOST_OBJECTS[name] ?? 0 },
					{ digits: 0 },
				),
	);
}

/** Faults that never came would prove nothing. */
function circumstances(samples: readonly Sample[], tally: Tally): Row[] {
	const { statuses, tokenRequests, connections, maxInFlight } = tally;
	const atLeast = (name: string, count = 0, least = 1) =>
		judged(name, count, { atLeast: least }, { digits: 0 });
	const seconds = samples.reduce((sum, { ms }) => sum + ms, 0) / 1000;
	return [
		atLeast('calls refused for their rate (429)', statuses[429]),
		atLeast('calls with a revoked or expired token (401)', statuses[401]),
		atLeast('server errors (502, 503)', (statuses[502] ?? 0) + (statuses[503] ?? 0)),
		atLeast('connections reset', statuses.aborted),
		atLeast('access tokens fetched', tokenRequests, 5),
		reported('connections', String(connections)),
		reported('calls in flight at once, at most', String(maxInFlight)),
		reported('time', `${seconds.toFixed(0)} s`),
	];
}
