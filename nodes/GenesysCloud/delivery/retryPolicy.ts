import type { DeliveryFailure, UncertainPolicy } from './types';

/** How often and how patiently a message is tried. */
export interface RetrySettings {
	/** Attempts for one message, the first included. */
	readonly maxAttempts: number;
	/** The first wait, in ms; it doubles with every further attempt. */
	readonly backoffMs: number;
	/** The longest wait, in ms, that the server may ask for. */
	readonly maxWaitMs: number;
	/** `retry` gives at-least-once delivery, `fail` at-most-once. */
	readonly uncertain: UncertainPolicy;
}

/** The share of the backoff that is added at random, so that parallel messages do not retry in step. */
const MAX_JITTER = 0.25;

/**
 * Decides whether a failed attempt is followed by another one.
 *
 * @param failure what went wrong
 * @param attempt the number of the attempt that failed, from 1
 * @param settings the user's delivery options
 * @param random a function that returns a number from 0 to below 1
 * @returns the wait before the next attempt in ms, or `undefined` when there is none
 */
export function waitBeforeRetry(
	failure: DeliveryFailure,
	attempt: number,
	settings: RetrySettings,
	random: () => number,
): number | undefined {
	const askedMs = failure.retryAfterMs ?? 0;
	const mayRetry =
		failure.transient &&
		!failure.endsRun &&
		attempt < settings.maxAttempts &&
		(failure.delivered === 'no' || settings.uncertain === 'retry') &&
		askedMs <= settings.maxWaitMs;
	if (!mayRetry) return undefined;
	const backoffMs = settings.backoffMs * 2 ** (attempt - 1) * (1 + MAX_JITTER * random());
	return Math.max(backoffMs, askedMs);
}
