import { httpOverFetch, type EgressFilter } from '../../../nodes/GenesysCloud/api/httpFetch';
import { run } from '../../../nodes/GenesysCloud/n8n/run';
import { executionContext } from '../support/context';
import { serve } from '../support/loopback';

class SsrfBlockedIpError extends Error {
	override name = 'SsrfBlockedIpError';
}

const REQUEST = { method: 'GET', headers: {}, timeoutMs: 5_000 } as const;

describe("n8n's egress filter", () => {
	const validateUrl = jest.fn<
		ReturnType<EgressFilter['validateUrl']>,
		Parameters<EgressFilter['validateUrl']>
	>();

	it('is asked before each call, and its refusal makes none', async () => {
		let calls = 0;
		const server = await serve((_request, response) => {
			calls++;
			response.end('{}');
		});
		try {
			const http = httpOverFetch({ validateUrl });
			validateUrl.mockResolvedValueOnce({ ok: true, result: undefined });
			expect(await http({ ...REQUEST, url: server.url })).toMatchObject({ ok: true });
			validateUrl.mockResolvedValueOnce({ ok: false, error: new SsrfBlockedIpError('no') });
			expect(await http({ ...REQUEST, url: server.url })).toEqual({
				ok: false,
				kind: 'blocked',
				code: 'SsrfBlockedIpError',
			});
			expect(validateUrl.mock.calls).toEqual([[server.url], [server.url]]);
			expect(calls).toBe(1);
		} finally {
			await server.close();
		}
	});

	it('that cannot be asked makes no call', async () => {
		validateUrl.mockRejectedValueOnce(new Error('DNS is away'));
		const http = httpOverFetch({ validateUrl });
		expect(await http({ ...REQUEST, url: 'http://127.0.0.1:1' })).toMatchObject({ ok: false });
	});
});

describe('a run that reuses connections', () => {
	it('keeps the connection open and asks the filter of the host', async () => {
		const sockets = new Set<unknown>();
		const server = await serve((request, response) => {
			sockets.add(request.socket);
			response.setHeader('content-type', 'application/json');
			const token = '{"access_token":"t","expires_in":300}';
			response.end(request.url === '/oauth/token' ? token : '{"id":"m-1"}');
		});
		const validateUrl = jest.fn(async () => ({ ok: true, result: undefined }));
		try {
			for (const helpers of [{}, { getSecureEgressFilter: () => ({ validateUrl }) }]) {
				const { context, calls } = executionContext({
					items: [{}, {}, {}],
					parameters: { delivery: { reuseConnections: true, concurrency: 1 } },
					credentials: {
						environment: 'custom',
						loginUrl: server.url,
						apiUrl: server.url,
						clientId: 'reuse',
						clientSecret: 's',
					},
					helpers: helpers as never,
				});
				const [main] = await run(context);
				expect(main).toHaveLength(3);
				expect(calls).toHaveLength(0);
			}
			// Seven calls; fetch may open a second connection while the first one is being freed.
			expect(sockets.size).toBeLessThan(4);
			expect(validateUrl).toHaveBeenCalledTimes(3);
		} finally {
			await server.close();
		}
	});
});
