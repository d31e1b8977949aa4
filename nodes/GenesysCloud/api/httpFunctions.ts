import type { IHttpRequestOptions, IN8nHttpFullResponse, NodeEgressFilter } from 'n8n-workflow';

import { failed, succeeded } from '../failures/failure';
import { aborted, withTimeLimit } from './clock';
import { isSuccess, type HttpFunction, type HttpRequest, type HttpResponse } from './http';
import { failureFromThrown, isProxyLogin, noAnswer, type Phase } from './noAnswer';

/** What an n8n context offers for HTTP calls; hosts before 2.40 have no egress filter. */
export interface HttpHelpers {
	httpRequest(options: IHttpRequestOptions): Promise<unknown>;
	getSecureEgressFilter?(): Pick<NodeEgressFilter, 'validateUrl'>;
}

/**
 * The HTTP function of a run. n8n's own request helper by default: the instance's proxy, tracing and network
 * policy hold. Plain HTTP, which is for this machine only, goes over `fetch` on a connection of its own:
 * n8n's helper would hand the secret to the proxy of `HTTP_PROXY`.
 *
 * @param reuseConnections goes over Node's `fetch`, which keeps connections open; n8n's proxy settings do
 *   not apply to it, its network policy does where the host offers its filter
 */
export function httpOf(helpers: HttpHelpers, reuseConnections = false): HttpFunction {
	const overFetch = httpOverFetch(helpers);
	if (reuseConnections) return overFetch;
	const overHelper = httpOverHelper(helpers);
	return async (request) =>
		request.url.startsWith('http://')
			? await overFetch({ ...request, headers: { ...request.headers, connection: 'close' } })
			: await overHelper(request);
}

/** n8n's helper opens a new connection for every call and knows no size limit, so the body is read here. */
export function httpOverHelper(helpers: Pick<HttpHelpers, 'httpRequest'>): HttpFunction {
	return async (request) => {
		try {
			const call = async (signal: AbortSignal) => await callOverHelper(helpers, request, signal);
			return succeeded(await withTimeLimit(request.timeoutMs, call));
		} catch (error) {
			return failed(failureFromThrown(error));
		}
	};
}

async function callOverHelper(
	helpers: Pick<HttpHelpers, 'httpRequest'>,
	request: HttpRequest,
	abortSignal: AbortSignal,
): Promise<HttpResponse> {
	const answer = (await helpers.httpRequest({
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: request.timeoutMs,
		abortSignal,
	})) as IN8nHttpFullResponse;
	const status = answer.statusCode;
	const text = await readBody(answer.body, request.maxBodyBytes, status);
	return { status, text, header: (name) => headerOf(answer.headers[name]) };
}

/** Axios keeps some headers that come several times as a list. */
function headerOf(value: unknown): string | undefined {
	if (Array.isArray(value)) return value.join(', ');
	return typeof value === 'string' ? value : undefined;
}

/** Node's `fetch`. n8n's network policy holds where the host offers its filter. */
export function httpOverFetch(
	helpers: Pick<HttpHelpers, 'getSecureEgressFilter'> = {},
): HttpFunction {
	const egressFilter = helpers.getSecureEgressFilter?.();
	return async (request) => {
		const body = request.body === undefined ? undefined : new SentOnce(request.body);
		const call = async (signal: AbortSignal) => {
			const allowed =
				egressFilter &&
				// The filter resolves a name, and knows no time limit.
				(await Promise.race([egressFilter.validateUrl(request.url), aborted(signal)]));
			signal.throwIfAborted();
			if (allowed && !allowed.ok) return failed(noAnswer('blocked', allowed.error.name));
			return succeeded(await callOverFetch(request, signal, body));
		};
		try {
			return await withTimeLimit(request.timeoutMs, call);
		} catch (error) {
			if (isProxyLogin(error)) return succeeded({ status: 407, text: '', header: () => undefined });
			return failed(failureFromThrown(error, body?.phase));
		}
	};
}

async function callOverFetch(
	request: HttpRequest,
	signal: AbortSignal,
	body?: SentOnce,
): Promise<HttpResponse> {
	const answer = await fetch(request.url, {
		method: request.method,
		redirect: 'manual',
		// What fetch would add is not wanted, and some versions of it fail on a 401 while it might (nodejs/undici#4940).
		credentials: 'omit',
		signal,
		headers: { ...request.headers, ...body?.headers },
		...(body && { body: body.stream, duplex: 'half' }),
	});
	const text = isSmall(answer, request.maxBodyBytes)
		? await answer.text()
		: await readBody(answer.body ?? '', request.maxBodyBytes, answer.status);
	const { status, headers } = answer;
	return { status, text, header: (name) => headers.get(name) ?? undefined };
}

/**
 * A body that tells whether fetch had a connection for it. As a stream it is sent once: after a 421, fetch makes the
 * call again by itself, unless it cannot read the body again.
 */
class SentOnce {
	readonly headers: Readonly<Record<string, string>>;
	readonly stream: ReadableStream;
	private parts = 0;

	constructor(text: string) {
		const bytes = Buffer.from(text);
		this.headers = { 'content-length': String(bytes.byteLength) };
		// fetch takes a first part at once, an empty one, and a second one when it has where to write it.
		const pull = (controller: ReadableStreamDefaultController<Uint8Array>) => {
			this.parts++;
			controller.enqueue(this.parts === 1 ? new Uint8Array() : bytes);
			if (this.parts > 1) controller.close();
		};
		this.stream = new ReadableStream({ pull }, { highWaterMark: 0 });
	}

	/** Nothing of the body was handed over while fetch was connecting. */
	get phase(): Phase {
		return this.parts > 1 ? 'secured' : 'connecting';
	}
}

/** A success that tells its length, as nearly all do, is read at once: that is much cheaper. */
function isSmall({ ok, headers }: Response, maxBytes: number): boolean {
	const length = Number(headers.get('content-length') ?? Number.NaN);
	// A compressed body is longer than its length says.
	return ok && length <= maxBytes && headers.get('content-encoding') === null;
}

/**
 * Reads a response body as text and stops at a size limit, so that a giant answer cannot fill the memory.
 *
 * @param body what the HTTP library gave: a stream of chunks, or what it read already
 * @returns the text, cut at the limit; empty when the body of an answer other than 2xx broke off, because
 *   its status says enough
 * @throws whatever the stream throws when the body of a 2xx breaks off
 */
export async function readBody(body: unknown, maxBytes: number, status: number): Promise<string> {
	if (!isStream(body)) return typeof body === 'string' ? body : JSON.stringify(body ?? '');
	const chunks: Uint8Array[] = [];
	let bytes = 0;
	try {
		for await (const chunk of body) {
			chunks.push(chunk);
			bytes += chunk.byteLength;
			// Leaving the loop destroys the stream, and with it the connection.
			if (bytes >= maxBytes) break;
		}
	} catch (error) {
		if (!isSuccess(status)) return '';
		return await Promise.reject(error as Error);
	}
	return Buffer.concat(chunks).subarray(0, maxBytes).toString('utf8');
}

function isStream(body: unknown): body is AsyncIterable<Uint8Array> {
	return typeof body === 'object' && body !== null && Symbol.asyncIterator in body;
}
