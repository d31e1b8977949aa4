import type { Attempt } from '../delivery/types';
import { isId, parseObject, type JsonObject } from './answer';
import { classifyAnswer, classifyNoAnswer, unexpectedAnswer } from './classify';
import type { ApiFailure } from '../failures/failure';
import { isSuccess, type HttpResponse, type HttpResult } from './http';
import { withoutSecrets } from './redact';
import type { Grant, Granted, TokenLane, TokenPool, TokenRequest } from './tokenPool';

/** One call of the API: what an operation builds. */
export interface ApiRequest {
	readonly method: 'GET' | 'POST';
	/** The path below the API's base URL, with its leading slash. */
	readonly path: string;
	readonly body?: JsonObject;
	/** What the answer is: one record with its `id` (the default), or a list of `entities`. */
	readonly answer?: 'record' | 'list';
}

/** What a client needs beside the requests. */
export interface ClientOptions extends Omit<TokenRequest, 'onlySlot'> {
	/** The API's base URL. */
	readonly apiUrl: string;
	readonly tokens: TokenPool;
}

/** Makes one attempt at a call. Never rejects. */
export type ApiClient = (request: ApiRequest) => Promise<Attempt<JsonObject, ApiFailure>>;

/**
 * Creates the API client of one execution. Each call waits for room in a token's rate-limit window;
 * on a 401 that token is dropped, fetched once more, and the call repeated once.
 *
 * @param options where to call and with what
 * @returns the client
 */
export function createClient(options: ClientOptions): ApiClient {
	const { tokens, clock } = options;

	const callWith = async ({ lane, call }: Granted, request: ApiRequest): Promise<HttpResult> => {
		const result = await options.http(httpRequest(options, lane.token.value, request));
		lane.window.end(call, clock.now(), result.ok ? result.response : undefined);
		return result;
	};

	return async (request) => {
		let grant: Grant = await tokens.acquire(options);
		if (grant.status !== 'granted') return grant;
		let result = await callWith(grant, request);
		if (result.ok && result.response.status === 401) {
			tokens.drop(grant.lane);
			grant = await tokens.acquire({ ...options, onlySlot: grant.lane.slot });
			if (grant.status !== 'granted') return grant;
			result = await callWith(grant, request);
		}
		if (!result.ok) return failed(classifyNoAnswer(result.kind, result.code));
		return read(result.response, request, grant.lane, clock.now());
	};
}

function httpRequest({ apiUrl, timeoutMs }: ClientOptions, token: string, request: ApiRequest) {
	const { method, path, body } = request;
	const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
	return body === undefined
		? { method, url: apiUrl + path, headers, timeoutMs }
		: {
				method,
				url: apiUrl + path,
				headers: { ...headers, 'content-type': 'application/json' },
				body: JSON.stringify(body),
				timeoutMs,
			};
}

/** A 429 without a time is waited out for this long, in ms: the SDKs' default. */
const DEFAULT_RATE_LIMIT_WAIT_MS = 3_000;

/** Real tokens are longer; a shorter one would be found by chance in an answer that is passed on. */
const SHORTEST_TOKEN = 16;

function read(
	response: HttpResponse,
	request: ApiRequest,
	lane: TokenLane,
	now: number,
): Attempt<JsonObject, ApiFailure> {
	const { status } = response;
	const token = lane.token.value;
	const shown = withoutSecrets(response, [token]);
	if (isSuccess(status)) {
		const body = parseObject((token.length < SHORTEST_TOKEN ? response : shown).text);
		return body && isAnswerTo(request, body)
			? { status: 'sent', response: body }
			: failed(unexpectedAnswer(shown));
	}
	const failure = classifyAnswer(shown, now);
	if (status !== 429) return failed(failure);
	const retryAfterMs = failure.retryAfterMs ?? DEFAULT_RATE_LIMIT_WAIT_MS;
	lane.window.close(now + retryAfterMs);
	return failed({ ...failure, retryAfterMs });
}

/** A proxy may answer with JSON of its own: only the API's answer counts. */
function isAnswerTo({ answer }: ApiRequest, body: JsonObject): boolean {
	if (answer === 'list') return Array.isArray(listOf(body).entities);
	return isId(body.id);
}

/**
 * The list in an answer: most endpoints answer with it, a query wraps it in `results`.
 *
 * @param body the answer
 * @returns the object that has the `entities`
 */
export function listOf(body: JsonObject): JsonObject {
	return typeof body.results === 'object' && body.results !== null
		? (body.results as JsonObject)
		: body;
}

function failed(failure: ApiFailure): Attempt<JsonObject, ApiFailure> {
	return { status: 'failed', failure: { ...failure, call: 'send' } };
}
