import type { Failure, NoAnswerKind } from '../failures/failure';
import { isText } from './json';

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

/** A server's refusal of this side's certificate comes when the handshake seems done; it read no request. */
const CERTIFICATE_REFUSED = /^ERR_SSL_\w*_ALERT_\w*(?:CERTIFICATE|UNKNOWN_CA)/;

/** n8n's egress filter throws errors of these names. */
const BLOCKED = /^Ssrf|DomainNotAllowed/;

/** What the operating system was doing when it gave up before a connection was there. */
const CONNECTING = new Set<unknown>(['connect', 'getaddrinfo', 'queryA', 'queryAaaa', 'socket']);

/** A network that is lost later has the codes of one that was never there. */
const TALKING = new Set<unknown>(['read', 'write']);

/** Codes of the resolver and of undici for a connection that was never made. */
const NEVER_CONNECTED = new Set<unknown>([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EAI_FAIL',
	'EHOSTUNREACH',
	'EHOSTDOWN',
	'ENETUNREACH',
	'ENETDOWN',
	'EADDRNOTAVAIL',
	'EMFILE',
	'ENFILE',
	'UND_ERR_CONNECT_TIMEOUT',
]);

/** Node's words for a TLS handshake that was cut off, undici's for a port that it refuses and a tunnel that a proxy does. */
const NEVER_CONNECTED_WORDS =
	/before secure TLS connection was established|^bad port$|^Proxy response \(\d+\) !== 200/;

/** undici's words for a 407, of the server and of a proxy that was asked for a tunnel. */
const PROXY_LOGIN_WORDS = /^proxy authentication required$|^Proxy response \(407\)/;

/** The parts of an error that say what happened; axios, undici and Node set them in various places. */
interface ErrorParts {
	readonly code?: unknown;
	readonly name?: unknown;
	readonly message?: unknown;
	readonly syscall?: unknown;
	readonly cause?: unknown;
	readonly errors?: unknown;
	/** Axios hands over the request, which tells whether it was written at all. */
	readonly request?: unknown;
}

/**
 * Turns what an HTTP library threw into a failure. Only the code is kept: the error itself may hold the
 * request with its token.
 *
 * @param known how far the request came, where the error does not tell
 */
export function failureFromThrown(error: unknown, known?: Phase): Failure {
	const parts = chain(error);
	const codes = parts.flatMap((part) => [part.code, part.name]).filter(isText);
	const code = codes.find(isTelling) ?? parts.map((part) => part.code).find(isText) ?? 'UNKNOWN';
	return noAnswer(kindOf(parts, code, known), code);
}

/** Whether fetch has met a 407, which it never gives as an answer: the cause of no other failure is without a message. */
export function isProxyLogin(error: unknown): boolean {
	const [, ...causes] = chain(error);
	return causes.some(({ name, message, code }) => {
		const isWordless = name === 'Error' && message === '' && code === undefined;
		return isWordless || (isText(message) && PROXY_LOGIN_WORDS.test(message));
	});
}

/** The failure of a call that got no answer. */
export function noAnswer(kind: NoAnswerKind, code: string): Failure {
	switch (kind) {
		case 'neverConnected':
			return { reason: 'network', kind, code, delivered: 'no', transient: true };
		case 'tls':
		case 'blocked':
			return { reason: 'network', kind, code, delivered: 'no', transient: false };
		case 'timeout':
			return { reason: 'timeout', kind, code, delivered: 'unknown', transient: true };
		case 'interrupted':
			return { reason: 'network', kind, code, delivered: 'unknown', transient: true };
	}
}

function kindOf(parts: readonly ErrorParts[], code: string, known?: Phase): NoAnswerKind {
	if (parts.some((part) => isText(part.name) && BLOCKED.test(part.name))) return 'blocked';
	if (BLOCKED.test(code)) return 'blocked';
	if (parts.some(({ syscall }) => CONNECTING.has(syscall))) return 'neverConnected';
	const talked = parts.some(({ syscall }) => TALKING.has(syscall));
	if (!talked && parts.some((part) => NEVER_CONNECTED.has(part.code))) return 'neverConnected';
	const phase = parts.map(({ request }) => phaseOf(request)).find(Boolean) ?? known;
	// TLS breaks after its handshake too, and then the request may have been read.
	const isHandshake = phase !== 'secured' || CERTIFICATE_REFUSED.test(code);
	if (TLS.test(code)) return isHandshake ? 'tls' : 'interrupted';
	if (parts.some(({ message }) => isText(message) && NEVER_CONNECTED_WORDS.test(message))) {
		return 'neverConnected';
	}
	// A SYN without an answer, a handshake that is cut off or never ends: nothing of the request was sent.
	if (phase === 'connecting') return 'neverConnected';
	return TIMEOUT.has(code) ? 'timeout' : 'interrupted';
}

/** The error, its causes and the errors it groups, outermost first. */
function chain(error: unknown, depth = 0): ErrorParts[] {
	if (typeof error !== 'object' || error === null || depth > 5) return [];
	const parts = error as ErrorParts;
	const grouped = Array.isArray(parts.errors) ? (parts.errors as unknown[]).slice(0, 10) : [];
	return [parts, ...[parts.cause, ...grouped].flatMap((inner) => chain(inner, depth + 1))];
}

/** Node's client request, as far as it tells what became of it. */
interface ClientRequest {
	readonly socket?: ClientSocket | null;
	/** follow-redirects, which axios uses, wraps the request that is made. */
	readonly _currentRequest?: unknown;
}

/** A socket; one of TLS counts what waits for its handshake as written. */
interface ClientSocket {
	readonly _bytesDispatched?: unknown;
	/** Of TLS alone: until the handshake is done and the server's certificate is found good. */
	readonly secureConnecting?: unknown;
}

/** How far a request came: not a byte of it left this machine, or its connection, with TLS where it has some, was there. */
export type Phase = 'connecting' | 'secured';

/** Without a socket to look at, nobody knows; one that was used before counts as connected. */
function phaseOf(request: unknown): Phase | undefined {
	if (typeof request !== 'object' || request === null) return undefined;
	const { socket, _currentRequest: inner } = request as ClientRequest;
	if (inner !== undefined) return phaseOf(inner);
	if (socket === null || socket?.secureConnecting === true) return 'connecting';
	if (socket?._bytesDispatched === 0) return 'connecting';
	return socket?.secureConnecting === false ? 'secured' : undefined;
}

function isTelling(code: string): boolean {
	return NEVER_CONNECTED.has(code) || TIMEOUT.has(code) || TLS.test(code) || BLOCKED.test(code);
}
