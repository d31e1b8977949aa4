import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';

const MB = 1024 * 1024;
/** How often the event loop is looked at, in ms; the delay that is read includes it. */
const RESOLUTION_MS = 5;
/** How often memory is read, in ms: reading it costs CPU time that would count as the client's. */
const MEMORY_INTERVAL_MS = 50;

/** What the meter read. */
interface Reading {
	readonly ms: number;
	readonly cpuMs: number;
	readonly rssBeforeMb: number;
	readonly peakRssMb: number;
	readonly delayP99Ms: number;
	readonly delayMaxMs: number;
}

/**
 * Measures this process while some work is done.
 *
 * @param work the work
 * @returns what the work returns, and time, CPU, memory and event-loop delay (in ms and MB)
 */
export async function measure<Result>(
	work: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly reading: Reading }> {
	const rssBefore = process.memoryUsage.rss();
	let peakRss = rssBefore;
	const look = () => {
		peakRss = Math.max(peakRss, process.memoryUsage.rss());
	};
	const sampler = setInterval(look, MEMORY_INTERVAL_MS);
	const delay = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
	const { maxRSS: highest } = process.resourceUsage();
	delay.enable();
	// The histogram needs a first tick, else a block right at the start would not be seen.
	await sleep(4 * RESOLUTION_MS);
	const cpu = process.cpuUsage();
	const startedAt = performance.now();
	const result = await work();
	const ms = performance.now() - startedAt;
	const { user, system } = process.cpuUsage(cpu);
	delay.disable();
	clearInterval(sampler);
	look();
	// The system's own high-water mark sees what no timer does, but only if this run raised it.
	const { maxRSS } = process.resourceUsage();
	if (maxRSS > highest) peakRss = Math.max(peakRss, maxRSS * 1024);
	const reading = {
		ms,
		cpuMs: (user + system) / 1000,
		rssBeforeMb: rssBefore / MB,
		peakRssMb: peakRss / MB,
		delayP99Ms: delay.percentile(99) / 1e6,
		delayMaxMs: delay.max / 1e6,
	};
	return { result, reading };
}
