import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/types';
import type { WaitMeter } from './waitMeter';

/**
 * The clock of an execution. Its waits end at once when the execution is stopped.
 *
 * @param meter measures the waits for the rate limit
 * @param signal the execution's cancel signal; older hosts have none
 * @returns the clock
 */
export function executionClock(meter: WaitMeter, signal?: AbortSignal): Clock {
	// Hosts before 2.41 take no signal here: there, a wait ends by itself.
	const wait = async (ms: number) => await sleep(ms, signal).catch(() => undefined);
	return {
		now: () => Date.now(),
		sleep: async (ms, reason) => await (reason === 'rateLimit' ? meter.during(wait(ms)) : wait(ms)),
		stopped: () => signal?.aborted ?? false,
	};
}
