import { sleep } from 'n8n-workflow';

import type { Clock } from '../delivery/types';

/**
 * The time by a clock that cannot jump. The system's clock may be set back: a window that is to end in a
 * second would end in hours. All that share access tokens must use the same clock.
 *
 * @returns ms since 1970, as it was when the process started plus what has passed since
 */
export const steadyNow = () => performance.timeOrigin + performance.now();

/**
 * A clock on n8n's timers. Its waits end at once when `signal` says so.
 *
 * @param signal the execution's cancel signal; the panel and older hosts have none
 * @param meter measures the waits for the rate limit
 */
export function hostClock(signal?: AbortSignal, meter?: WaitMeter): Clock {
	// Hosts before 2.41 take no signal here: there, a wait ends by itself.
	const waits = new Set<AbortController>();
	const endWaits = () => {
		for (const wait of waits) wait.abort();
	};
	const wait = async (ms: number, controller = new AbortController()) => {
		if (signal?.aborted) controller.abort();
		// One listener for all waits: Node warns of a leak when a signal has more than ten. And none when
		// nothing waits: Node never frees a signal of AbortSignal.any() that is listened to.
		if (waits.size === 0) signal?.addEventListener('abort', endWaits);
		waits.add(controller);
		await Promise.race([
			aborted(controller.signal),
			// A timer for a wait without an end would stay for weeks on hosts that cannot end it.
			...(Number.isFinite(ms) ? [sleep(ms, controller.signal).catch(() => undefined)] : []),
		]);
		waits.delete(controller);
		if (waits.size === 0) signal?.removeEventListener('abort', endWaits);
	};
	return {
		now: steadyNow,
		sleep: async (ms, reason) =>
			await (meter && reason === 'rateLimit' ? meter.during(wait(ms)) : wait(ms)),
		stopped: () => signal?.aborted ?? false,
		within: async (work, ms) => {
			const limit = new AbortController();
			try {
				return await Promise.race([work, wait(ms, limit).then(() => undefined)]);
			} finally {
				limit.abort();
			}
		},
	};
}

/** Resolves when the signal is aborted; hosts before 2.41 do not end a `sleep` by it. */
export async function aborted(signal: AbortSignal): Promise<void> {
	if (signal.aborted) return;
	await new Promise<void>((resolve) => {
		signal.addEventListener('abort', () => resolve(), { once: true });
	});
}

/** Measures wall-clock time: ten messages that wait together for a minute make one minute. */
export class WaitMeter {
	private waiting = 0;
	private since = 0;
	private total = 0;

	/** @param now tells the current time in ms since 1970 */
	constructor(private readonly now: () => number = steadyNow) {}

	/** The time waited so far, in ms. */
	get totalMs(): number {
		return this.total + (this.waiting > 0 ? this.now() - this.since : 0);
	}

	/** Counts the time until a wait ends. */
	async during(wait: Promise<void>): Promise<void> {
		if (this.waiting++ === 0) this.since = this.now();
		await wait;
		if (--this.waiting === 0) this.total += this.now() - this.since;
	}
}

/** Measures how long calls have stood still, from the first time that somebody asks. */
export class StallMeter {
	private since: number | undefined;

	constructor(private readonly clock: Clock) {}

	/** The time since then, in ms. */
	ms(): number {
		return this.clock.now() - (this.since ??= this.clock.now());
	}

	/** Something goes on again. */
	end(): void {
		this.since = undefined;
	}
}

/** How often the open calls are looked at, in ms: one that takes too long ends at most so much later. */
const LOOK_MS = 50;

/** Until when each open call may take, in ms since 1970. */
const open = new Map<AbortController, number>();
let isLooking = false;

/**
 * Makes a call that is aborted when it takes too long. One timer looks after all calls of the process: a timer
 * for each (`AbortSignal.timeout`) holds its call in memory until the time is over, long after the answer.
 *
 * @param ms the time limit
 * @param call takes the signal that ends it, with a `TimeoutError`
 */
export async function withTimeLimit<T>(
	ms: number,
	call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
	const controller = new AbortController();
	open.set(controller, steadyNow() + ms);
	if (!isLooking) void look();
	try {
		return await call(controller.signal);
	} finally {
		open.delete(controller);
	}
}

/** Goes on as long as there are open calls. */
async function look(): Promise<void> {
	isLooking = true;
	while (open.size > 0) {
		await sleep(LOOK_MS);
		const now = steadyNow();
		for (const [controller, until] of open) {
			if (now < until) continue;
			open.delete(controller);
			controller.abort(new DOMException('The call took too long', 'TimeoutError'));
		}
	}
	isLooking = false;
}
