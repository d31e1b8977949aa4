import { setImmediate as macrotask } from 'node:timers/promises';

import type { HttpFunction, HttpRequest, HttpResponse } from '../../../nodes/GenesysCloud/api/http';
import { noAnswer as failureWithout } from '../../../nodes/GenesysCloud/api/noAnswer';
import {
	failed,
	succeeded,
	type NoAnswerKind,
	type Result,
} from '../../../nodes/GenesysCloud/failures/failure';

/** What a call comes to. */
export type HttpResult = Result<HttpResponse>;

/** An answer as the HTTP functions give it. */
export function answer(
	status: number,
	body: unknown = '',
	headers: Readonly<Partial<Record<string, string>>> = {},
): HttpResponse {
	return {
		status,
		text: typeof body === 'string' ? body : JSON.stringify(body),
		header: (name) => headers[name],
	};
}

/** A call that got an answer. */
export const answered = (...args: Parameters<typeof answer>): HttpResult =>
	succeeded(answer(...args));

/** A call that got none. */
export const noAnswer = (kind: NoAnswerKind, code: string): HttpResult =>
	failed(failureWithout(kind, code));

/** A good answer of the token endpoint. */
export const tokenAnswer = (token = 'token-1', expiresIn: unknown = 86_400): HttpResult =>
	answered(200, { access_token: token, token_type: 'bearer', expires_in: expiresIn });

/** How a fake HTTP function answers each endpoint. */
export interface Script {
	/** Answers of the token endpoint in order; the last one repeats. */
	readonly token?: readonly HttpResult[];
	/** Answers of the API in order; the last one repeats. */
	readonly api?: readonly HttpResult[];
}

/** An HTTP function that plays a script and remembers the calls. Each call takes a turn. */
export function scripted({
	token = [tokenAnswer()],
	api = [answered(200, { id: 'm-1' })],
}: Script) {
	const tokenCalls: HttpRequest[] = [];
	const apiCalls: HttpRequest[] = [];
	const play = (results: readonly HttpResult[], calls: readonly HttpRequest[]) =>
		results[Math.min(calls.length, results.length) - 1]!;
	const http: HttpFunction = async (request) => {
		const isToken = request.url.endsWith('/oauth/token');
		const calls = isToken ? tokenCalls : apiCalls;
		calls.push(request);
		const result = play(isToken ? token : api, calls);
		await macrotask();
		return result;
	};
	return { http, tokenCalls, apiCalls };
}

/** The headers of a rate-limit window. */
export const windowHeaders = (allowed: number, count: number, reset: number) => ({
	'inin-ratelimit-allowed': String(allowed),
	'inin-ratelimit-count': String(count),
	'inin-ratelimit-reset': String(reset),
});
