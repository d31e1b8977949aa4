import type { JsonObject } from '../../api/answer';
import type { ApiFailure } from '../../failures/failure';
import type { Attempt } from '../../delivery/types';
import type { Performance } from '../types';
import { isFinal } from './deliveryState';
import type { StatusRequest } from './getStatus';

/** First wait between two looks, in ms; it doubles up to the cap: the rate limit is for sending. */
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/**
 * Looks at a message's status, again and again when the user asked for a final one. A look that fails
 * meanwhile for a passing reason does no harm.
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
	let known = await call(request);
	for (let waitMs = FIRST_WAIT_MS; isPending(known); waitMs = Math.min(2 * waitMs, MAX_WAIT_MS)) {
		const leftMs = until - clock.now();
		if (leftMs <= 0) break;
		await clock.sleep(Math.min(waitMs, leftMs), 'backoff');
		if (clock.stopped()) break;
		const look = await call(request);
		if (look.status === 'sent' || !isPassing(look)) known = look;
	}
	return known;
}

function isPending(look: Attempt<JsonObject, ApiFailure>): boolean {
	return look.status === 'sent' && !isFinal(look.response);
}

/** Whether a failed look says nothing about the message. */
function isPassing(look: Attempt<JsonObject, ApiFailure>): boolean {
	return look.status === 'stopped' || (look.status === 'failed' && look.failure.transient);
}
