import { createClient, type ApiRequest } from '../../../nodes/GenesysCloud/api/client';
import { TokenPool } from '../../../nodes/GenesysCloud/api/tokenPool';
import { FakeClock } from '../support/clock';
import { CREDENTIALS } from '../support/credentials';
import {
	answered,
	noAnswer,
	scripted,
	tokenAnswer,
	windowHeaders,
	type Script,
} from '../support/http';

const REQUEST: ApiRequest = {
	method: 'POST',
	path: '/api/v2/webchat/messaging',
	body: { contactId: 'c', type: 'bot', message: 'Grüße' },
};
const SENT = answered(200, { id: 'm-1', status: 'sent' });
const REFUSED = answered(401, { code: 'bad.credentials', message: 'Invalid login credentials.' });

function clientWith(script: Script, maxTokens = 1) {
	const clock = new FakeClock();
	const { http, tokenCalls, apiCalls } = scripted(script);
	const client = createClient({
		apiUrl: 'https://api.mypurecloud.de',
		tokens: new TokenPool(CREDENTIALS),
		clock,
		http,
		maxTokens,
		timeoutMs: 12_345,
		maxWaitMs: 180_000,
	});
	return { client, clock, tokenCalls, apiCalls };
}

describe('a call of the API', () => {
	it('is made with the access token and the JSON body', async () => {
		const { client, apiCalls } = clientWith({ api: [SENT] });
		expect(await client(REQUEST)).toEqual({
			status: 'sent',
			response: { id: 'm-1', status: 'sent' },
		});
		expect(apiCalls).toEqual([
			{
				method: 'POST',
				url: 'https://api.mypurecloud.de/api/v2/webchat/messaging',
				headers: {
					authorization: 'Bearer token-1',
					accept: 'application/json',
					'content-type': 'application/json',
				},
				body: '{"contactId":"c","type":"bot","message":"Grüße"}',
				timeoutMs: 12_345,
			},
		]);
	});

	it('has no body and no content type without one', async () => {
		const { client, apiCalls } = clientWith({ api: [SENT] });
		await client({ method: 'GET', path: '/api/v2/x' });
		expect(apiCalls[0]).not.toHaveProperty('body');
		expect(apiCalls[0]?.headers).not.toHaveProperty('content-type');
	});

	it('is not made when there is no token', async () => {
		const { client, apiCalls } = clientWith({ token: [answered(401)] });
		expect(await client(REQUEST)).toMatchObject({
			status: 'failed',
			failure: { reason: 'invalidCredentials', call: 'token', delivered: 'no', endsRun: true },
		});
		expect(apiCalls).toHaveLength(0);
	});

	it('is not made when the execution was stopped', async () => {
		const { client, clock, apiCalls } = clientWith({});
		clock.isStopped = true;
		expect(await client(REQUEST)).toEqual({ status: 'stopped' });
		expect(apiCalls).toHaveLength(0);
	});

	it('shares one token among many', async () => {
		const { client, tokenCalls, apiCalls } = clientWith({ api: [SENT] });
		await Promise.all(Array.from({ length: 20 }, async () => await client(REQUEST)));
		expect([tokenCalls.length, apiCalls.length]).toEqual([1, 20]);
	});
});

describe('a 401', () => {
	it('drops the token, fetches one more and repeats the call once', async () => {
		const token = [tokenAnswer('old'), tokenAnswer('new')];
		const { client, tokenCalls, apiCalls } = clientWith({ token, api: [REFUSED, SENT] });
		expect(await client(REQUEST)).toMatchObject({ status: 'sent' });
		expect(tokenCalls).toHaveLength(2);
		const used = apiCalls.map(({ headers }) => headers.authorization);
		expect(used).toEqual(['Bearer old', 'Bearer new']);
	});

	it('for the second time is a failure that is not tried again', async () => {
		const token = [tokenAnswer('old'), tokenAnswer('new')];
		const { client, apiCalls } = clientWith({ token, api: [REFUSED] });
		expect(await client(REQUEST)).toMatchObject({
			status: 'failed',
			failure: { reason: 'unauthorized', delivered: 'no', transient: false, httpCode: '401' },
		});
		expect(apiCalls).toHaveLength(2);
	});

	it('of many calls at once renews the token once', async () => {
		const token = [tokenAnswer('old'), tokenAnswer('new'), tokenAnswer('newer')];
		const api = [...Array.from({ length: 10 }, () => REFUSED), SENT];
		const { client, tokenCalls } = clientWith({ token, api });
		const results = await Promise.all(
			Array.from({ length: 10 }, async () => await client(REQUEST)),
		);
		expect(results.every(({ status }) => status === 'sent')).toBe(true);
		expect(tokenCalls).toHaveLength(2);
	});

	it('whose renewal fails says why', async () => {
		const token = [tokenAnswer('old'), answered(400, { error: 'invalid_client' })];
		const { client, apiCalls } = clientWith({ token, api: [REFUSED] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason: 'invalidCredentials', endsRun: true },
		});
		expect(apiCalls).toHaveLength(1);
	});
});

