import { answer, answered, noAnswer, tokenAnswer, windowHeaders } from '../support/http';
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

	it('share what is known of the limit, and of several limits the least', async () => {
		const { lane, clock } = poolWith({ token });
		const request = { maxTokens: 3 };
		tell(await lane(request), clock.now(), [10, 10, 50]);
		const second = await lane(request);
		expect(second.window.limit).toBe(10);
		tell(second, clock.now(), [8, 8, 50]);
		expect((await lane(request)).window.limit).toBe(8);
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
		expect(grant).toMatchObject({ ok: false, failure: { reason } });
	});
});

describe('a 429 for one of several tokens', () => {
	const token = ['a', 'b', 'c', 'd'].map((value) => tokenAnswer(value));
	const request = { maxTokens: 4 };

	/** Lets a call be refused for ten seconds. */
	async function refuse({ pool, acquire, clock }: ReturnType<typeof poolWith>, headers = {}) {
		const grant = await acquire(request);
		if (!grant.ok) throw new Error('not granted');
		pool.end(grant.value, clock.now(), answer(429, '', headers));
		pool.refused(grant.value, clock.now(), 10_000);
	}

	it('whose own window had room closes all of them, and fetches no other', async () => {
		const world = poolWith({ token });
		await refuse(world);
		await world.lane(request);
		expect(world.clock.waitedMs).toEqual([10_000]);
		expect(world.tokenCalls).toHaveLength(1);
	});

	it('whose own window was full leaves the others open', async () => {
		const world = poolWith({ token });
		await refuse(world, windowHeaders(10, 10, 60));
		expect((await world.lane(request)).token.value).toBe('b');
		expect(world.clock.waits).toEqual([]);
	});

	it('is probed by one call for all', async () => {
		const world = poolWith({ token });
		const { pool, acquire, clock } = world;
		await refuse(world);
		const probe = await acquire(request);
		if (!probe.ok) throw new Error('not granted');
		clock.onWait = () => {
			if (clock.waits.length === 4) pool.end(probe.value, clock.now(), answer(200));
		};
		expect((await acquire(request)).ok).toBe(true);
		expect(clock.waitedMs).toEqual([10_000, 25, 25, 25]);
		expect(world.tokenCalls).toHaveLength(1);
	});

	it.each([
		['gets through', answer(200), 2],
		['gets no answer', undefined, 1],
		['is refused by the limit of its own token', answer(429, '', windowHeaders(10, 10, 60)), 1],
	])('lets so many calls start after a probe that %s', async (_how, response, expected) => {
		const world = poolWith({ token });
		const { pool, acquire, clock } = world;
		await refuse(world);
		const probe = await acquire(request);
		if (!probe.ok) throw new Error('not granted');
		pool.end(probe.value, clock.now(), response);
		if (response?.status === 429) pool.refused(probe.value, clock.now(), 10_000);
		clock.onWait = () => (clock.isStopped = true);
		let started = 0;
		while ((await acquire(request)).ok) started++;
		expect(started).toBe(expected);
	});

	it('holds up no login that makes no call', async () => {
		const world = poolWith({ token });
		await refuse(world);
		expect((await world.acquire({ ...request, onlyLogin: true })).ok).toBe(true);
		expect(world.clock.waits).toEqual([]);
	});
});

describe('a token endpoint that hands out the same token again', () => {
	const same = [tokenAnswer('same')];

	it('gives one window to all that hold it, not one each', async () => {
		const { lane, clock, tokenCalls } = poolWith({ token: same });
		const request = { maxTokens: 4 };
		tell(await lane(request), clock.now(), [10, 10, 60]);
		await lane(request);
		expect(tokenCalls).toHaveLength(4);
		expect(clock.waitedMs).toEqual([60_005]);
	});

	it.each(['dropped', 'expired'])('keeps the window of a token that was %s', async (how) => {
		const { pool, lane, clock, tokenCalls } = poolWith({ token: [tokenAnswer('same', 20)] });
		const first = await lane();
		tell(first, clock.now(), [10, 10, 60]);
		if (how === 'dropped') pool.drop(first);
		else clock.time += 10_000;
		expect((await lane()).window).toBe(first.window);
		expect(tokenCalls.length).toBeGreaterThan(1);
	});

	it('starts another window for another token, with the limit that is known', async () => {
		const { pool, lane, clock } = poolWith({ token: [tokenAnswer('a'), tokenAnswer('b')] });
		const first = await lane();
		tell(first, clock.now(), [10, 10, 60]);
		pool.drop(first);
		const second = await lane();
		expect(second.window).not.toBe(first.window);
		expect([second.window.limit, clock.waits.length]).toEqual([10, 0]);
	});
});
