import { createClient } from '../../../nodes/GenesysCloud/api/client';
import { LOOK_AGAIN_MS } from '../../../nodes/GenesysCloud/api/gate';
import type { HttpFunction } from '../../../nodes/GenesysCloud/api/http';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { ServerTime } from '../../../nodes/GenesysCloud/api/serverTime';
import { TokenPool } from '../../../nodes/GenesysCloud/api/tokenPool';
import { clientWith } from '../support/client';
import { CREDENTIALS } from '../support/credentials';
import { answered, noAnswer, scripted, tokenAnswer, windowHeaders } from '../support/http';
import { VirtualClock } from '../support/virtualClock';

const messageTo = (contactId: string): ApiRequest => ({
	method: 'POST',
	path: '/send',
	body: { contactId },
});
const SENT = answered(200, { id: 'm-1' });
const limited = (seconds: number) => answered(429, '', { 'retry-after': String(seconds) });

describe('a message that is refused for its rate', () => {
	it.each([
		[180, [180_000 + LOOK_AGAIN_MS]],
		[181, []],
	])('waits for up to the longest wait: %i s', async (seconds, expected) => {
		const { client, clock } = clientWith({ api: [limited(seconds)] });
		expect(await client(messageTo('ada'))).toMatchObject({ failure: { reason: 'rateLimited' } });
		expect(clock.waitedMs).toEqual(expected);
	});

	it.each([
		[0, 1_000],
		[42, 42_000],
	])('by a limit of its own waits alone, as long as asked: %i s', async (seconds, expected) => {
		const clock = new VirtualClock();
		const http: HttpFunction = async ({ url, body }) => {
			if (url.endsWith('/oauth/token')) return tokenAnswer();
			await clock.sleep(100);
			return body?.includes('ada') ? limited(seconds) : SENT;
		};
		const client = createClient({
			...{ http, clock, tokens: new TokenPool(CREDENTIALS), apiUrl: 'https://api.mypurecloud.de' },
			...{ maxTokens: 1, timeoutMs: 30_000, maxWaitMs: 180_000 },
		});
		const send = async (...contactIds: string[]) => {
			const startedAt = clock.now();
			const timed = contactIds.map(async (contactId) => {
				await client(messageTo(contactId));
				return clock.now() - startedAt;
			});
			await clock.run(Promise.all(timed));
			return await Promise.all(timed);
		};
		for (let round = 0; round < 3; round++) {
			// What gets through before lets several calls be made at once.
			for (let before = 0; before < 4; before++) await send('ben');
			if (round < 2) await send('ada', 'ben');
		}
		expect(await send('ada', 'ben')).toEqual([100 + expected + LOOK_AGAIN_MS, 100]);
		expect(await send('ben')).toEqual([100]);
	});
});

describe('a call that is repeated after a 401', () => {
	it('uses the renewal of its token, not another one that has room', async () => {
		const full = answered(200, { id: 'm-1' }, windowHeaders(10, 10, 30));
		const roomy = answered(200, { id: 'm-1' }, windowHeaders(10, 1, 30));
		const refused = answered(401, { code: 'bad.credentials', message: 'No.' });
		const token = ['a', 'b', 'c'].map((value) => tokenAnswer(value));
		const { client, clock, apiCalls } = clientWith({ token, api: [full, roomy, refused, SENT] }, 2);
		await client(messageTo('ada'));
		await client(messageTo('ben'));
		clock.time += 31_000;
		expect(await client(messageTo('cy'))).toMatchObject({ ok: true });
		const used = apiCalls.map(({ headers }) => headers.authorization);
		expect(used).toEqual(['Bearer a', 'Bearer b', 'Bearer a', 'Bearer c']);
	});
});

describe("the server's time", () => {
	it('is learned from each answer; where none comes it stays as it was', async () => {
		const clock = new VirtualClock();
		const serverTime = new ServerTime(() => clock.now());
		const date = new Date(clock.now() + 3_600_000).toUTCString();
		const api = [answered(200, { id: 'm-1' }, { date }), noAnswer('interrupted', 'ECONNRESET')];
		const client = createClient({
			...{ ...scripted({ api }), clock, serverTime, tokens: new TokenPool(CREDENTIALS) },
			...{ apiUrl: 'https://api.mypurecloud.de', maxTokens: 1 },
			...{ timeoutMs: 30_000, maxWaitMs: 180_000 },
		});
		await client(messageTo('ada'));
		expect(serverTime.now()).toBe(clock.now() + 3_600_000);
		expect(await client(messageTo('ada'))).toMatchObject({ failure: { reason: 'network' } });
		expect(serverTime.now()).toBe(clock.now() + 3_600_000);
	});
});
