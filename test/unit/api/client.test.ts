import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { LOOK_AGAIN_MS } from '../../../nodes/GenesysCloud/api/gate';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { clientWith } from '../support/client';
import { answered, noAnswer, tokenAnswer, windowHeaders } from '../support/http';

const REQUEST: ApiRequest = {
	method: 'POST',
	path: '/api/v2/webchat/messaging',
	body: { contactId: 'c', type: 'bot', message: 'Grüße' },
};
const SENT = answered(200, { id: 'm-1', status: 'sent' });
const REFUSED = answered(401, { code: 'bad.credentials', message: 'Invalid login credentials.' });

describe('a call of the API', () => {
	it('is made with the access token and the JSON body', async () => {
		const { client, apiCalls } = clientWith({ api: [SENT] });
		expect(await client(REQUEST)).toEqual({
			ok: true,
			value: { id: 'm-1', status: 'sent' },
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
				maxBodyBytes: 1_048_576,
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
			ok: false,
			failure: { reason: 'invalidCredentials', call: 'token', delivered: 'no', endsRun: true },
		});
		expect(apiCalls).toHaveLength(0);
	});

	it('is not made when the execution was stopped', async () => {
		const { client, clock, apiCalls } = clientWith({});
		clock.isStopped = true;
		expect(await client(REQUEST)).toEqual({ ok: false, failure: { ...STOPPED, call: 'send' } });
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
		expect(await client(REQUEST)).toMatchObject({ ok: true });
		expect(tokenCalls).toHaveLength(2);
		const used = apiCalls.map(({ headers }) => headers.authorization);
		expect(used).toEqual(['Bearer old', 'Bearer new']);
	});

	it('for the second time is a failure that is not tried again', async () => {
		const token = [tokenAnswer('old'), tokenAnswer('new')];
		const { client, apiCalls } = clientWith({ token, api: [REFUSED] });
		expect(await client(REQUEST)).toMatchObject({
			ok: false,
			failure: { reason: 'unauthorized', delivered: 'no', transient: false, endsRun: true },
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
		expect(results.every(({ ok }) => ok)).toBe(true);
		expect(tokenCalls).toHaveLength(2);
	});

	it('that never ends costs two logins and two calls each, for however many at once', async () => {
		const token = ['a', 'b', 'c', 'd'].map((value) => tokenAnswer(value));
		const { client, tokenCalls, apiCalls } = clientWith({ token, api: [REFUSED] });
		const sends = Array.from({ length: 10 }, async () => await client(REQUEST));
		for (const result of await Promise.all(sends)) {
			expect(result).toMatchObject({ failure: { reason: 'unauthorized', endsRun: true } });
		}
		expect([tokenCalls.length, apiCalls.length]).toEqual([2, 20]);
	});

	it('of another message says nothing about this one: it is repeated all the same', async () => {
		const token = ['a', 'b', 'c'].map((value) => tokenAnswer(value));
		const api = [REFUSED, noAnswer('interrupted', 'ECONNRESET'), REFUSED, SENT];
		const { client, tokenCalls } = clientWith({ token, api });
		expect(await client(REQUEST)).toMatchObject({ failure: { reason: 'network' } });
		expect(await client(REQUEST)).toMatchObject({ ok: true });
		expect(tokenCalls).toHaveLength(3);
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

describe('a 401 that a gateway may have given after it has passed the message on', () => {
	const page = answered(401, '<html>');
	const token = ['a', 'b', 'c'].map((value) => tokenAnswer(value));
	const atMostOnce = { uncertain: 'fail' } as const;

	it('is in doubt at most once, and the next call uses a new token', async () => {
		const { client, apiCalls } = clientWith({ token, api: [page, SENT] }, 1, atMostOnce);
		const first = await client(REQUEST);
		expect(first).toMatchObject({ failure: { reason: 'unauthorized', delivered: 'unknown' } });
		expect(first).not.toMatchObject({ failure: { endsRun: true } });
		expect(await client(REQUEST)).toMatchObject({ ok: true });
		const used = apiCalls.map(({ headers }) => headers.authorization);
		expect(used).toEqual(['Bearer a', 'Bearer b']);
	});

	it('ends the run when the next token is refused as well, but not when another call came between', async () => {
		const again = clientWith({ token, api: [page] }, 1, atMostOnce);
		await again.client(REQUEST);
		expect(await again.client(REQUEST)).toMatchObject({
			failure: { delivered: 'unknown', endsRun: true },
		});
		const between = clientWith({ token, api: [page, SENT, page] }, 1, atMostOnce);
		await between.client(REQUEST);
		await between.client(REQUEST);
		const third = await between.client(REQUEST);
		expect(third).toMatchObject({ failure: { delivered: 'unknown' } });
		expect(third).not.toMatchObject({ failure: { endsRun: true } });
	});

	it('of another token says nothing about this one', async () => {
		const full = answered(200, { id: 'm-1' }, windowHeaders(1, 1, 30));
		const api = [full, full, page, page];
		const { client, apiCalls } = clientWith({ token, api }, 2, atMostOnce);
		for (let calls = 0; calls < 3; calls++) await client(REQUEST);
		expect(await client(REQUEST)).not.toMatchObject({ failure: { endsRun: true } });
		const used = apiCalls.map(({ headers }) => headers.authorization);
		expect(used).toEqual(['Bearer a', 'Bearer b', 'Bearer a', 'Bearer b']);
	});

	it('is repeated where Genesys Cloud itself has refused the token, and where nothing is sent', async () => {
		const api = [REFUSED, SENT];
		expect(await clientWith({ token, api }, 1, atMostOnce).client(REQUEST)).toMatchObject({
			ok: true,
		});
		const { client } = clientWith({ token, api: [page, SENT] }, 1, atMostOnce);
		expect(await client({ ...REQUEST, reads: true })).toMatchObject({ ok: true });
	});

	it.each([
		['a refusal', answered(400, { code: 'bad.request', message: 'x' })],
		['another 401', REFUSED],
		['no connection', noAnswer('neverConnected', 'ECONNREFUSED')],
	])('is repeated at least once, and stays in doubt after %s', async (_name, second) => {
		const { client, apiCalls } = clientWith({ token, api: [page, second] });
		expect(await client(REQUEST)).toMatchObject({ failure: { delivered: 'unknown' } });
		expect(apiCalls).toHaveLength(2);
	});

	it('stays in doubt when no new token is to be had', async () => {
		const refused = [tokenAnswer('a'), answered(400, { error: 'invalid_client' })];
		const { client } = clientWith({ token: refused, api: [page] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason: 'invalidCredentials', delivered: 'unknown' },
		});
	});
});

describe('a refusal for the rate', () => {
	const limited = answered(429, '', { 'retry-after': '42' });

	it('closes the window: the next call waits for as long as the server asked', async () => {
		const { client, clock } = clientWith({ api: [limited, SENT] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason: 'rateLimited', delivered: 'no', transient: true, retryAfterMs: 42_000 },
		});
		expect(await client(REQUEST)).toMatchObject({ ok: true });
		expect(clock.waits).toEqual([{ ms: 42_000 + LOOK_AGAIN_MS, reason: 'rateLimit' }]);
	});

	it('that names no time is waited out for 3 seconds', async () => {
		const { client, clock } = clientWith({ api: [answered(429), SENT] });
		expect(await client(REQUEST)).toMatchObject({ failure: { retryAfterMs: 3_000 } });
		await client(REQUEST);
		expect(clock.waitedMs).toEqual([3_000 + LOOK_AGAIN_MS]);
	});

	it.each([
		['its own limit', windowHeaders(10, 10, 42), 'Bearer b', []],
		['a limit that is not its own', windowHeaders(10, 4, 42), 'Bearer a', [42_000 + LOOK_AGAIN_MS]],
		['a limit that no header tells', { 'retry-after': '42' }, 'Bearer a', [42_000 + LOOK_AGAIN_MS]],
	])('of a token by %s decides whether another goes on', async (_limit, headers, used, waits) => {
		const token = [tokenAnswer('a'), tokenAnswer('b')];
		const refusal = answered(429, '', headers);
		const { client, clock, apiCalls } = clientWith({ token, api: [refusal, SENT] }, 2);
		await client(REQUEST);
		expect(await client(REQUEST)).toMatchObject({ ok: true });
		expect(apiCalls[1]?.headers.authorization).toBe(used);
		expect(clock.waitedMs).toEqual(waits);
	});

	it('does not happen to calls that start together: the window has room for some', async () => {
		const known = answered(200, { id: 'm-1' }, windowHeaders(10, 7, 30));
		const { client, clock } = clientWith({ api: [known] });
		await client(REQUEST);
		await Promise.all([client(REQUEST), client(REQUEST), client(REQUEST)]);
		expect(clock.waits).toEqual([]);
		await client(REQUEST);
		expect(clock.waitedMs).toEqual([30_005]);
	});

	it('does not happen: a window that is used up is waited out before the call', async () => {
		const full = answered(200, { id: 'm-1' }, windowHeaders(2, 2, 30));
		const { client, clock } = clientWith({ api: [full] });
		await client(REQUEST);
		await client(REQUEST);
		expect(clock.waitedMs).toEqual([30_005]);
	});
});
