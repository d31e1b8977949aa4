import type { RateLimit } from './settings';

/** What the rate-limit headers of one answer say. */
interface WindowReading {
	readonly allowed: number;
	/** Calls of the window so far, this one included; never more than allowed. */
	readonly count: number;
	/** Seconds left of the window, rounded up. */
	readonly resetSeconds: number;
	/** Whether this call is over the limit. */
	readonly exceeded: boolean;
}

/**
 * The rate windows of the access tokens. A window is fixed: it starts with the token's first call
 * and ends after its time; the first call after that starts the next one. It is read from a
 * monotonic clock, so a window ends to the millisecond and no timer is left behind.
 */
export class RateWindows {
	readonly #windows = new Map<string, { startedAt: number; count: number }>();

	/**
	 * Counts one call.
	 *
	 * @param tokenId the token that makes the call
	 * @param limit the limit in force
	 * @param now milliseconds of a monotonic clock
	 */
	count(tokenId: string, limit: RateLimit, now = performance.now()): WindowReading {
		let window = this.#windows.get(tokenId);
		if (window === undefined || now - window.startedAt >= limit.windowMs) {
			window = { startedAt: now, count: 0 };
			this.#windows.set(tokenId, window);
		}
		const exceeded = window.count >= limit.allowed;
		if (!exceeded) window.count += 1;
		// In this order: the sum of two clock readings is off by a fraction, which would round up.
		const leftMs = limit.windowMs - (now - window.startedAt);
		return {
			allowed: limit.allowed,
			count: window.count,
			resetSeconds: Math.max(1, Math.ceil(leftMs / 1000)),
			exceeded,
		};
	}

	/** Forgets all windows: the next call of every token starts a new one. */
	clear(): void {
		this.#windows.clear();
	}
}
