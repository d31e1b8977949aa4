import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { LOOK_AGAIN_MS } from '../../../nodes/GenesysCloud/api/gate';
import { STOPPED, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { clientWith } from '../support/client';
import { answered, noAnswer, tokenAnswer, windowHeaders } from '../support/http';

const SEND: ApiRequest = { method: 'POST', path: '/send', body: { message: 'Hi' } };
const READ: ApiRequest = { method: 'GET', path: '/read', reads: true, answer: 'any' };
const SENT = answered(200, { id: 'm-1' });

describe('what is asked right before a call', () => {
	const full = answered(200, { id: 'm-1' }, windowHeaders(2, 2, 30));
	const TOO_LATE: Failure = { ...STOPPED, reason: 'outsideSendWindow', call: 'send' };

	it('is asked when the call may start, after all waits', async () => {
		const { client, clock } = clientWith({ api: [full] });
		await client(SEND);
		const asked: number[] = [];
		await client(SEND, () => void asked.push(clock.waits.length));
		expect(asked).toEqual([1]);
	});

	it('keeps the call from being made, and its place for another one', async () => {
		const { client, clock, apiCalls } = clientWith({
			api: [answered(200, { id: 'm-1' }, windowHeaders(2, 1, 30))],
		});
		await client(SEND);
		expect(await client(SEND, () => TOO_LATE)).toEqual({ ok: false, failure: TOO_LATE });
		expect(await client(SEND)).toMatchObject({ ok: true });
		expect([apiCalls.length, clock.waits.length]).toEqual([2, 0]);
	});

	it('is asked again before the call that follows a 401', async () => {
		const api = [answered(401), SENT];
		const { client } = clientWith({ api, token: [tokenAnswer('a'), tokenAnswer('b')] });
		const aboutToCall = jest.fn();
		await client(SEND, aboutToCall);
		expect(aboutToCall).toHaveBeenCalledTimes(2);
	});
});

describe('a message that was refused for its rate', () => {
	it('lets others go first, however often the limit closes again', async () => {
		const limited = (seconds: number) => answered(429, {}, { 'retry-after': `${seconds}` });
		const api = [limited(1), limited(42), SENT, limited(7), SENT];
		const { client, clock } = clientWith({ api });
		await client(SEND);
		await client(READ);
		await client(SEND);
		await client(READ);
		await client({ ...SEND, body: { message: 'To another' } });
		expect(clock.waitedMs).toEqual([1_000 + LOOK_AGAIN_MS, 42_000 + LOOK_AGAIN_MS, 7_000]);
	});
});

describe('a limit of messages alone, while look-ups get through', () => {
	const LIMITED = answered(429, {}, { 'retry-after': '1' });

	/** What comes of a message after its look-up, every 100 seconds. */
	async function refusals(...answers: (typeof SENT)[]) {
		const api = answers.flatMap((answer) => [SENT, answer]);
		const { client, clock, apiCalls } = clientWith({ api });
		const results: unknown[] = [];
		while (apiCalls.length < api.length) {
			await client(READ);
			const result = await client(SEND);
			results.push(result.ok ? 'sent' : result.failure);
			clock.time += 100_000;
		}
		return results;
	}

	it('is given up when for the longest wait no message has got through', async () => {
		expect(await refusals(LIMITED, LIMITED, LIMITED)).toMatchObject([
			{ reason: 'rateLimited', transient: true },
			{ reason: 'rateLimited', transient: true },
			{ reason: 'rateLimited', transient: false, delivered: 'no', notCalled: true },
		]);
	});

	it.each([
		['is accepted', SENT],
		['is refused for another reason', answered(503)],
	])('is waited out anew when a message %s', async (_what, answer) => {
		const results = await refusals(LIMITED, answer, LIMITED, LIMITED, LIMITED);
		expect(results.slice(2)).toMatchObject([
			{ transient: true },
			{ transient: true },
			{ transient: false },
		]);
	});
});

describe('a call that only looks something up', () => {
	it.each([
		['a reset', noAnswer('interrupted', 'ECONNRESET')],
		['an outage', answered(503)],
		["a proxy's page", answered(302)],
		['a refusal of a gateway', answered(404, '<html>')],
	])('has sent nothing, whatever becomes of it: %s', async (_name, result) => {
		const { client } = clientWith({ api: [result] });
		expect(await client(READ)).toMatchObject({ failure: { call: 'read', delivered: 'no' } });
		expect(await client(SEND)).toMatchObject({ failure: { call: 'send', delivered: 'unknown' } });
	});

	it.each([
		['a refusal of a gateway', answered(404, '<html>'), true],
		["a proxy's page", answered(302), true],
		["Genesys Cloud's refusal", answered(404, { code: 'not.found', message: 'No.' }), false],
		['no answer', noAnswer('interrupted', 'ECONNRESET'), false],
		['no connection', noAnswer('neverConnected', 'ECONNREFUSED'), false],
	])('says whether somebody else may have answered: %s', async (_name, result, expected) => {
		const { client } = clientWith({ api: [result] });
		const read = await client(READ);
		expect(!read.ok && (read.failure.isForeign ?? false)).toBe(expected);
	});

	it('may have an answer of 32 MB, a message one of 1 MB', async () => {
		const { client, apiCalls } = clientWith({});
		await client(READ);
		await client(SEND);
		const MB = 1024 * 1024;
		expect(apiCalls.map(({ maxBodyBytes }) => maxBodyBytes)).toEqual([32 * MB, MB]);
	});

	it('is not waited for when the execution is stopped; a message is', async () => {
		const { client, clock } = clientWith({ api: [SENT] });
		await client(SEND);
		const [read, send] = [client(READ), client(SEND)];
		clock.isStopped = true;
		clock.cut();
		expect(await read).toEqual({ ok: false, failure: { ...STOPPED, call: 'read' } });
		expect(await send).toMatchObject({ ok: true });
	});

	it('says that it was the login that failed', async () => {
		const { client } = clientWith({ token: [answered(401)] });
		expect(await client(READ)).toMatchObject({
			failure: { reason: 'invalidCredentials', call: 'token' },
		});
	});

	it.each([
		['any JSON object', answered(200, { a: 1 }), { a: 1 }],
		['nothing', answered(204), {}],
		['no JSON', answered(200, 'OK'), {}],
	])('may answer with %s', async (_name, result, value) => {
		const { client } = clientWith({ api: [result] });
		expect(await client(READ)).toEqual({ ok: true, value });
	});
});

describe('a run that gets nowhere', () => {
	const limited = answered(429, '', { 'retry-after': '100' });

	/** Sends until a message is given up; returns what became of the sends. */
	async function sendUntilGivenUp(client: ReturnType<typeof clientWith>['client'], request = SEND) {
		const results: string[] = [];
		while (results.length < 10) {
			const result = await client(request);
			results.push(result.ok ? 'sent' : result.failure.reason);
			if (!result.ok && result.failure.notCalled) break;
		}
		return results;
	}

	it('is given up when for longer than allowed no call got through', async () => {
		const { client, clock } = clientWith({ api: [limited] });
		await sendUntilGivenUp(client);
		// Two waits of 100 s: before the third one nothing had got through for 200 s.
		expect(clock.waitedMs).toEqual(Array(2).fill(100_000 + LOOK_AGAIN_MS));
	});

	it('is given up as well when it only looks something up', async () => {
		const { client, clock } = clientWith({ api: [limited] });
		expect(await sendUntilGivenUp(client, READ)).toEqual(Array(4).fill('rateLimited'));
		expect(clock.waitedMs).toEqual([100_000, 100_000]);
	});

	it.each([
		['was accepted', SENT],
		['was refused for another reason', answered(400, { code: 'bad.request', message: 'No.' })],
		['met an outage', answered(503)],
	])('begins to count anew with each call that %s', async (_name, through) => {
		const api = Array.from({ length: 10 }, (_value, index) => (index % 2 ? through : limited));
		const { client, clock } = clientWith({ api });
		const results = await sendUntilGivenUp(client);
		expect(results).toHaveLength(10);
		expect(clock.waitedMs).toEqual(Array(5).fill(100_000 + LOOK_AGAIN_MS));
	});
});
