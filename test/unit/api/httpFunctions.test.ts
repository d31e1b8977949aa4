import { once } from 'node:events';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { text } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';

import type { HttpRequest, HttpResponse } from '../../../nodes/GenesysCloud/api/http';
import { httpOverFetch, httpOverHelper } from '../../../nodes/GenesysCloud/api/httpFunctions';
import { noAnswer } from '../../../nodes/GenesysCloud/api/noAnswer';
import type { HttpResult } from '../support/http';
import { deadUrl, serve, serveTls, type Loopback } from '../support/loopback';
import { n8nHttpRequest } from '../support/n8nHelper';

const IMPLEMENTATIONS = [
	{ name: "n8n's request helper", http: httpOverHelper({ httpRequest: n8nHttpRequest }) },
	{ name: "Node's fetch", http: httpOverFetch() },
];

/** Long enough for a busy machine; short where a time-out is what is tested. */
const LONG_MS = 5_000;
const MAX_BODY_BYTES = 1024 * 1024;
const SHORT_MS = 150;

describe.each(IMPLEMENTATIONS)('the HTTP function on $name, against a real server', ({ http }) => {
	let server: Loopback;
	let listener: RequestListener;
	let seen: { request: IncomingMessage; body: string }[];

	/** The server's part of the next call. */
	function serverDoes(act: (response: ServerResponse, request: IncomingMessage) => void) {
		listener = (request, response) => {
			void text(request).then((body) => {
				seen.push({ request, body });
				act(response, request);
			});
		};
	}

	const call = async (overrides: Partial<HttpRequest> = {}) =>
		await http({
			method: 'POST',
			url: `${server.url}/path?x=1`,
			headers: { authorization: 'Bearer t', 'content-type': 'application/json' },
			body: '{"a":"ä"}',
			timeoutMs: LONG_MS,
			maxBodyBytes: MAX_BODY_BYTES,
			...overrides,
		});

	beforeAll(async () => {
		server = await serve((request, response) => listener(request, response));
	});

	afterAll(async () => {
		await server.close();
	});

	beforeEach(() => {
		seen = [];
		serverDoes((response) => response.end('ok'));
	});

	it('sends the method, path, headers and body as they are', async () => {
		await call();
		expect(seen).toHaveLength(1);
		const { request, body } = seen[0]!;
		expect([request.method, request.url, body]).toEqual(['POST', '/path?x=1', '{"a":"ä"}']);
		expect(request.headers).toMatchObject({
			authorization: 'Bearer t',
			'content-type': 'application/json',
			'content-length': '10',
		});
	});

	it('sends a form as it is, encoded once', async () => {
		const body = 'grant_type=client_credentials&scope=webchat%3Amessaging+a%26b';
		const headers = { 'content-type': 'application/x-www-form-urlencoded' };
		await call({ headers, body });
		expect(seen[0]?.body).toBe(body);
	});

	it('makes a GET without a body', async () => {
		const bare = { headers: {}, timeoutMs: LONG_MS, maxBodyBytes: MAX_BODY_BYTES };
		await http({ method: 'GET', url: server.url, ...bare });
		expect(seen[0]).toMatchObject({ body: '', request: { method: 'GET' } });
	});

	it.each([200, 201, 204, 400, 401, 403, 404, 409, 418, 429, 500, 503, 504, 599])(
		'gives a %i as an answer, with its headers',
		async (status) => {
			serverDoes((response) => {
				response.writeHead(status, { 'Retry-After': '7', 'ININ-Correlation-Id': 'c-1' });
				response.end(status === 204 ? undefined : '{"id":"ä"}');
			});
			const response = answerOf(await call());
			expect(response.status).toBe(status);
			expect(response.header('retry-after')).toBe('7');
			expect(response.header('inin-correlation-id')).toBe('c-1');
			expect(response.header('x-missing')).toBeUndefined();
			expect(response.text).toBe(status === 204 ? '' : '{"id":"ä"}');
		},
	);

	it('gives broken JSON and HTML as they came', async () => {
		serverDoes((response) => {
			response.writeHead(200, { 'content-type': 'application/json' });
			response.end('<html>{"id":');
		});
		expect(answerOf(await call()).text).toBe('<html>{"id":');
	});

	it.each([301, 302, 303, 307, 308])('does not follow a %i', async (status) => {
		serverDoes((response) => {
			response.writeHead(status, { location: `${server.url}/elsewhere` });
			response.end();
		});
		expect(answerOf(await call()).status).toBe(status);
		expect(seen).toHaveLength(1);
	});

	it('reads as much as the call asks for', async () => {
		serverDoes((response) => response.end('x'.repeat(3 * MAX_BODY_BYTES)));
		const response = answerOf(await call({ maxBodyBytes: 32 * MAX_BODY_BYTES }));
		expect(response.text).toHaveLength(3 * MAX_BODY_BYTES);
	});

	it.each([
		['tells its length', { 'content-length': 3 * MAX_BODY_BYTES }],
		['does not tell its length', { 'transfer-encoding': 'chunked' }],
	])('reads at most 1 MB of an answer of 3 MB that %s', async (_what, headers) => {
		serverDoes((response) => {
			response.writeHead(200, headers);
			response.end('x'.repeat(3 * MAX_BODY_BYTES));
		});
		expect(answerOf(await call()).text).toHaveLength(MAX_BODY_BYTES);
	});

	it('reads at most 1 MB of a small answer that unpacks to 5 MB', async () => {
		const packed = gzipSync('x'.repeat(5 * MAX_BODY_BYTES));
		serverDoes((response) => {
			const headers = { 'content-encoding': 'gzip', 'content-length': packed.byteLength };
			response.writeHead(200, headers);
			response.end(packed);
		});
		expect(answerOf(await call()).text.length).toBeLessThanOrEqual(MAX_BODY_BYTES);
	});

	it('gives up when no answer comes in time', async () => {
		serverDoes(() => undefined);
		expect(await call({ timeoutMs: SHORT_MS })).toMatchObject({ failure: { kind: 'timeout' } });
	});

	it('gives up on an answer that drips in, after the time for the whole call', async () => {
		let drip: NodeJS.Timeout | undefined;
		let closed: Promise<unknown> | undefined;
		serverDoes((response) => {
			closed = once(response, 'close');
			response.writeHead(200);
			drip = setInterval(() => response.write(' '), 10);
		});
		const startedAt = performance.now();
		try {
			expect(await call({ timeoutMs: SHORT_MS })).toMatchObject({ failure: { kind: 'timeout' } });
			expect(performance.now() - startedAt).toBeLessThan(LONG_MS / 2);
			await closed;
		} finally {
			clearInterval(drip);
		}
	});

	it('says that a refused connection was never made', async () => {
		expect(await call({ url: await deadUrl('http') })).toEqual({
			ok: false,
			failure: noAnswer('neverConnected', 'ECONNREFUSED'),
		});
	});

	it('says that a host without an address was never reached', async () => {
		const result = await call({ url: 'http://no-such-host.invalid' });
		expect(result).toMatchObject({ failure: { kind: 'neverConnected' } });
	});

	it('does not know what a connection did that was reset before the answer', async () => {
		serverDoes((response) => response.socket?.resetAndDestroy());
		expect(await call()).toMatchObject({ failure: { kind: 'interrupted' } });
	});

	it('does not know what a connection did that was closed before the answer', async () => {
		serverDoes((response) => response.socket?.end());
		expect(await call()).toMatchObject({ failure: { kind: 'interrupted' } });
	});

	it('does not know what a 200 meant whose body breaks off', async () => {
		serverDoes((response) => {
			response.writeHead(200, { 'content-length': '100' });
			response.write('{"id":', () => response.destroy());
		});
		expect(await call()).toMatchObject({ failure: { kind: 'interrupted' } });
	});

	it('is content with the status of a 429 whose body breaks off', async () => {
		serverDoes((response) => {
			response.writeHead(429, { 'content-length': '100', 'retry-after': '7' });
			response.write('{"mess', () => response.destroy());
		});
		const response = answerOf(await call());
		expect([response.status, response.header('retry-after')]).toEqual([429, '7']);
	});

	it('does not know what an answer meant that is not HTTP', async () => {
		serverDoes((response) => response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n'));
		expect(await call()).toMatchObject({ failure: { kind: 'interrupted' } });
	});

	it('sends nothing to a server whose certificate signs itself', async () => {
		const calls: IncomingMessage[] = [];
		const tls = await serveTls((request, response) => {
			calls.push(request);
			response.end('{}');
		});
		try {
			const result = await call({ url: tls.url });
			const code = 'DEPTH_ZERO_SELF_SIGNED_CERT';
			expect(result).toEqual({ ok: false, failure: noAnswer('tls', code) });
			expect(calls).toHaveLength(0);
		} finally {
			await tls.close();
		}
	});

	it('sends nothing over TLS to a server that does not speak it', async () => {
		const result = await call({ url: server.url.replace('http:', 'https:') });
		expect(result).toMatchObject({ failure: { kind: 'tls' } });
	});

	it.each(['not a URL', 'ftp://127.0.0.1'])('does not reject for %j', async (url) => {
		expect(await call({ url })).toMatchObject({ ok: false });
	});
});

function answerOf(result: HttpResult): HttpResponse {
	if (!result.ok) throw new Error(`no answer: ${JSON.stringify(result.failure)}`);
	return result.value;
}
