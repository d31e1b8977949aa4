import { errorFields } from './answer';
import type { ApiFailure, FailureReason } from '../failures/failure';
import type { HttpFailureKind, HttpResponse } from './http';
import { retryAfterMs } from './retryAfter';

/**
 * Classifies an answer that is not a success: why it failed, whether the message may have been
 * accepted, and whether another try may help.
 *
 * @param response the answer; its status is not 2xx
 * @param now the current time in ms since 1970
 * @returns the failure
 */
export function classifyAnswer(response: HttpResponse, now: number): ApiFailure {
	const { status } = response;
	const askedMs = retryAfterMs(response, now);
	const facts = {
		...errorFields(response),
		...(askedMs !== undefined && { retryAfterMs: askedMs }),
	};
	if (status === 429) return { ...facts, reason: 'rateLimited', delivered: 'no', transient: true };
	if (status >= 500) {
		// A 503 with Retry-After was turned away at the door; any other 5xx may follow an acceptance.
		const turnedAway = status === 503 && response.header('retry-after') !== undefined;
		const delivered = turnedAway ? 'no' : 'unknown';
		return { ...facts, reason: 'serverError', delivered, transient: true };
	}
	if (status >= 400) {
		return { ...facts, reason: reasonOf(status), delivered: 'no', transient: false };
	}
	return { ...facts, reason: 'unexpectedResponse', delivered: 'no', transient: false };
}

function reasonOf(status: number): FailureReason {
	switch (status) {
		case 401:
			return 'unauthorized';
		case 403:
			return 'forbidden';
		case 404:
			return 'notFound';
		case 409:
			return 'conflict';
		default:
			return 'badRequest';
	}
}

/**
 * Classifies a 2xx that is not the API's answer: a proxy's login page, broken JSON, no `id`.
 *
 * @param response the answer
 * @returns the failure; nobody can tell whether the message was accepted
 */
export function unexpectedAnswer(response: HttpResponse): ApiFailure {
	return {
		...errorFields(response),
		reason: 'unexpectedResponse',
		delivered: 'unknown',
		transient: false,
	};
}

/**
 * Classifies a call that got no answer.
 *
 * @param kind how far the call came
 * @param code the network's code
 * @returns the failure
 */
export function classifyNoAnswer(kind: HttpFailureKind, code: string): ApiFailure {
	switch (kind) {
		case 'neverConnected':
			return { reason: 'network', code, delivered: 'no', transient: true };
		case 'tls':
		case 'blocked':
			return { reason: 'network', code, delivered: 'no', transient: false };
		case 'timeout':
			return { reason: 'timeout', code, delivered: 'unknown', transient: true };
		case 'interrupted':
			return { reason: 'network', code, delivered: 'unknown', transient: true };
	}
}
