import type { HttpFailureKind, HttpResult } from './http';

/** Node's codes for a connection that was never made (errno names of libuv and the resolver). */
const NEVER_CONNECTED = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EHOSTUNREACH',
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	'UND_ERR_CONNECT_TIMEOUT',
]);

/** What axios and undici call a time-out; `ERR_CANCELED` is the node's own time limit. */
const TIMEOUT = new Set([
	'ECONNABORTED',
	'ETIMEDOUT',
	'ERR_CANCELED',
	'UND_ERR_HEADERS_TIMEOUT',
	'UND_ERR_BODY_TIMEOUT',
	'ABORT_ERR',
	'TimeoutError',
	'AbortError',
]);

/** OpenSSL's and Node's codes for a certificate or handshake that is not acceptable. */
const TLS =
	/^(?:ERR_TLS_|ERR_SSL_|CERT_|SELF_SIGNED_|DEPTH_ZERO_|UNABLE_TO_|HOSTNAME_MISMATCH|EPROTO$|INVALID_CA|CRL_)/;

/** n8n's egress filter throws errors of these names. */
const BLOCKED = /^Ssrf|DomainNotAllowed/;

/** The parts of an error that say what happened; axios, undici and Node set them in various places. */
interface ErrorParts {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly syscall?: unknown;
	readonly cause?: unknown;
	readonly errors?: unknown;
}

/**
 * Turns what an HTTP library threw into a failed result. Only the code is kept: the error itself may
 * hold the request with its token.
 *
 * @param error what was thrown
 * @returns the failed result
 */
export function httpFailure(error: unknown): HttpResult & { readonly ok: false } {
	const parts = chain(error);
	const code = parts.flatMap((part) => [part.code, part.name]).find(isKnown);
	if (code === undefined) return { ok: false, kind: 'interrupted', code: codeOf(parts) };
	// When the operating system gave up on connecting, nothing was sent.
	const connecting = parts.some((part) => part.code === code && part.syscall === 'connect');
	return { ok: false, kind: connecting ? 'neverConnected' : kindOf(code), code };
}

/** The error, its causes and the errors it groups, outermost first. */
function chain(error: unknown, depth = 0): ErrorParts[] {
	if (typeof error !== 'object' || error === null || depth > 5) return [];
	const parts = error as ErrorParts;
	const grouped = Array.isArray(parts.errors) ? (parts.errors as unknown[]).slice(0, 10) : [];
	return [parts, ...[parts.cause, ...grouped].flatMap((inner) => chain(inner, depth + 1))];
}

function isKnown(value: unknown): value is string {
	return (
		typeof value === 'string' &&
		(NEVER_CONNECTED.has(value) || TIMEOUT.has(value) || TLS.test(value) || BLOCKED.test(value))
	);
}

function kindOf(code: string): HttpFailureKind {
	if (NEVER_CONNECTED.has(code)) return 'neverConnected';
	if (TIMEOUT.has(code)) return 'timeout';
	return TLS.test(code) ? 'tls' : 'blocked';
}

function codeOf(parts: readonly ErrorParts[]): string {
	const code = parts.find((part) => typeof part.code === 'string')?.code;
	return typeof code === 'string' ? code : 'UNKNOWN';
}
