import type { IHttpRequestOptions } from 'n8n-workflow';

import {
	httpOf,
	httpOverFetch,
	type HttpHelpers,
} from '../../../nodes/GenesysCloud/api/httpFunctions';
import { noAnswer } from '../../../nodes/GenesysCloud/api/noAnswer';
import { serve, type Loopback } from '../support/loopback';

class SsrfBlockedIpError extends Error {
	override name = 'SsrfBlockedIpError';
}

type Filter = ReturnType<NonNullable<HttpHelpers['getSecureEgressFilter']>>;

const REQUEST = { method: 'GET', headers: {}, timeoutMs: 5_000, maxBodyBytes: 1_000 } as const;

describe('the HTTP function of a run', () => {
	const sockets = new Set<unknown>();
	let server: Loopback;

	/** n8n's helper, which plays an answer of its own. */
	const helper = (more: Partial<HttpHelpers> = {}) => {
		const calls: IHttpRequestOptions[] = [];
		const httpRequest = async (options: IHttpRequestOptions) => {
			calls.push(options);
			return { statusCode: 299, headers: {}, body: '' };
		};
		return { calls, helpers: { httpRequest, ...more } };
	};

	// One for each test: Node 24 keeps no connection open to a server that it once told to close one.
	beforeEach(async () => {
		sockets.clear();
		server = await serve((request, response) => {
			sockets.add(request.socket);
			response.end('{}');
		});
	});

	afterEach(async () => {
		await server.close();
	});

	it("goes over n8n's helper: no redirects, errors as answers, one time limit", async () => {
		const { helpers, calls } = helper();
		const request = { ...REQUEST, url: 'https://api.example.com/x' };
		expect(await httpOf(helpers)(request)).toMatchObject({ ok: true, value: { status: 299 } });
		expect(calls).toMatchObject([
			{
				url: 'https://api.example.com/x',
				disableFollowRedirect: true,
				ignoreHttpStatusErrors: true,
				returnFullResponse: true,
				encoding: 'stream',
				timeout: 5_000,
			},
		]);
		expect(calls[0]).not.toHaveProperty('skipSslCertificateValidation');
	});

	it('to this machine goes past the helper, on a connection for each call', async () => {
		const { helpers, calls } = helper();
		const http = httpOf(helpers);
		for (let call = 0; call < 3; call++) {
			expect(await http({ ...REQUEST, url: server.url })).toMatchObject({ ok: true });
		}
		expect([calls.length, sockets.size]).toEqual([0, 3]);
	});

	it('that reuses connections keeps one open', async () => {
		const { helpers, calls } = helper();
		const http = httpOf(helpers, true);
		for (let call = 0; call < 5; call++) {
			expect(await http({ ...REQUEST, url: server.url })).toMatchObject({ ok: true });
		}
		expect(calls).toHaveLength(0);
		// It may open a second connection while the first one is being freed.
		expect(sockets.size).toBeLessThan(3);
	});

	it('joins the values of a header that comes several times', async () => {
		const headers = { 'x-twice': ['1', '2'], 'x-number': 7, 'x-once': 'a' };
		const httpRequest = async () => ({ statusCode: 200, headers, body: '' });
		const result = await httpOf({ httpRequest })({ ...REQUEST, url: 'https://api.example.com' });
		if (!result.ok) throw new Error('no answer');
		const { value } = result;
		expect([value.header('x-twice'), value.header('x-number'), value.header('x-once')]).toEqual([
			...['1, 2', undefined, 'a'],
		]);
	});

	it.each([
		['that reuses connections', true],
		['to this machine', false],
	])("%s asks n8n's egress filter before each call", async (_name, reuseConnections) => {
		const validateUrl = jest.fn<ReturnType<Filter['validateUrl']>, [string | URL]>();
		const { helpers } = helper({ getSecureEgressFilter: () => ({ validateUrl }) });
		const http = httpOf(helpers, reuseConnections);
		validateUrl.mockResolvedValueOnce({ ok: true, result: undefined });
		expect(await http({ ...REQUEST, url: server.url })).toMatchObject({ ok: true });
		validateUrl.mockResolvedValueOnce({ ok: false, error: new SsrfBlockedIpError('no') });
		expect(await http({ ...REQUEST, url: server.url })).toEqual({
			ok: false,
			failure: noAnswer('blocked', 'SsrfBlockedIpError'),
		});
		expect(validateUrl.mock.calls).toEqual([[server.url], [server.url]]);
		expect(sockets.size).toBe(1);
	});

	it('makes no call when the filter cannot be asked', async () => {
		const validateUrl = async () => await Promise.reject(new Error('DNS is away'));
		const http = httpOverFetch({ getSecureEgressFilter: () => ({ validateUrl }) });
		expect(await http({ ...REQUEST, url: server.url })).toMatchObject({ ok: false });
		expect(sockets.size).toBe(0);
	});

	it('makes no call when the filter does not answer within the time of the call', async () => {
		const validateUrl = async () => await new Promise<never>(() => undefined);
		const http = httpOverFetch({ getSecureEgressFilter: () => ({ validateUrl }) });
		const message = { ...REQUEST, method: 'POST', body: '{}', timeoutMs: 50 } as const;
		expect(await http({ ...message, url: server.url })).toMatchObject({
			failure: { reason: 'network', delivered: 'no', transient: true },
		});
		expect(sockets.size).toBe(0);
	});
});
