import type { JsonObject } from '../../api/answer';
import type { ApiFailure } from '../../api/failure';
import type { Attempt } from '../../delivery/types';
import type { Performance } from '../types';
import { isFinal } from './deliveryState';
import type { StatusRequest } from './getStatus';

/** First wait between two looks, in ms; it doubles up to the cap: the rate limit is for sending. */
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/**
 * Looks at a message's status, again and again when the user asked for a final one.
 *
 * @param performance makes the calls and waits; a stopped execution ends the wait
 * @param request the message and how long to wait
 * @returns the last answer
 */
export async function pollUntilFinal(
	{ call, clock }: Performance,
	request: StatusRequest,
): Promise<Attempt<JsonObject, ApiFailure>> {
	const until = clock.now() + request.waitMs;
	for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(2 * waitMs, MAX_WAIT_MS)) {
		const look = await call(request);
		const leftMs = until - clock.now();
		if (look.status !== 'sent' || isFinal(look.response) || leftMs <= 0) return look;
		await clock.sleep(Math.min(waitMs, leftMs), 'backoff');
		if (clock.stopped()) return look;
	}
}
