import type { JsonObject } from '../delivery/types';
import { MAX_READ_BYTES, MAX_RECORD_BYTES, type HttpRequest } from './http';

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

/** The HTTP call that a call of the API is. */
export function httpRequest(
	apiUrl: string,
	timeoutMs: number,
	token: string,
	request: ApiRequest,
): HttpRequest {
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
