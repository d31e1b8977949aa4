import { isStopped, STOPPED, type Failure, type Result } from '../failures/failure';
import type { Clock, RetrySettings } from './types';

/** What an operation came to after all its attempts. */
export type Delivered<T> = Result<T> & {
	readonly attempts: number;
	/** The first failure, if any, after which the message may have been delivered. */
	readonly uncertain?: Failure | undefined;
};

/** The share of the backoff that is added at random, so that parallel messages do not retry in step. */
const MAX_JITTER = 0.25;
/** The longest backoff before the jitter, in ms. */
const MAX_BACKOFF_MS = 300_000;

/**
 * Attempts something until it succeeds, fails for good, or the execution is stopped. A rate limit is not
 * an attempt: the attempt itself waits it out before the next call.
 *
 * @param attempt must not reject
 * @param maybeDelivered whether an earlier run of the node may already have delivered the message
 * @param random returns a number from 0 to below 1, for the jitter
 * @returns `STOPPED` only when not a single call was made
 */
export async function deliver<T>(
	attempt: () => Promise<Result<T>>,
	settings: RetrySettings,
	clock: Clock,
	maybeDelivered = false,
	random: () => number = Math.random,
): Promise<Delivered<T>> {
	let last: Failure = STOPPED;
	let uncertain: Failure | undefined;
	let attempts = 0;
	for (;;) {
		const result = await attempt();
		if (result.ok) return { ...result, attempts: attempts + 1 };
		const { failure } = result;
		if (isStopped(failure)) break;

		if (failure.delivered === 'unknown') uncertain ??= failure.doubt ?? failure;
		// A later certain "no" does not undo an earlier attempt that may have been accepted.
		maybeDelivered ||= uncertain !== undefined;
		last = { ...telling(failure, uncertain), delivered: maybeDelivered ? 'unknown' : 'no' };
		if (isRateLimit(failure, settings)) {
			if (clock.stopped()) break;
			continue;
		}
		if (!failure.notCalled) attempts++;
		const waitMs = waitBeforeRetry(failure, attempts, settings, random);
		if (waitMs === undefined) break;
		await clock.sleep(waitMs, failure.retryAfterMs === undefined ? 'backoff' : 'rateLimit');
		if (clock.stopped()) break;
	}
	return { ok: false, failure: last, attempts, uncertain };
}

/**
 * Why it was not sent once more (a closed window, a look-up that failed) says less than the call that may have
 * delivered the message.
 */
function telling(failure: Failure, uncertain: Failure | undefined): Failure {
	const isNoSend = failure.notCalled === true || failure.call === 'read';
	return isNoSend && !failure.endsRun ? (uncertain ?? failure) : failure;
}

/** Whether the server has only refused the call for now, and asks to come back not too late. */
export function isRateLimit(
	{ reason, delivered, transient, retryAfterMs = 0 }: Failure,
	{ maxWaitMs }: Pick<RetrySettings, 'maxWaitMs'>,
): boolean {
	return reason === 'rateLimited' && delivered === 'no' && transient && retryAfterMs <= maxWaitMs;
}

/**
 * Decides whether a failed attempt is followed by another one.
 *
 * @param attempt the number of the attempt that failed, from 1
 * @returns the wait before the next attempt in ms, or `undefined` when there is none
 */
export function waitBeforeRetry(
	failure: Failure,
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
	const backoffMs = Math.min(settings.backoffMs * 2 ** (attempt - 1), MAX_BACKOFF_MS);
	return Math.max(backoffMs * (1 + MAX_JITTER * random()), askedMs);
}
