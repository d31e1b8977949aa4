import { waitBeforeRetry, type RetrySettings } from './retryPolicy';
import type { Attempt, Clock, Delivered, DeliveryFailure } from './types';

/**
 * Delivers one message: attempts it until it is sent, fails for good, or the execution is stopped.
 *
 * @param attempt makes one attempt; must not reject
 * @param settings the user's delivery options
 * @param clock the host's clock
 * @param maybeDelivered whether an earlier run of the node may already have delivered the message
 * @param random a function that returns a number from 0 to below 1, for the jitter
 * @returns what became of the message; `stopped` only when not a single attempt was made
 */
export async function deliver<Response, Failure extends DeliveryFailure>(
	attempt: () => Promise<Attempt<Response, Failure>>,
	settings: RetrySettings,
	clock: Clock,
	maybeDelivered = false,
	random: () => number = Math.random,
): Promise<Delivered<Response, Failure>> {
	let last: Delivered<Response, Failure> = { status: 'stopped' };
	for (let attempts = 1; ; attempts++) {
		const result = await attempt();
		if (result.status === 'sent') return { ...result, attempts };
		if (result.status === 'stopped') return last;

		// A later certain "no" does not undo an earlier attempt that may have been accepted.
		maybeDelivered ||= result.failure.delivered === 'unknown';
		const delivered = maybeDelivered ? 'unknown' : 'no';
		const made = result.failure.notCalled ? attempts - 1 : attempts;
		last = { status: 'failed', failure: { ...result.failure, delivered }, attempts: made };
		const waitMs = waitBeforeRetry(result.failure, attempts, settings, random);
		if (waitMs === undefined) return last;
		await clock.sleep(waitMs, result.failure.retryAfterMs === undefined ? 'backoff' : 'rateLimit');
		if (clock.stopped()) return last;
	}
}
