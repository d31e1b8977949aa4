/** One HTTP call, in the little that this node needs. */
export interface HttpRequest {
	readonly method: 'GET' | 'POST';
	readonly url: string;
	readonly headers: Readonly<Record<string, string>>;
	readonly body?: string;
	/** The longest time from start to the end of the answer, in ms. */
	readonly timeoutMs: number;
}

/** An answer of any status; redirects are answers like any other, they are not followed. */
export interface HttpResponse {
	readonly status: number;
	/** A header by its lower-case name. */
	header(name: string): string | undefined;
	/** The body, cut at `MAX_BODY_BYTES`. */
	readonly text: string;
}

/**
 * How far a call came that got no answer.
 * `neverConnected`: nothing was sent. `tls`: the server's identity could not be verified, nothing was
 * sent. `blocked`: n8n's network policy forbids the address. `timeout`, `interrupted`: the request may
 * have been received.
 */
export type HttpFailureKind = 'neverConnected' | 'tls' | 'blocked' | 'timeout' | 'interrupted';

/** What an HTTP function resolves to; it never rejects. */
export type HttpResult =
	| { readonly ok: true; readonly response: HttpResponse }
	| { readonly ok: false; readonly kind: HttpFailureKind; readonly code: string };

/** The one way to make an HTTP call. Implementations refuse redirects, verify TLS, bound time and size. */
export type HttpFunction = (request: HttpRequest) => Promise<HttpResult>;

/** No answer of Genesys Cloud that this node reads comes near 1 MB. */
export const MAX_BODY_BYTES = 1024 * 1024;

/**
 * Tells whether a status is one of success.
 *
 * @param status the HTTP status
 * @returns true for 2xx
 */
export function isSuccess(status: number): boolean {
	return status >= 200 && status <= 299;
}
