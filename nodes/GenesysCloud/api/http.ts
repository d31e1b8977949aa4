import type { Result } from '../failures/failure';

/** One HTTP call, in the little that this node needs. */
export interface HttpRequest {
	readonly method: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'DELETE';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	/** The longest time from start to the end of the answer, in ms. */
	readonly timeoutMs: number;
	/** Where the answer's body is cut, in bytes. */
	readonly maxBodyBytes: number;
}

/** An answer of any status; redirects are answers like any other, they are not followed. */
export interface HttpResponse {
	readonly status: number;
	/** A header by its lower-case name. */
	header(name: string): string | undefined;
	/** The body, cut at the request's limit. */
	readonly text: string;
}

/**
 * The one way to make an HTTP call; never rejects. Implementations refuse redirects, verify TLS, and bound
 * time and size. Without an answer, the failure tells how far the call came.
 */
export type HttpFunction = (request: HttpRequest) => Promise<Result<HttpResponse>>;

/** A header that a proxy may have repeated: `300, 300` is 300. An HTTP date has a comma of its own, and is two parts. */
export function headerOnce(response: HttpResponse, name: string): string {
	const value = response.header(name) ?? '';
	const parts = value.split(',').map((part) => part.trim());
	const isOf = (count: number) => parts.every((part, index) => part === parts[index % count]);
	if (isOf(1)) return parts[0] ?? '';
	return parts.length % 2 === 0 && isOf(2) ? parts.slice(0, 2).join(', ') : value;
}

/** The answer to a message or a login: never near 1 MB. */
export const MAX_RECORD_BYTES = 1024 * 1024;
/** A conversation with thousands of messages, or a page of long templates. */
export const MAX_READ_BYTES = 32 * 1024 * 1024;

/** Whether a status is one of success. */
export function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}
