import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/types';
import type { WaitMeter } from './waitMeter';

/**
 * The time by a clock that cannot jump. The system's clock may be set back: a window that is to end in a
 * second would end in hours. All that share access tokens must use the same clock.
 *
 * @returns the time in ms since 1970, as it was when the process started plus what has passed since
 */
export const steadyNow = () => performance.timeOrigin + performance.now();

/**
 * The clock of an execution. Its waits end at once when the execution is stopped.
 *
 * @param meter measures the waits for the rate limit
 * @param signal the execution's cancel signal; older hosts have none
 * @returns the clock
 */
export function executionClock(meter: WaitMeter, signal?: AbortSignal): Clock {
	// Hosts before 2.41 take no signal here: there, a wait ends by itself.
	const waits = new Set<AbortController>();
	const endWaits = () => {
		for (const wait of waits) wait.abort();
	};
	const wait = async (ms: number) => {
		const controller = new AbortController();
		if (signal?.aborted) controller.abort();
		// One listener for all waits: Node warns of a leak when a signal has more than ten. And none when
		// nothing waits: Node never frees a signal of AbortSignal.any() that is listened to.
		if (waits.size === 0) signal?.addEventListener('abort', endWaits);
		waits.add(controller);
		await sleep(ms, controller.signal).catch(() => undefined);
		waits.delete(controller);
		if (waits.size === 0) signal?.removeEventListener('abort', endWaits);
	};
	return {
		now: steadyNow,
		sleep: async (ms, reason) => await (reason === 'rateLimit' ? meter.during(wait(ms)) : wait(ms)),
		stopped: () => signal?.aborted ?? false,
	};
}
