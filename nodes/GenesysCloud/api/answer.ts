import type { JsonObject } from '../delivery/types';
import { onlyKnown, type Failure, type FailureReason } from '../failures/failure';
import { headerOnce, type HttpResponse } from './http';
import { objectsIn, parseObject } from './json';
import { retryAfterMs } from './serverTime';

/** Where the texts of an answer are cut: more does not fit an error panel. */
export const MAX_MESSAGE_LENGTH = 500;
/** Genesys Cloud's IDs have 36 characters. The ledger keeps them, so they must not be endless. */
const MAX_ID_LENGTH = 256;

/** Whether a value of an answer can be an ID: a text that is neither empty nor endless. */
export function isId(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;
}

/** The list in an answer: most endpoints answer with `entities`, a query wraps them in `results`. */
export function listOf(body: JsonObject): JsonObject {
	return typeof body.results === 'object' && body.results !== null
		? (body.results as JsonObject)
		: body;
}

/**
 * Classifies an answer that is not a success: why it failed, whether the message may have been
 * accepted, and whether another try may help. Only a 429 and a refusal in Genesys Cloud's own format prove
 * that the message was not accepted.
 *
 * @param now the current time in ms since 1970
 */
export function classifyAnswer(response: HttpResponse, now: number): Failure {
	const { status } = response;
	const body = parseObject(response.text);
	const askedMs = retryAfterMs(response, now);
	const facts = onlyKnown({ ...errorFields(response, body), retryAfterMs: askedMs });
	if (status === 429) return { ...facts, reason: 'rateLimited', delivered: 'no', transient: true };
	if (status >= 500 && status <= 599) {
		return { ...facts, reason: 'serverError', delivered: 'unknown', transient: true };
	}
	const delivered = isRefusal(status, body) ? 'no' : 'unknown';
	if (status === 408) return { ...facts, reason: 'timeout', delivered, transient: true };
	return { ...facts, reason: reasonOf(status), delivered, transient: false };
}

/**
 * Genesys Cloud's ErrorBody: somebody who read the request says no. A message, an `error` or the status alone
 * is in the answers of gateways as well.
 */
function isRefusal(status: number, body: JsonObject | undefined): boolean {
	if (!isClientError(status) || body === undefined) return false;
	const { message, code, contextId } = body;
	// A gateway that hands on what it has not understood, or has words in this place ("error").
	if (Number(body.status ?? status) !== status) return false;
	// Genesys Cloud's codes are words; gateways have numbers.
	const isCode = typeof code === 'string' && !/^[\d\s]*$/.test(code);
	return typeof message === 'string' && (isCode || typeof contextId === 'string');
}

function isClientError(status: number): boolean {
	return status >= 400 && status <= 499;
}

function reasonOf(status: number): FailureReason {
	if (!isClientError(status)) return 'unexpectedResponse';
	switch (status) {
		case 401:
			return 'unauthorized';
		case 403:
			return 'forbidden';
		case 404:
			return 'notFound';
		case 407:
			return 'unexpectedResponse';
		case 409:
			return 'conflict';
		default:
			return 'badRequest';
	}
}

/**
 * Classifies a 2xx that is not the API's answer: a proxy's login page, broken JSON, no `id`. Nobody can tell
 * whether the message was accepted.
 */
export function unexpectedAnswer(response: HttpResponse): Failure {
	return {
		...errorFields(response, parseObject(response.text)),
		reason: 'unexpectedResponse',
		delivered: 'unknown',
		transient: false,
	};
}

/** What an error answer says: the fields of ErrorBody and, for the token endpoint, of OAuth 2. */
function errorFields(response: HttpResponse, body: JsonObject = {}) {
	return onlyKnown({
		httpCode: String(response.status),
		code: cleaned(body.code) ?? cleaned(body.error),
		apiMessage:
			cleaned(body.message) ?? cleaned(body.error_description) ?? cleaned(body.description),
		correlationId: cleaned(headerOnce(response, 'inin-correlation-id')) ?? cleaned(body.contextId),
	});
}

/** What an ErrorBody says in its fields instead of its message: entities, fields of the request, nested errors. */
export function namesIn(response: HttpResponse): string[] {
	const { entityName, details, errors } = parseObject(response.text) ?? {};
	const nested = [details, errors].flatMap(objectsIn);
	const named = nested.flatMap((entry) => [entry.entityName, entry.fieldName, entry.message]);
	return [entityName, ...named].flatMap((name) => cleaned(name) ?? []);
}

/** A text of an answer: control characters out, whitespace to single spaces, cut. */
export function cleaned(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const text = value
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, MAX_MESSAGE_LENGTH);
	return text === '' ? undefined : text;
}
