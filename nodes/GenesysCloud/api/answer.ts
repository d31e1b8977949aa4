import type { JsonObject } from '../delivery/types';
import type { Failure, FailureReason } from '../failures/failure';
import type { HttpResponse } from './http';
import { retryAfterMs } from './retryAfter';

/** Where the texts of an answer are cut: more does not fit an error panel. */
export const MAX_MESSAGE_LENGTH = 500;
/** Genesys Cloud's IDs have 36 characters. The ledger keeps them, so they must not be endless. */
const MAX_ID_LENGTH = 256;

/** An answer's body as a JSON object; `undefined` when it is anything else: HTML, broken JSON, a list. */
export function parseObject(text: string): JsonObject | undefined {
	const start = text.trimStart();
	if (!start.startsWith('{')) return undefined;
	try {
		return JSON.parse(start) as JsonObject;
	} catch {
		return undefined;
	}
}

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
	const facts = {
		...errorFields(response, body),
		...(askedMs !== undefined && { retryAfterMs: askedMs }),
	};
	if (status === 429) return { ...facts, reason: 'rateLimited', delivered: 'no', transient: true };
	if (status >= 500) {
		return { ...facts, reason: 'serverError', delivered: 'unknown', transient: true };
	}
	const delivered = isRefusal(status, body) ? 'no' : 'unknown';
	if (status === 408) return { ...facts, reason: 'timeout', delivered, transient: true };
	const reason = status >= 400 ? reasonOf(status) : 'unexpectedResponse';
	return { ...facts, reason, delivered, transient: false };
}

/**
 * Genesys Cloud's ErrorBody: somebody who read the request says no. A message, an `error` or the status alone
 * is in the answers of gateways as well.
 */
function isRefusal(status: number, body: JsonObject | undefined): boolean {
	if (status < 400 || body === undefined) return false;
	const { message, code, contextId } = body;
	// A gateway that hands on what it has not understood.
	if (typeof body.status === 'number' && body.status !== status) return false;
	return typeof message === 'string' && (typeof code === 'string' || typeof contextId === 'string');
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

type ErrorFields = Pick<Failure, 'httpCode' | 'code' | 'apiMessage' | 'correlationId'>;

/** What an error answer says: the fields of ErrorBody and, for the token endpoint, of OAuth 2. */
function errorFields(response: HttpResponse, body: JsonObject = {}): ErrorFields {
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

/** Control characters out, whitespace to single spaces, cut. */
function text(value: unknown): string | undefined {
	if (typeof value !== 'string') return undefined;
	const cleaned = value
		.replace(/[\p{Cc}\p{Cf}\s]+/gu, ' ')
		.trim()
		.slice(0, MAX_MESSAGE_LENGTH);
	return cleaned === '' ? undefined : cleaned;
}

/** A shorter value of a request says nothing by standing in a message. */
const SHORTEST_QUOTE = 4;
/** What a message and a value of the request share is a quote from this length on, cut or not. */
const LONG_QUOTE = 20;

/** What stands in quotation marks, to the end where they are not closed. An apostrophe in a word is none. */
const QUOTED = [
	/(?<![\p{L}\d])(["'`´])(?:(?!\1).|(?<=[\p{L}\d])\1(?=[\p{L}\d]))*\1?/gu,
	/[“„][^“”„]*[“”]?|«[^«»]*»?|»[^«»]*«?|[‹<][^‹›<>]*[›>]?|›[^‹›]*‹?|[「『][^「『」』]*[」』]?/gu,
	/‘(?:[^’‘]|’(?=[\p{L}\d]))*’?/gu,
];

/**
 * The part of an API message that Genesys Cloud wrote itself. It quotes values of the request in brackets,
 * in quotation marks, or bare; what our own text says must not decide what a failure means.
 *
 * @param message the cleaned message
 * @param request what was sent, with all its texts and IDs
 */
export function ownWords(message: string, request: unknown): string {
	const values = textsOf(request).map((value) => text(value) ?? '');
	const cut = message.length < MAX_MESSAGE_LENGTH ? 0 : cutEnd(message, values);
	let rest = message.slice(0, message.length - cut);
	for (const quoted of values.sort((a, b) => b.length - a.length)) {
		rest = quoted.length < LONG_QUOTE ? withoutWhole(rest, quoted) : withoutShared(rest, quoted);
	}
	rest = withoutBrackets(rest);
	for (const quotes of QUOTED) rest = rest.replace(quotes, ' ');
	return rest.replace(/ {2,}/g, ' ').trim();
}

/** All texts and numbers of a request, however deep. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value === 'number') return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsOf);
}

/**
 * How many characters at the end of a text that was cut are the beginning of one of these; 0 when there are so
 * few that it may be chance.
 */
export function cutEnd(cutText: string, values: readonly string[]): number {
	let longest = 0;
	for (const value of values) {
		const most = Math.min(value.length, cutText.length);
		for (let length = most; length > longest; length--) {
			if (cutText.endsWith(value.slice(0, length))) longest = length;
		}
	}
	return longest < SHORTEST_QUOTE ? 0 : longest;
}

/** Takes out a short value, with or without the signs at its ends. */
function withoutWhole(message: string, quoted: string): string {
	const core = /[\p{L}\d](?:.*[\p{L}\d])?/u.exec(quoted)?.[0] ?? '';
	return [quoted, core].reduce(withoutPhrase, message);
}

/** A single word (`agent`, `open`) may as well be Genesys Cloud's own. */
function withoutPhrase(message: string, phrase: string): string {
	if (phrase.length < SHORTEST_QUOTE || /^\p{L}+$/u.test(phrase)) return message;
	const escaped = phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	const edge = '(?:(?<![\\p{L}\\d])|(?![\\p{L}\\d]))';
	return message.replace(new RegExp(edge + escaped + edge, 'giu'), ' ');
}

/** Takes out whatever part of a long value the message holds: it may be cut anywhere. */
function withoutShared(message: string, value: string): string {
	const [said, quoted] = [inSmallLetters(message), inSmallLetters(value)];
	let kept = '';
	let start = 0;
	while (start < message.length) {
		let end = start + LONG_QUOTE;
		if (end > message.length || !quoted.includes(said.slice(start, end))) {
			kept += message.charAt(start++);
			continue;
		}
		while (end < message.length && quoted.includes(said.slice(start, end + 1))) end++;
		kept += ' ';
		start = end;
	}
	return kept;
}

/** In small letters, character by character, so that the length stays. */
function inSmallLetters(text: string): string {
	return text.replace(/\p{Lu}/gu, (letter) => {
		const small = letter.toLowerCase();
		return small.length === letter.length ? small : letter;
	});
}

/** Brackets may be nested; one that is never closed quotes to the end. */
function withoutBrackets(message: string): string {
	let depth = 0;
	let kept = '';
	for (const character of message) {
		if (character === '[' || character === '{') depth++;
		else if ((character === ']' || character === '}') && depth > 0) depth--;
		else if (depth === 0) kept += character;
	}
	return kept;
}