describe('a refusal for the rate', () => {
	const limited = answered(429, '', { 'retry-after': '42' });

	it('closes the window: the next call waits for as long as the server asked', async () => {
		const { client, clock } = clientWith({ api: [limited, SENT] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason: 'rateLimited', delivered: 'no', transient: true, retryAfterMs: 42_000 },
		});
		expect(await client(REQUEST)).toMatchObject({ status: 'sent' });
		expect(clock.waits).toEqual([{ ms: 42_000, reason: 'rateLimit' }]);
	});

	it('that names no time is waited out for 3 seconds', async () => {
		const { client, clock } = clientWith({ api: [answered(429), SENT] });
		expect(await client(REQUEST)).toMatchObject({ failure: { retryAfterMs: 3_000 } });
		await client(REQUEST);
		expect(clock.waitedMs).toEqual([3_000]);
	});

	it('lets another token go on', async () => {
		const token = [tokenAnswer('a'), tokenAnswer('b')];
		const { client, clock, apiCalls } = clientWith({ token, api: [limited, SENT] }, 2);
		await client(REQUEST);
		expect(await client(REQUEST)).toMatchObject({ status: 'sent' });
		expect(apiCalls[1]?.headers.authorization).toBe('Bearer b');
		expect(clock.waits).toEqual([]);
	});

	it('does not happen: a window that is used up is waited out before the call', async () => {
		const full = answered(200, { id: 'm-1' }, windowHeaders(2, 2, 30));
		const { client, clock } = clientWith({ api: [full] });
		await client(REQUEST);
		await client(REQUEST);
		expect(clock.waitedMs).toEqual([30_020]);
	});
});

describe('an answer that is not a success', () => {
	it.each([
		['HTML', answered(200, '<html>Please log in</html>')],
		['broken JSON', answered(200, '{"id":"m-1"')],
		['a list', answered(200, '[{"id":"m-1"}]')],
		['nothing', answered(204)],
		['no ID', answered(200, { status: 'ok' })],
		['an empty ID', answered(200, { id: '' })],
		['an ID that is no text', answered(201, { id: 7 })],
	])('is a 2xx with %s: it may have been sent and is not tried again', async (_name, result) => {
		const { client, apiCalls } = clientWith({ api: [result] });
		expect(await client(REQUEST)).toMatchObject({
			status: 'failed',
			failure: {
				reason: 'unexpectedResponse',
				delivered: 'unknown',
				transient: false,
				call: 'send',
			},
		});
		expect(apiCalls).toHaveLength(1);
	});

	it.each([301, 302, 307, 308])('is a redirect (%i): nothing was sent', async (status) => {
		const { client } = clientWith({ api: [answered(status, '', { location: '/x' })] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason: 'unexpectedResponse', delivered: 'no', transient: false },
		});
	});

	it.each([
		[400, 'badRequest', 'no'],
		[403, 'forbidden', 'no'],
		[404, 'notFound', 'no'],
		[409, 'conflict', 'no'],
		[500, 'serverError', 'unknown'],
		[504, 'serverError', 'unknown'],
	] as const)('is a %i: %s, delivered: %s', async (status, reason, delivered) => {
		const { client } = clientWith({ api: [answered(status)] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason, delivered, httpCode: String(status), call: 'send' },
		});
	});

	it.each([
		['neverConnected', 'network', 'no'],
		['tls', 'network', 'no'],
		['blocked', 'network', 'no'],
		['timeout', 'timeout', 'unknown'],
		['interrupted', 'network', 'unknown'],
	] as const)('is none at all, %s: %s, delivered: %s', async (kind, reason, delivered) => {
		const { client } = clientWith({ api: [noAnswer(kind, 'CODE')] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason, delivered, code: 'CODE', call: 'send' },
		});
	});

	it('does not ask for a wait by the window of the token alone, unless it is a 429', async () => {
		const api = [answered(500, '', windowHeaders(300, 12, 55))];
		const { client } = clientWith({ api });
		const result = await client(REQUEST);
		expect(result).toMatchObject({ failure: { reason: 'serverError' } });
		expect(result).not.toHaveProperty('failure.retryAfterMs');
	});
});
