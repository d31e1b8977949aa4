import { isRateLimit } from '../delivery/retry';
import type { Clock, JsonObject, UncertainPolicy } from '../delivery/types';
import { failed, STOPPED, succeeded, type Failure, type Result } from '../failures/failure';
import { classifyAnswer, isId, listOf, namesIn, parseObject, unexpectedAnswer } from './answer';
import { StallMeter } from './clock';
import {
	isSuccess,
	MAX_READ_BYTES,
	MAX_RECORD_BYTES,
	type HttpFunction,
	type HttpResponse,
} from './http';
import { ownWords } from './ownWords';
import type { ServerTime } from './serverTime';
import type { Grant, Lane, TokenPool } from './tokenPool';

/** One call of the API: what an operation builds. */
export interface ApiRequest {
	readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
	/** The path below the API's base URL, with its leading slash. */
	readonly path: string;
	readonly body?: JsonObject | readonly unknown[];
	/** It only looks something up: it may be repeated at will, and given up when the execution stops. */
	readonly reads?: true;
	/** What the answer is: one record with its `id` (the default), a list of `entities`, an object, or any or none. */
	readonly answer?: 'record' | 'list' | 'object' | 'any';
}

/** How calls are made; all times in ms. */
export interface ConnectOptions {
	readonly http: HttpFunction;
	readonly clock: Clock;
	/** How many access tokens may be used in parallel. */
	readonly maxTokens: number;
	/** The time limit of a call. */
	readonly timeoutMs: number;
	/** The longest wait that the server may ask for. */
	readonly maxWaitMs: number;
	/** Whether a message is repeated after a 401 that may be another's than Genesys Cloud's; it is by default. */
	readonly uncertain?: UncertainPolicy;
	/** Learns from the API's answers. */
	readonly serverTime?: ServerTime;
}

/** What a client needs beside the requests. */
export interface ClientOptions extends ConnectOptions {
	/** The API's base URL. */
	readonly apiUrl: string;
	readonly tokens: TokenPool;
}

/**
 * Makes one attempt at a call. Never rejects; waits for the rate limit.
 *
 * @param aboutToCall asked when a token is there, right before each call; a failure means: do not call
 */
export type ApiClient = (
	request: ApiRequest,
	aboutToCall?: () => Failure | undefined,
) => Promise<Result<JsonObject>>;

/** What came of one call, and the token that it has used, if that was refused for the first time. */
interface Called {
	readonly result: Result<JsonObject>;
	readonly refused?: Lane;
}

/** A 429 without a time is waited out for this long, in ms: the SDKs' default. */
const DEFAULT_RATE_LIMIT_WAIT_MS = 3_000;

/**
 * Creates the API client of one execution. Each call waits for room in a token's rate-limit window;
 * on a 401 that token is dropped, fetched once more, and the call repeated once where that is safe.
 */
export function createClient(options: ClientOptions): ApiClient {
	const { apiUrl, tokens, http, clock, timeoutMs } = options;
	const stall = new StallMeter(clock);
	// A limit may hold for messages alone, while the look-ups before them get through.
	const messagesStall = new StallMeter(clock);

	const callWith = async (grant: Grant, request: ApiRequest): Promise<Result<HttpResponse>> => {
		const askedAt = clock.now();
		const result = await http(httpRequest(apiUrl, timeoutMs, grant.lane.token.value, request));
		if (result.ok) options.serverTime?.observe(result.value, askedAt);
		tokens.end(grant, clock.now(), result.ok ? result.value : undefined);
		if (result.ok && result.value.status !== 429) {
			stall.end();
			if (!request.reads) messagesStall.end();
		}
		return result;
	};

	/** The tokens of the 401s after which a message was not repeated, since one had another answer, by slots. */
	const unrepeated = new Map<number, Lane>();

	/** @param former the token that was refused before, of which only the renewal is used */
	const callOnce = async (
		request: ApiRequest,
		aboutToCall: Parameters<ApiClient>[1],
		former?: Lane,
	): Promise<Called> => {
		const granted = await tokens.acquire({
			...options,
			stalledMs: () => stall.ms(),
			...(former && { onlySlot: former.slot }),
		});
		if (!granted.ok) return { result: granted };
		const grant = granted.value;
		const refusal = aboutToCall?.();
		if (refusal) {
			tokens.cancel(grant);
			return { result: failed(refusal) };
		}
		const answered = await callWith(grant, request);
		if (!answered.ok) return { result: answered };
		const result = read(answered.value, request, { grant, tokens, now: clock.now() });
		const isLimited = answered.value.status === 429 && !request.reads;
		if (isLimited && messagesStall.ms() > options.maxWaitMs) return { result: givenUp(result) };
		if (answered.value.status !== 401) {
			// Who lets look-ups through may still refuse each message.
			if (!request.reads) unrepeated.clear();
			return { result };
		}
		if (former) return { result: endingRun(result) };
		tokens.drop(grant.lane);
		return { result, refused: grant.lane };
	};

	const attempt: ApiClient = async (request, aboutToCall) => {
		const { result, refused: lane } = await callOnce(request, aboutToCall);
		if (lane === undefined || result.ok) return result;
		// A gateway may say 401 after it has passed the message on.
		const isSafe = request.reads ?? result.failure.delivered === 'no';
		if (!isSafe && options.uncertain === 'fail') {
			const before = unrepeated.get(lane.slot) ?? lane;
			unrepeated.set(lane.slot, lane);
			return before === lane ? result : endingRun(result);
		}
		for (;;) {
			const { result: repeated } = await callOnce(request, aboutToCall, lane);
			if (repeated.ok || isSafe) return repeated;
			// A rate limit counts as no attempt, but the call before it does: it is waited out within this one.
			if (!isRateLimit(repeated.failure, options)) return inDoubt(repeated.failure, result.failure);
		}
	};

	return async (request, aboutToCall) => {
		const call = request.reads ? 'read' : 'send';
		const made = attempt(request, aboutToCall);
		// Nobody needs the answer of a look-up any more when the execution is stopped.
		const result = request.reads
			? ((await clock.within(made, Number.POSITIVE_INFINITY)) ?? failed(STOPPED))
			: await made;
		if (result.ok) return result;
		const { failure } = result;
		return failed({
			...failure,
			call: failure.call ?? call,
			...(request.reads && ofLookUp(failure)),
		});
	};
}

