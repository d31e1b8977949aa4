import { answered, noAnswer, tokenAnswer } from '../support/http';
import { poolWith, tell } from '../support/pool';

const INVALID_CLIENT = answered(400, { error: 'invalid_client' });

describe('several tokens', () => {
	const token = ['a', 'b', 'c', 'd'].map((value) => tokenAnswer(value));

	it('are fetched one by one, only when the others are used up', async () => {
		const { lane, clock, tokenCalls } = poolWith({ token });
		const request = { maxTokens: 3 };
		const first = await lane(request);
		tell(first, clock.now(), [10, 9, 60]);
		expect(await lane(request)).toBe(first);
		expect(tokenCalls).toHaveLength(1);
		tell(first, clock.now(), [10, 10, 60]);
		expect((await lane(request)).token.value).toBe('b');
		expect(clock.waits).toEqual([]);
	});

	it('are used in turn: the least used one first', async () => {
		const { lane, clock } = poolWith({ token });
		const request = { maxTokens: 2 };
		const first = await lane(request);
		tell(first, clock.now(), [10, 10, 5]);
		const second = await lane(request);
		tell(second, clock.now(), [10, 7, 60]);
		clock.time += 6_000;
		expect(await lane(request)).toBe(first);
		tell(first, clock.now(), [10, 8, 60]);
		expect(await lane(request)).toBe(second);
	});

	it('are waited for when all are used up, until the first has room', async () => {
		const { lane, clock, tokenCalls } = poolWith({ token });
		const request = { maxTokens: 2 };
		tell(await lane(request), clock.now(), [10, 10, 50]);
		tell(await lane(request), clock.now(), [10, 10, 20]);
		expect((await lane(request)).token.value).toBe('b');
		expect(clock.waitedMs).toEqual([20_005]);
		expect(tokenCalls).toHaveLength(2);
	});

	it('share what is known of the limit', async () => {
		const { lane, clock } = poolWith({ token });
		const request = { maxTokens: 2 };
		tell(await lane(request), clock.now(), [10, 10, 50]);
		expect((await lane(request)).window.limit).toBe(10);
	});

	it('serve the executions that allow fewer from the first ones', async () => {
		const { lane, clock } = poolWith({ token });
		const first = await lane({ maxTokens: 2 });
		tell(first, clock.now(), [10, 10, 50]);
		await lane({ maxTokens: 2 });
		expect(await lane({ maxTokens: 1 })).toBe(first);
		expect(clock.waitedMs).toEqual([50_005]);
	});

	it('go on with those there are when a further one cannot be had', async () => {
		const refused = [tokenAnswer('a'), answered(500), tokenAnswer('b')];
		const { lane, clock, tokenCalls } = poolWith({ token: refused });
		const request = { maxTokens: 2 };
		tell(await lane(request), clock.now(), [10, 10, 60]);
		expect((await lane(request)).token.value).toBe('b');
		expect(clock.waitedMs).toEqual([1_000]);
		expect(tokenCalls).toHaveLength(3);
	});

	it('renew exactly the one that the API refused', async () => {
		const { pool, lane, clock } = poolWith({ token });
		const request = { maxTokens: 2 };
		const first = await lane(request);
		tell(first, clock.now(), [10, 10, 60]);
		await lane(request);
		pool.drop(first);
		const renewed = await lane({ ...request, onlySlot: first.slot });
		expect([renewed.slot, renewed.token.value]).toEqual([0, 'c']);
	});

	it.each([
		['a wrong secret', INVALID_CLIENT, 'invalidCredentials'],
		['an outage', answered(503), 'serverError'],
		['a lost connection', noAnswer('interrupted', 'ECONNRESET'), 'network'],
	])('fail instead of waiting for ever when %s keeps one from its renewal', async (...row) => {
		const [, refusal, reason] = row;
		const refused = [tokenAnswer('a'), tokenAnswer('b'), refusal];
		const { pool, acquire, lane, clock } = poolWith({ token: refused });
		const request = { maxTokens: 2 };
		const first = await lane(request);
		tell(first, clock.now(), [10, 10, 60]);
		await lane(request);
		pool.drop(first);
		const grant = await acquire({ ...request, onlySlot: first.slot });
		expect(grant).toMatchObject({ status: 'failed', failure: { reason } });
	});
});
