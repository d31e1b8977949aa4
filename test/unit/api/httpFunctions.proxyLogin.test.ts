import { classifyAnswer } from '../../../nodes/GenesysCloud/api/answer';
import type { HttpRequest } from '../../../nodes/GenesysCloud/api/http';
import { httpOf, httpOverFetch } from '../../../nodes/GenesysCloud/api/httpFunctions';
import { noAnswer } from '../../../nodes/GenesysCloud/api/noAnswer';
import { explain } from '../../../nodes/GenesysCloud/failures/explain';
import { answer } from '../support/http';
import { serve, type Loopback } from '../support/loopback';
import { n8nHttpRequest } from '../support/n8nHelper';

const REQUEST: HttpRequest = {
	...{ method: 'POST', url: 'https://api.example.com', headers: {}, body: '{}' },
	...{ timeoutMs: 5_000, maxBodyBytes: 1_000 },
};

describe('a 407, which fetch gives as an error', () => {
	const { fetch: ownFetch } = globalThis;
	let server: Loopback;
	let calls = 0;

	beforeAll(async () => {
		server = await serve((request, response) => {
			calls++;
			request.resume().once('end', () => response.writeHead(407).end('{}'));
		});
	});

	beforeEach(() => {
		calls = 0;
	});

	afterEach(() => {
		globalThis.fetch = ownFetch;
	});

	afterAll(async () => {
		await server.close();
	});

	/** What a fetch comes to that has written the body, and then fails. */
	const failing = async (error: Error) => {
		globalThis.fetch = async (_url, init) => {
			await new Response(init?.body).text();
			throw error;
		};
		return await httpOverFetch()(REQUEST);
	};
	const failingWith = async (cause: unknown) =>
		await failing(new TypeError('fetch failed', { cause }));

	it.each([
		['that reuses connections', true],
		['to this machine', false],
	])('is an answer like any other, of a run %s', async (_name, reuseConnections) => {
		const http = httpOf({ httpRequest: n8nHttpRequest }, reuseConnections);
		const result = await http({ ...REQUEST, url: server.url });
		expect(result).toMatchObject({ ok: true, value: { status: 407, text: '' } });
		expect(result.ok && result.value.header('retry-after')).toBeUndefined();
		expect(calls).toBe(1);
	});

	// As Node 24 has it with NODE_USE_ENV_PROXY.
	const tunnel = (status: number) =>
		Object.assign(new Error('Request was cancelled.'), {
			code: 0,
			cause: Object.assign(
				new Error(`Proxy response (${status}) !== 200 when HTTP Tunneling`),
				...[{ name: 'AbortError', code: 'UND_ERR_ABORTED' }],
			),
		});

	it.each([
		['in words', new Error('proxy authentication required')],
		['of a proxy that was to make a tunnel', tunnel(407)],
	])('is one %s', async (_how, cause) => {
		expect(await failingWith(cause)).toMatchObject({ ok: true, value: { status: 407 } });
	});

	it('is none when the call was never made, or has another cause', async () => {
		expect(await failingWith(tunnel(502))).toEqual({
			...{ ok: false, failure: noAnswer('neverConnected', 'AbortError') },
		});
		for (const cause of [undefined, new Error('other side closed')]) {
			expect(await failingWith(cause)).toMatchObject({ failure: { kind: 'interrupted' } });
		}
		expect(await failing(new Error(''))).toMatchObject({ failure: { kind: 'interrupted' } });
	});

	it('is never tried again, and told as the answer of a proxy that it is', () => {
		const failure = classifyAnswer(answer(407), Date.now());
		expect(failure).toEqual({
			...{ reason: 'unexpectedResponse', httpCode: '407' },
			...{ delivered: 'unknown', transient: false },
		});
		expect(explain(failure)).toMatchObject({
			message: 'The answer did not come from the Genesys Cloud API',
			description: expect.stringContaining('A proxy, firewall or gateway') as string,
		});
	});
});
