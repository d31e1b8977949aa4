import type { NodeEgressFilter } from 'n8n-workflow';

import { MAX_BODY_BYTES, type HttpFunction, type HttpRequest, type HttpResult } from './http';
import { httpFailure } from './httpFailure';
import { readBody } from './readBody';

/** The part of n8n's egress filter that can be asked before a call. */
export type EgressFilter = Pick<NodeEgressFilter, 'validateUrl'>;

/**
 * The HTTP function on Node's `fetch`, which keeps connections open between calls. n8n's proxy
 * settings do not apply to it; n8n's network policy does, where the host offers its filter.
 *
 * @param egressFilter the host's filter, if it has one
 * @returns the HTTP function
 */
export function httpOverFetch(egressFilter?: EgressFilter): HttpFunction {
	return async (request) => {
		try {
			const allowed = await egressFilter?.validateUrl(request.url);
			if (allowed && !allowed.ok) return { ok: false, kind: 'blocked', code: allowed.error.name };
			return await call(request);
		} catch (error) {
			return httpFailure(error);
		}
	};
}

async function call(request: HttpRequest): Promise<HttpResult> {
	const answer = await fetch(request.url, {
		method: request.method,
		headers: request.headers,
		redirect: 'manual',
		signal: AbortSignal.timeout(request.timeoutMs),
		...(request.body !== undefined && { body: request.body }),
	});
	const text = isSmall(answer)
		? await answer.text()
		: await readBody(answer.body ?? '', MAX_BODY_BYTES, answer.status);
	return {
		ok: true,
		response: {
			status: answer.status,
			text,
			header: (name) => answer.headers.get(name) ?? undefined,
		},
	};
}

/** A success that tells its length, as nearly all do, is read at once: that is much cheaper. */
function isSmall({ ok, headers }: Response): boolean {
	const length = Number(headers.get('content-length') ?? Number.NaN);
	// A compressed body is longer than its length says.
	return ok && length <= MAX_BODY_BYTES && headers.get('content-encoding') === null;
}
