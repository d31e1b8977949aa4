import { createServer, type Server, type ServerOptions } from 'node:https';
import type { RequestListener } from 'node:http';
import type { Socket } from 'node:net';

import { httpOverFetch, httpOverHelper } from '../../../nodes/GenesysCloud/api/httpFunctions';
import type { HttpFunction } from '../../../nodes/GenesysCloud/api/http';
import type { NoAnswerKind } from '../../../nodes/GenesysCloud/failures/failure';
import { selfSigned } from '../../../dev/simulator/certificate';
import { deadUrl, serveNobody, serveTcp, type Loopback } from '../support/loopback';
import { n8nHttpRequest } from '../support/n8nHelper';

const CERTIFICATE = selfSigned();
const overFetch = httpOverFetch();
/** n8n's own helper, which knows the certificate of these servers. */
const overHelper = httpOverHelper({
	httpRequest: async (options) =>
		await n8nHttpRequest({ ...options, agentOptions: { ca: CERTIFICATE.cert } }),
});
const WAYS = [
	["n8n's helper", overHelper],
	['fetch', overFetch],
] as const;
const SHORT_MS = 200;
const LONG_MS = 5_000;

/** How far a call came, and whether its message may have been read. */
async function endOf(http: HttpFunction, url: string, timeoutMs = LONG_MS) {
	const headers = { authorization: 'Bearer t', 'content-type': 'application/json' };
	const body = '{"message":"Hi"}';
	const result = await http({ method: 'POST', url, headers, body, timeoutMs, maxBodyBytes: 1_000 });
	if (result.ok) throw new Error(`an answer: ${result.value.status}`);
	const { kind, delivered, transient } = result.failure;
	return { kind, delivered, transient };
}

const NOTHING_SENT = { kind: 'neverConnected', delivered: 'no', transient: true };
const NOT_TRUSTED = { kind: 'tls', delivered: 'no', transient: false };
const maybeRead = (kind: NoAnswerKind) => ({ kind, delivered: 'unknown', transient: true });

/** A TLS server that holds each connection in its hands: what is written to it is not encrypted. */
async function serveTlsOn(
	listener: (raw: Socket, ...rest: Parameters<RequestListener>) => void,
	options: ServerOptions = {},
): Promise<Loopback> {
	return await serveTcp((raw) => {
		const server: Server = createServer({ ...CERTIFICATE, ...options }, (request, response) => {
			request.resume().once('end', () => listener(raw, request, response));
		});
		server.on('tlsClientError', () => undefined);
		server.emit('connection', raw);
	});
}

let server: Loopback | undefined;

function started(loopback: Loopback): string {
	server = loopback;
	return loopback.url;
}

afterEach(async () => {
	await server?.close();
	server = undefined;
});

describe('a connection that was never made', () => {
	describe.each(WAYS)('on %s', (_name, http) => {
		it.each(['http', 'https'])('got no answer to its SYN: %s', async (scheme) => {
			const url = started(await serveNobody(scheme));
			expect(await endOf(http, url, SHORT_MS)).toEqual(NOTHING_SENT);
		});

		it('never ended its TLS handshake', async () => {
			const url = started(await serveTcp(() => undefined));
			expect(await endOf(http, url, SHORT_MS)).toEqual(NOTHING_SENT);
		});

		it('was reset in its TLS handshake', async () => {
			const url = started(await serveTcp((raw) => raw.once('data', () => raw.resetAndDestroy())));
			expect(await endOf(http, url)).toEqual(NOTHING_SENT);
		});

		it('was cut off in its TLS handshake', async () => {
			const url = started(await serveTcp((raw) => raw.once('data', () => raw.end())));
			expect(await endOf(http, url)).toEqual(NOTHING_SENT);
		});

		it('found nobody', async () => {
			expect(await endOf(http, await deadUrl('http'))).toEqual(NOTHING_SENT);
		});
	});

	it('was to a port that fetch refuses', async () => {
		expect(await endOf(overFetch, 'http://127.0.0.1:6667')).toEqual(NOTHING_SENT);
	});
});

describe('a TLS connection that was refused', () => {
	it('has a certificate that nobody knows', async () => {
		const url = started(await serveTlsOn(() => undefined));
		const http = httpOverHelper({ httpRequest: n8nHttpRequest });
		expect(await endOf(http, url)).toEqual(NOT_TRUSTED);
	});

	it('wants a certificate of this side', async () => {
		const asks = { requestCert: true, rejectUnauthorized: true };
		const url = started(await serveTlsOn(() => undefined, asks));
		expect(await endOf(overHelper, url)).toEqual(NOT_TRUSTED);
	});

	it('is none: the server does not speak TLS', async () => {
		const url = started(await serveTcp((raw) => raw.end('SSH-2.0-OpenSSH_9.2\r\n')));
		expect(await endOf(overHelper, url)).toEqual(NOT_TRUSTED);
		expect(await endOf(overFetch, url)).toEqual(NOT_TRUSTED);
	});
});

describe('a request that was read', () => {
	const BROKEN_RECORD = Buffer.from([23, 3, 3, 0, 40, ...Array<number>(40).fill(7)]);

	it.each<[string, NoAnswerKind, Parameters<typeof serveTlsOn>[0]]>([
		['got no answer', 'timeout', () => undefined],
		['was reset', 'interrupted', (raw) => raw.resetAndDestroy()],
		['was cut off', 'interrupted', (raw) => raw.destroy()],
		['was answered in the clear', 'interrupted', (raw) => raw.write('HTTP/1.1 200 OK\r\n\r\n')],
		['was answered by a broken record', 'interrupted', (raw) => raw.write(BROKEN_RECORD)],
		[
			'was answered by half',
			'timeout',
			(_raw, _request, response) => {
				response.writeHead(200, { 'content-length': '100' }).write('{"id":');
			},
		],
	])("%s over TLS, on n8n's helper", async (_name, kind, act) => {
		const url = started(await serveTlsOn(act));
		expect(await endOf(overHelper, url, kind === 'timeout' ? SHORT_MS : LONG_MS)).toEqual(
			maybeRead(kind),
		);
	});

	it.each(WAYS)('got no answer in the clear, on %s', async (_name, http) => {
		const url = started(await serveTcp((raw) => void raw.resume()));
		expect(await endOf(http, url.replace('https:', 'http:'), SHORT_MS)).toEqual(
			maybeRead('timeout'),
		);
	});

	it.each(WAYS)('was reset in the clear, on %s', async (_name, http) => {
		const url = started(await serveTcp((raw) => raw.once('data', () => raw.resetAndDestroy())));
		expect(await endOf(http, url.replace('https:', 'http:'))).toEqual(maybeRead('interrupted'));
	});
});
