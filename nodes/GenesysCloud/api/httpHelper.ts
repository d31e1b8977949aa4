import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { MAX_BODY_BYTES, type HttpFunction, type HttpRequest, type HttpResult } from './http';
import { httpFailure } from './httpFailure';
import { readBody } from './readBody';

/** n8n's request helper, as far as it is used here. */
export type RequestHelper = (options: IHttpRequestOptions) => Promise<unknown>;

/**
 * The HTTP function on n8n's own request helper: the instance's proxy, tracing and network policy
 * hold. The helper opens a new connection for every call and knows no size limit, so the body is read
 * here, as a stream.
 *
 * @param helper `this.helpers.httpRequest` of the execution
 * @returns the HTTP function
 */
export function httpOverHelper(helper: RequestHelper): HttpFunction {
	return async (request) => {
		try {
			return await call(helper, request);
		} catch (error) {
			return httpFailure(error);
		}
	};
}

async function call(helper: RequestHelper, request: HttpRequest): Promise<HttpResult> {
	const deadline = AbortSignal.timeout(request.timeoutMs);
	const answer = (await helper({
		method: request.method,
		url: request.url,
		headers: { ...request.headers },
		body: request.body,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		disableFollowRedirect: true,
		timeout: request.timeoutMs,
		abortSignal: deadline,
	})) as IN8nHttpFullResponse;
	const headers = answer.headers as Record<string, unknown>;
	const status = answer.statusCode;
	const text = await readBody(answer.body, MAX_BODY_BYTES, status);
	return {
		ok: true,
		response: {
			status,
			text,
			header: (name) => {
				const value = headers[name];
				return typeof value === 'string' ? value : undefined;
			},
		},
	};
}
