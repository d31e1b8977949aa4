import type { HttpResponse } from './http';

/** A JSON object as it came over the wire. */
export type JsonObject = Readonly<Record<string, unknown>>;

const MAX_MESSAGE_LENGTH = 500;
/** Genesys Cloud's IDs have 36 characters. The ledger keeps them, so they must not be endless. */
const MAX_ID_LENGTH = 256;

/**
 * Reads an answer's body as a JSON object.
 *
 * @param text the body
 * @returns the object, or `undefined` when the body is anything else: HTML, broken JSON, a list
 */
export function parseObject(text: string): JsonObject | undefined {
	const start = text.trimStart();
	if (!start.startsWith('{')) return undefined;
	let value: unknown;
	try {
		value = JSON.parse(start);
	} catch {
		return undefined;
	}
	return value as JsonObject;
}

/**
 * Tells whether a value of an answer can be an ID.
 *
 * @param value the value
 * @returns true for a text that is neither empty nor endless
 */
export function isId(value: unknown): value is string {
	return typeof value === 'string' && value !== '' && value.length <= MAX_ID_LENGTH;
}

/** What an answer says of itself, as far as it does. */
export interface ErrorFields {
	readonly httpCode: string;
	readonly code?: string;
	readonly apiMessage?: string;
	readonly correlationId?: string;
}

/**
 * Collects what an error answer says. The fields are those of Genesys Cloud's ErrorBody and, for the
 * token endpoint, of OAuth 2.
 *
 * @param response the answer
 * @returns its status, code, message and correlation ID
 */
export function errorFields(response: HttpResponse): ErrorFields {
	const body = parseObject(response.text) ?? {};
	const code = text(body.code) ?? text(body.error);
	const apiMessage = text(body.message) ?? text(body.error_description) ?? text(body.description);
	const correlationId = text(response.header('inin-correlation-id')) ?? text(body.contextId);
	return {
		httpCode: String(response.status),
		...(code !== undefined && { code }),
		...(apiMessage !== undefined && { apiMessage }),
		...(correlationId !== undefined && { correlationId }),
	};
}

/** Control characters out, whitespace to single spaces, cut at a length that fits an error panel. */
function text(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const cleaned = value
		.slice(0, 2 * MAX_MESSAGE_LENGTH)
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, MAX_MESSAGE_LENGTH);
	return cleaned === '' ? undefined : cleaned;
}
