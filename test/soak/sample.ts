import { readdirSync } from 'node:fs';
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';

import type { Sample } from './types';

/** Finalizers run between collections and free what the next one finds: six are usual. */
const COLLECTIONS = 12;

/** Where undici, which is Node's `fetch`, keeps its connections. */
const DISPATCHER = Symbol.for('undici.globalDispatcher.1');
/** More than a call may take. */
const CLOSE_TIMEOUT_MS = 60_000;

interface Dispatcher {
	readonly constructor: new () => Dispatcher;
	close(): Promise<void>;
}

/**
 * Closes the connections that `fetch` keeps for the next batch: how many there are is chance, and would
 * hide what is really left open. One whose answer nobody has read is busy for ever.
 */
async function closeConnections(): Promise<void> {
	const holder = globalThis as { [DISPATCHER]?: Dispatcher };
	const dispatcher = holder[DISPATCHER];
	if (!dispatcher) return;
	holder[DISPATCHER] = new dispatcher.constructor();
	const late = new AbortController();
	const timeout = sleep(CLOSE_TIMEOUT_MS, undefined, { signal: late.signal }).then(() => {
		throw new Error('Connections of fetch are still busy after the batch.');
	});
	await Promise.race([dispatcher.close(), timeout]);
	late.abort();
	await timeout.catch(() => undefined);
}

function openDescriptors(): number | undefined {
	try {
		return readdirSync('/proc/self/fd').length;
	} catch {
		return undefined; // not Linux
	}
}

function activeResources(): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const kind of process.getActiveResourcesInfo()) counts[kind] = (counts[kind] ?? 0) + 1;
	return counts;
}

/** Collects garbage. @returns the lowest use of the heap that was seen, in bytes */
async function collect(): Promise<number> {
	let lowest = Number.POSITIVE_INFINITY;
	for (let time = 0; time < COLLECTIONS; time++) {
		globalThis.gc?.();
		await nextTurn();
		lowest = Math.min(lowest, process.memoryUsage().heapUsed);
	}
	return lowest;
}

/**
 * Collects garbage and reads what the process still holds.
 *
 * @param messages messages sent so far
 * @param ms how long the batch took
 * @returns the sample
 * @throws Error when Node was started without `--expose-gc`
 */
export async function takeSample(messages: number, ms: number): Promise<Sample> {
	if (!globalThis.gc) throw new Error('Start Node with --expose-gc.');
	await closeConnections();
	const heapUsed = await collect();
	const rss = process.memoryUsage.rss();
	const descriptors = openDescriptors();
	return {
		...{ messages, ms, heapUsed, rss },
		...(descriptors !== undefined && { descriptors }),
		resources: activeResources(),
	};
}
