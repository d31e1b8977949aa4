import { AxiosError, CanceledError } from 'axios';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import {
	failureFromThrown,
	isProxyLogin,
	noAnswer,
} from '../../../nodes/GenesysCloud/api/noAnswer';

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
			const coded = Object.assign(new Error('not allowed'), { code: name });
			expect(failureFromThrown(fetchError(coded))).toEqual(blocked);
		},
	);

	it('knows what was blocked whatever code it is told under', () => {
		const error = Object.assign(new Error('no'), { name: 'SsrfBlockedIpError' });
		const blocked = { kind: 'blocked', delivered: 'no', transient: false };
		for (const code of ['ECONNREFUSED', 'ETIMEDOUT', 'ECONNRESET']) {
			expect(failureFromThrown(AxiosError.from(error, code))).toMatchObject(blocked);
			expect(failureFromThrown(Object.assign(fetchError(error), { code }))).toMatchObject(blocked);
		}
	});

	it('knows the port that fetch refuses', () => {
		expect(failureFromThrown(fetchError(new Error('bad port'))).kind).toBe('neverConnected');
	});

	it('finds the code in a group of errors without one of its own', () => {
		const grouped = new AggregateError([new Error('x'), socketError('ECONNREFUSED', 'connect')]);
		expect(failureFromThrown(fetchError(grouped))).toEqual(
			noAnswer('neverConnected', 'ECONNREFUSED'),
		);
	});

	it('looks at the first ten of a group of errors', () => {
		const groupWith = (others: number) => {
			const errors = Array.from({ length: others }, () => new Error('x'));
			return new AggregateError([...errors, socketError('ECONNREFUSED')]);
		};
		expect(failureFromThrown(groupWith(9)).kind).toBe('neverConnected');
		expect(failureFromThrown(groupWith(10))).toEqual(noAnswer('interrupted', 'UNKNOWN'));
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

	it.each([undefined, null, 'text', 7, {}, new Error('plain'), { errors: 'x' }])(
		'does not know what %p did',
		(error) => {
			expect(failureFromThrown(error)).toEqual(noAnswer('interrupted', 'UNKNOWN'));
		},
	);

	it.each([12, '', ['EPROTO']])('takes %j for no code', (code) => {
		expect(failureFromThrown({ code })).toEqual(noAnswer('interrupted', 'UNKNOWN'));
	});

	it('keeps the code alone: the error holds the token', () => {
		const config = { headers: { authorization: 'Bearer secret-token' } };
		const error = Object.assign(axiosError('ECONNRESET'), { config });
		expect(JSON.stringify(failureFromThrown(error))).not.toContain('secret');
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

describe("fetch's error for a 407", () => {
	it.each([
		['has a cause without a word', true, new Error('')],
		['has a cause that says so', true, new Error('proxy authentication required')],
		['has no cause', false, undefined],
		['has a cause of other words', false, new Error('other side closed')],
		['has a wordless cause with a code', false, Object.assign(new Error(''), { code: 'EPIPE' })],
		['has a wordless cause of another kind', false, new TypeError('')],
		['has the attempts at a host as its cause', false, new AggregateError([])],
	])('is told where it %s: %s', (_name, expected, cause) => {
		expect(isProxyLogin(fetchError(cause))).toBe(expected);
	});

	it('is told by its causes alone', () => {
		expect(isProxyLogin(new Error(''))).toBe(false);
		expect(isProxyLogin(undefined)).toBe(false);
	});
});
