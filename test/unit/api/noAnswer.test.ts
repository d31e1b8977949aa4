import { AxiosError, CanceledError } from 'axios';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { failureFromThrown, noAnswer } from '../../../nodes/GenesysCloud/api/noAnswer';

const NODE: INode = {
	id: 'n',
	name: 'Genesys Cloud',
	type: 'genesysCloud',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** A socket error as Node makes it. */
function socketError(code: string, syscall?: string): Error {
	const error = new Error(`${syscall ?? ''} ${code} 127.0.0.1:443`);
	return Object.assign(error, { code, ...(syscall !== undefined && { syscall }) });
}

/** What n8n's helper throws: the raw error of axios, made as axios makes it. */
const axiosError = (code: string, syscall?: string) =>
	AxiosError.from(socketError(code, syscall), code);

/** What Node's fetch throws. */
const fetchError = (cause: unknown) => new TypeError('fetch failed', { cause });

const CODES = [
	['ECONNREFUSED', 'neverConnected'],
	['ENOTFOUND', 'neverConnected'],
	['EAI_AGAIN', 'neverConnected'],
	['EAI_FAIL', 'neverConnected'],
	['EHOSTUNREACH', 'neverConnected'],
	['EHOSTDOWN', 'neverConnected'],
	['ENETUNREACH', 'neverConnected'],
	['ENETDOWN', 'neverConnected'],
	['EADDRNOTAVAIL', 'neverConnected'],
	['EMFILE', 'neverConnected'],
	['ENFILE', 'neverConnected'],
	['UND_ERR_CONNECT_TIMEOUT', 'neverConnected'],
	['ECONNABORTED', 'timeout'],
	['ETIMEDOUT', 'timeout'],
	['ERR_CANCELED', 'timeout'],
	['UND_ERR_HEADERS_TIMEOUT', 'timeout'],
	['UND_ERR_BODY_TIMEOUT', 'timeout'],
	['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'tls'],
	['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls'],
	['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'tls'],
	['CERT_HAS_EXPIRED', 'tls'],
	['CERT_NOT_YET_VALID', 'tls'],
	['ERR_TLS_CERT_ALTNAME_INVALID', 'tls'],
	['ERR_SSL_WRONG_VERSION_NUMBER', 'tls'],
	['HOSTNAME_MISMATCH', 'tls'],
	['EPROTO', 'tls'],
	['ECONNRESET', 'interrupted'],
	['EPIPE', 'interrupted'],
	['UND_ERR_SOCKET', 'interrupted'],
	['ERR_BAD_RESPONSE', 'interrupted'],
	['HPE_INVALID_CONSTANT', 'interrupted'],
	['EPROTONOSUPPORT', 'interrupted'],
] as const;

describe('failureFromThrown', () => {
	it.each(CODES)("an AxiosError with %s, as n8n's helper throws it, is %s", (code, kind) => {
		expect(failureFromThrown(axiosError(code))).toEqual(noAnswer(kind, code));
	});

	it.each(CODES)("the cause %s of what Node's fetch throws is %s", (code, kind) => {
		expect(failureFromThrown(fetchError(socketError(code)))).toEqual(noAnswer(kind, code));
	});

	it.each(CODES)('%s inside a NodeApiError is %s', (code, kind) => {
		const error = new NodeApiError(NODE, axiosError(code) as unknown as JsonObject);
		expect(failureFromThrown(error)).toMatchObject({ kind });
	});

	it.each([
		['axios', axiosError('ETIMEDOUT', 'connect')],
		['fetch', fetchError(socketError('ETIMEDOUT', 'connect'))],
	])('knows that %s sent nothing when the system gave up connecting', (_by, error) => {
		expect(failureFromThrown(error).kind).toBe('neverConnected');
	});

	it.each([
		['axios', (error: Error) => AxiosError.from(error, 'ETIMEDOUT')],
		['fetch', fetchError],
	])('knows that %s sent nothing when every address of a host timed out', (_by, wrap) => {
		const attempts = [socketError('ETIMEDOUT', 'connect'), socketError('ENETUNREACH', 'connect')];
		const grouped = Object.assign(new AggregateError(attempts), { code: 'ETIMEDOUT' });
		expect(failureFromThrown(wrap(grouped)).kind).toBe('neverConnected');
	});

	it('does not know what a time-out after the connection was made did', () => {
		expect(failureFromThrown(axiosError('ETIMEDOUT', 'read')).kind).toBe('timeout');
	});

	it.each(['EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN'])(
		'does not know what was done when the network was lost after the connection was made: %s',
		(code) => {
			const lost = { kind: 'interrupted', delivered: 'unknown', code };
			expect(failureFromThrown(axiosError(code, 'read'))).toMatchObject(lost);
			expect(failureFromThrown(fetchError(socketError(code, 'write')))).toMatchObject(lost);
		},
	);

	it.each(['EMFILE', 'EINVAL', 'ECONNRESET', 'ENOBUFS', 'EACCES'])(
		'knows by the system call that %s sent nothing',
		(code) => {
			const nothing = { kind: 'neverConnected', delivered: 'no', transient: true, code };
			expect(failureFromThrown(axiosError(code, 'connect'))).toMatchObject({ ...nothing });
		},
	);

	it("knows axios's cancellation by the node's own time limit", () => {
		expect(failureFromThrown(new CanceledError())).toEqual(noAnswer('timeout', 'ERR_CANCELED'));
	});

	it.each(['TimeoutError', 'AbortError'])('knows a DOMException named %s', (name) => {
		expect(failureFromThrown(new DOMException('stopped', name))).toEqual(noAnswer('timeout', name));
	});

	it.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError', 'DomainNotAllowedError'])(
		"knows %s, which n8n's egress filter throws",
		(name) => {
			const error = Object.assign(new Error('not allowed'), { name });
			const blocked = noAnswer('blocked', name);
			expect(failureFromThrown(error)).toEqual(blocked);
			expect(failureFromThrown(AxiosError.from(error))).toMatchObject({ kind: 'blocked' });
			expect(failureFromThrown(fetchError(error))).toEqual(blocked);
		},
	);

	it('knows the port that fetch refuses', () => {
		expect(failureFromThrown(fetchError(new Error('bad port'))).kind).toBe('neverConnected');
	});

	it('finds the code in a group of errors without one of its own', () => {
		const grouped = new AggregateError([new Error('x'), socketError('ECONNREFUSED', 'connect')]);
		expect(failureFromThrown(fetchError(grouped))).toEqual(
			noAnswer('neverConnected', 'ECONNREFUSED'),
		);
	});

	it('finds a cause five levels down and gives up below', () => {
		const nest = (levels: number) => {
			let error: Error = socketError('ECONNREFUSED');
			for (let level = 0; level < levels; level++) error = new Error('outer', { cause: error });
			return error;
		};
		expect(failureFromThrown(nest(5)).kind).toBe('neverConnected');
		expect(failureFromThrown(nest(20))).toEqual(noAnswer('interrupted', 'UNKNOWN'));
	});

	it('comes to an end with an error that is its own cause', () => {
		const error: Error & { cause?: unknown } = new Error('round');
		error.cause = error;
		expect(failureFromThrown(error)).toEqual(noAnswer('interrupted', 'UNKNOWN'));
	});

	it.each([undefined, null, 'text', 7, {}, new Error('plain'), { code: 12 }, { errors: 'x' }])(
		'does not know what %p did',
		(error) => {
			expect(failureFromThrown(error)).toEqual(noAnswer('interrupted', 'UNKNOWN'));
		},
	);

	it('keeps the code alone: the error holds the token', () => {
		const config = { headers: { authorization: 'Bearer secret-token' } };
		const error = Object.assign(axiosError('ECONNRESET'), { config });
		expect(JSON.stringify(failureFromThrown(error))).not.toContain('secret');
	});
});

describe('the request that an error hands over', () => {
	const kindWith = (request: unknown, code = 'ERR_CANCELED') =>
		failureFromThrown(Object.assign(new Error('canceled'), { code, request })).kind;

	it.each([
		['waited for a socket', { socket: null }],
		['wrote nothing', { socket: { _bytesDispatched: 0 } }],
		['waited for TLS', { socket: { _bytesDispatched: 250, secureConnecting: true } }],
		['wrapped one that wrote nothing', { _currentRequest: { socket: { _bytesDispatched: 0 } } }],
	])('%s: it was never sent', (_name, request) => {
		expect(kindWith(request)).toBe('neverConnected');
		expect(kindWith(request, 'ECONNRESET')).toBe('neverConnected');
	});

	it.each([
		['was written', { socket: { _bytesDispatched: 250 } }],
		['was written over TLS', { socket: { _bytesDispatched: 250, secureConnecting: false } }],
		['tells nothing of its socket', {}],
		['has an odd socket', { socket: { _bytesDispatched: 'x', secureConnecting: 'x' } }],
		['is none', undefined],
		['is odd', 'request'],
	])('%s: it may have been read', (_name, request) => {
		expect(kindWith(request)).toBe('timeout');
		expect(kindWith(request, 'ECONNRESET')).toBe('interrupted');
	});

	it.each(['EPROTO', 'ERR_SSL_BAD_RECORD_TYPE', 'ERR_SSL_DECRYPTION_FAILED_OR_BAD_RECORD_MAC'])(
		'may have been read when TLS breaks after its handshake: %s',
		(code) => {
			expect(kindWith({ socket: { secureConnecting: false } }, code)).toBe('interrupted');
			expect(kindWith({ socket: { secureConnecting: true } }, code)).toBe('tls');
		},
	);

	it('is known to who made the call, where the error does not tell', () => {
		const broken = fetchError(socketError('ERR_SSL_BAD_RECORD_TYPE'));
		expect(failureFromThrown(broken, 'secured').kind).toBe('interrupted');
		expect(failureFromThrown(broken, 'connecting').kind).toBe('tls');
		const late = new DOMException('late', 'TimeoutError');
		expect(failureFromThrown(late, 'secured').kind).toBe('timeout');
		expect(failureFromThrown(late, 'connecting').kind).toBe('neverConnected');
	});

	it.each([
		'ERR_SSL_TLSV13_ALERT_CERTIFICATE_REQUIRED',
		'ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE',
		'ERR_SSL_TLSV1_ALERT_UNKNOWN_CA',
	])('was not read by a server that refuses our certificate: %s', (code) => {
		expect(kindWith({ socket: { secureConnecting: false } }, code)).toBe('tls');
	});
});

describe('the failure of a call without an answer', () => {
	it.each([
		['neverConnected', 'network', 'no', true],
		['tls', 'network', 'no', false],
		['blocked', 'network', 'no', false],
		['timeout', 'timeout', 'unknown', true],
		['interrupted', 'network', 'unknown', true],
	] as const)('%s is %s, delivered: %s, transient: %s', (kind, reason, delivered, transient) => {
		expect(noAnswer(kind, 'CODE')).toEqual({ reason, kind, delivered, transient, code: 'CODE' });
	});
});