function httpRequest(apiUrl: string, timeoutMs: number, token: string, request: ApiRequest) {
	const { method, path, body, reads } = request;
	const headers = { authorization: `Bearer ${token}`, accept: 'application/json' };
	const maxBodyBytes = reads ? MAX_READ_BYTES : MAX_RECORD_BYTES;
	const url = apiUrl + path;
	return body === undefined
		? { method, url, headers, timeoutMs, maxBodyBytes }
		: {
				method,
				url,
				headers: { ...headers, 'content-type': 'application/json' },
				body: JSON.stringify(body),
				timeoutMs,
				maxBodyBytes,
			};
}

/** With which token an answer was got, and when. */
interface Origin {
	readonly grant: Grant;
	readonly tokens: TokenPool;
	readonly now: number;
}

function read(
	response: HttpResponse,
	request: ApiRequest,
	{ grant, tokens, now }: Origin,
): Result<JsonObject> {
	const { status } = response;
	const { redactor } = grant.lane;
	if (isSuccess(status)) {
		const object = parseObject(redactor.answer(response.text));
		const body = object && request.answer === 'list' ? listOf(object) : object;
		if (isAnswerTo(request, body)) return succeeded(body ?? {});
		return failed(redactor.failure(unexpectedAnswer(response)));
	}
	const failure = classify(response, request, now);
	if (status !== 429) return failed(redactor.failure(failure));
	const retryAfterMs = failure.retryAfterMs ?? DEFAULT_RATE_LIMIT_WAIT_MS;
	tokens.refused(grant, now, retryAfterMs);
	return failed(redactor.failure({ ...failure, retryAfterMs }));
}

/** Nothing was sent, whoever has answered: a look-up may be repeated at will. */
function ofLookUp({ httpCode, delivered }: Failure) {
	const isForeign = httpCode !== undefined && delivered === 'unknown';
	return { delivered: 'no', ...(isForeign && { isForeign }) } as const;
}

/** The failure of a call that came after one which may have been accepted; without a second call, of that one. */
function inDoubt(failure: Failure, first: Failure): Result<never> {
	return failed(failure.notCalled ? first : { ...failure, delivered: 'unknown', doubt: first });
}

/** Refused for its rate for too long; a rate limit is no attempt. */
function givenUp(result: Result<JsonObject>): Result<JsonObject> {
	return result.ok ? result : failed({ ...result.failure, transient: false, notCalled: true });
}

/** Not even a new token was accepted. */
function endingRun(result: Result<JsonObject>): Result<JsonObject> {
	return result.ok ? result : failed({ ...result.failure, endsRun: true });
}

/** What a refusal means is read before anything is hidden in it. */
function classify(response: HttpResponse, { path, body }: ApiRequest, now: number): Failure {
	const failure = classifyAnswer(response, now);
	const said = [failure.apiMessage ?? [], ...namesIn(response)].flat();
	if (said.length === 0) return failure;
	const request = [body, idsIn(path)];
	return { ...failure, ownWords: said.map((text) => ownWords(text, request)).join('\n') };
}

function idsIn(path: string): string[] {
	return path.split('/').filter((part) => /\d/.test(part));
}

/** A proxy may answer with JSON of its own: only the API's answer counts. */
function isAnswerTo({ answer }: ApiRequest, body: JsonObject | undefined): boolean {
	if (answer === 'any') return true;
	if (body === undefined) return false;
	if (answer === 'object') return true;
	return answer === 'list' ? Array.isArray(body.entities) : isId(body.id);
}
