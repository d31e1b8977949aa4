import { isRateLimit } from '../delivery/retry';
import type { Clock, JsonObject, UncertainPolicy } from '../delivery/types';
import { failed, STOPPED, succeeded, type Failure, type Result } from '../failures/failure';
import { classifyAnswer, isId, listOf, namesIn, unexpectedAnswer } from './answer';
import { LOOK_AGAIN_MS } from './gate';
import { isSuccess, type HttpFunction, type HttpResponse } from './http';
import { parseObject } from './json';
import { ownWords } from './ownWords';
import { Progress } from './progress';
import { httpRequest, type ApiRequest } from './request';
import type { ServerTime } from './serverTime';
import type { Grant, Lane, TokenPool } from './tokenPool';

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

/** A call that is made, and its place among all calls. */
interface Made {
	readonly request: ApiRequest;
	readonly grant: Grant;
	readonly call: number;
}

/** What came of one call, and the token that it has used, if that was refused for the first time. */
interface Called {
	readonly result: Result<JsonObject>;
	readonly refused?: Lane;
}

/** A 429 without a time is waited out for this long, in ms: the SDKs' default. */
const DEFAULT_RATE_LIMIT_WAIT_MS = 3_000;
/** One that is asked for no wait, and closes nothing for others, must not become a storm. */
const SHORTEST_OWN_WAIT_MS = 1_000;

/**
 * Creates the API client of one execution. Each call waits for room in a token's rate-limit window;
 * on a 401 that token is dropped, fetched once more, and the call repeated once where that is safe.
 */
export function createClient(options: ClientOptions): ApiClient {
	const { apiUrl, tokens, http, clock, timeoutMs, maxWaitMs } = options;
	const progress = new Progress(clock);

	const callWith = async ({ request, grant, call }: Made): Promise<Result<HttpResponse>> => {
		const askedAt = clock.now();
		const result = await http(httpRequest(apiUrl, timeoutMs, grant.lane.token.value, request));
		if (result.ok) options.serverTime?.observe(result.value, askedAt);
		// What never left this machine was not counted there.
		if (!result.ok && result.failure.delivered === 'no') tokens.cancel(grant);
		else tokens.end(grant, clock.now(), result.ok ? result.value : undefined);
		if (result.ok && result.value.status !== 429) progress.gotThrough(request, call);
		return result;
	};

	/** A message's refusal for its rate is told when others have had their turn: the limit may be its own. */
	const limited = async (
		failure: Failure,
		{ request, grant, call }: Made,
	): Promise<Result<never>> => {
		const { retryAfterMs = 0 } = failure;
		const now = clock.now();
		const isOwn = !request.reads && progress.refused(request, call);
		const ownMs = Math.max(retryAfterMs, SHORTEST_OWN_WAIT_MS);
		const waitMs = isOwn ? ownMs : tokens.refused(grant, now, retryAfterMs) - now;
		if (request.reads) return failed(failure);
		if (progress.isStalled(maxWaitMs)) return givenUp(failure);
		const waits = waitMs > 0 && retryAfterMs <= maxWaitMs;
		if (waits) await clock.sleep(waitMs + LOOK_AGAIN_MS, 'rateLimit');
		return failed(failure);
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
			stalledMs: () => progress.stalledMs(),
			lingerMs: progress.goesLast(request) ? LOOK_AGAIN_MS : 0,
			...(former && { onlySlot: former.slot }),
		});
		if (!granted.ok) return { result: granted };
		const grant = granted.value;
		const refusal = aboutToCall?.();
		if (refusal) {
			tokens.cancel(grant);
			return { result: failed(refusal) };
		}
		const made = { request, grant, call: progress.begin() };
		const answered = await callWith(made);
		if (!answered.ok) return { result: answered };
		const result = read(answered.value, request, grant.lane, clock.now());
		const { status } = answered.value;
		// Who lets look-ups through may still refuse each message.
		if (status !== 401 && !request.reads) unrepeated.clear();
		if (status === 429 && !result.ok) return { result: await limited(result.failure, made) };
		if (status !== 401) return { result };
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

function read(
	response: HttpResponse,
	request: ApiRequest,
	{ redactor }: Lane,
	now: number,
): Result<JsonObject> {
	if (isSuccess(response.status)) {
		const object = parseObject(redactor.answer(response.text));
		const body = object && request.answer === 'list' ? listOf(object) : object;
		if (isAnswerTo(request, body)) return succeeded(body ?? {});
		return failed(redactor.failure(unexpectedAnswer(response)));
	}
	const failure = redactor.failure(classify(response, request, now));
	const retryAfterMs = failure.retryAfterMs ?? DEFAULT_RATE_LIMIT_WAIT_MS;
	return failed(response.status === 429 ? { ...failure, retryAfterMs } : failure);
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
function givenUp(failure: Failure): Result<never> {
	return failed({ ...failure, transient: false, notCalled: true });
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
