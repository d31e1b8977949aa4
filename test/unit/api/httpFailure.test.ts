import { AxiosError, CanceledError } from 'axios';
import { NodeApiError, type INode, type JsonObject } from 'n8n-workflow';

import { httpFailure } from '../../../nodes/GenesysCloud/api/httpFailure';

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

describe('httpFailure', () => {
	it.each(CODES)("an AxiosError with %s, as n8n's helper throws it, is %s", (code, kind) => {
		expect(httpFailure(axiosError(code))).toEqual({ ok: false, kind, code });
	});

	it.each(CODES)("the cause %s of what Node's fetch throws is %s", (code, kind) => {
		expect(httpFailure(fetchError(socketError(code)))).toEqual({ ok: false, kind, code });
	});

	it.each(CODES)('%s inside a NodeApiError is %s', (code, kind) => {
		const error = new NodeApiError(NODE, axiosError(code) as unknown as JsonObject);
		expect(httpFailure(error)).toMatchObject({ ok: false, kind });
	});

	it.each([
		['axios', axiosError('ETIMEDOUT', 'connect')],
		['fetch', fetchError(socketError('ETIMEDOUT', 'connect'))],
	])('knows that %s sent nothing when the system gave up connecting', (_by, error) => {
		expect(httpFailure(error).kind).toBe('neverConnected');
	});

	it.each([
		['axios', (error: Error) => AxiosError.from(error, 'ETIMEDOUT')],
		['fetch', fetchError],
	])('knows that %s sent nothing when every address of a host timed out', (_by, wrap) => {
		const attempts = [socketError('ETIMEDOUT', 'connect'), socketError('ENETUNREACH', 'connect')];
		const grouped = Object.assign(new AggregateError(attempts), { code: 'ETIMEDOUT' });
		expect(httpFailure(wrap(grouped)).kind).toBe('neverConnected');
	});

	it('does not know what a time-out after the connection was made did', () => {
		expect(httpFailure(axiosError('ETIMEDOUT', 'read')).kind).toBe('timeout');
	});

	it("knows axios's cancellation by the node's own time limit", () => {
		expect(httpFailure(new CanceledError())).toEqual({
			ok: false,
			kind: 'timeout',
			code: 'ERR_CANCELED',
		});
	});

	it.each(['TimeoutError', 'AbortError'])('knows a DOMException named %s', (name) => {
		expect(httpFailure(new DOMException('stopped', name))).toEqual({
			ok: false,
			kind: 'timeout',
			code: name,
		});
	});

	it.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError', 'DomainNotAllowedError'])(
		"knows %s, which n8n's egress filter throws",
		(name) => {
			const error = Object.assign(new Error('not allowed'), { name });
			const blocked = { ok: false, kind: 'blocked', code: name };
			expect(httpFailure(error)).toEqual(blocked);
			expect(httpFailure(AxiosError.from(error))).toMatchObject({ kind: 'blocked' });
			expect(httpFailure(fetchError(error))).toEqual(blocked);
		},
	);

	it('finds the code in a group of errors without one of its own', () => {
		const grouped = new AggregateError([new Error('x'), socketError('ECONNREFUSED', 'connect')]);
		expect(httpFailure(fetchError(grouped))).toEqual({
			ok: false,
			kind: 'neverConnected',
			code: 'ECONNREFUSED',
		});
	});

	it('finds a cause five levels down and gives up below', () => {
		const nest = (levels: number) => {
			let error: Error = socketError('ECONNREFUSED');
			for (let level = 0; level < levels; level++) error = new Error('outer', { cause: error });
			return error;
		};
		expect(httpFailure(nest(5)).kind).toBe('neverConnected');
		expect(httpFailure(nest(20))).toEqual({ ok: false, kind: 'interrupted', code: 'UNKNOWN' });
	});

	it('comes to an end with an error that is its own cause', () => {
		const error: Error & { cause?: unknown } = new Error('round');
		error.cause = error;
		expect(httpFailure(error)).toEqual({ ok: false, kind: 'interrupted', code: 'UNKNOWN' });
	});

	it.each([undefined, null, 'text', 7, {}, new Error('plain'), { code: 12 }, { errors: 'x' }])(
		'does not know what %p did',
		(error) => {
			expect(httpFailure(error)).toEqual({ ok: false, kind: 'interrupted', code: 'UNKNOWN' });
		},
	);

	it('keeps the code alone: the error holds the token', () => {
		const config = { headers: { authorization: 'Bearer secret-token' } };
		const error = Object.assign(axiosError('ECONNRESET'), { config });
		expect(JSON.stringify(httpFailure(error))).not.toContain('secret');
	});
});
