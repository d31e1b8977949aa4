import { failureFromThrown } from '../../../nodes/GenesysCloud/api/noAnswer';

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
		['is null', null],
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

	it.each([
		['tells nothing of its socket', {}],
		['has a socket that tells nothing of TLS', { socket: { _bytesDispatched: 250 } }],
	])('%s: it was not read when the certificate is refused', (_name, request) => {
		expect(kindWith(request, 'CERT_HAS_EXPIRED')).toBe('tls');
	});

	it('is known to who made the call, where the error does not tell', () => {
		const code = 'ERR_SSL_BAD_RECORD_TYPE';
		const broken = new TypeError('fetch failed', {
			cause: Object.assign(new Error(code), { code }),
		});
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
