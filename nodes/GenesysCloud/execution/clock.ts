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
	const waits = new Set<AbortController>();
	const endWaits = () => {
		for (const wait of waits) wait.abort();
	};
	// One listener for all waits: Node warns of a leak when a signal has more than ten.
	signal?.addEventListener('abort', endWaits, { once: true });
	const wait = async (ms: number) => {
		const controller = new AbortController();
		if (signal?.aborted) controller.abort();
		waits.add(controller);
		await sleep(ms, controller.signal).catch(() => undefined);
		waits.delete(controller);
	};
	return {
		now: () => Date.now(),
		sleep: async (ms, reason) => await (reason === 'rateLimit' ? meter.during(wait(ms)) : wait(ms)),
		stopped: () => signal?.aborted ?? false,
	};
}
