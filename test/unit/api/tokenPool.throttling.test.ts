import { answered, tokenAnswer } from '../support/http';
import { poolWith, tell } from '../support/pool';

const THROTTLED = answered(400, {
	error: 'invalid_request',
	error_description: 'rate limit exceeded; try again later',
});

describe('a throttled token endpoint', () => {
	it('is waited out, longer each time', async () => {
		const token = [THROTTLED, THROTTLED, THROTTLED, tokenAnswer('later')];
		const { lane, clock, tokenCalls } = poolWith({ token });
		expect((await lane()).token.value).toBe('later');
		expect(clock.waits).toEqual([
			{ ms: 1_000, reason: 'rateLimit' },
			{ ms: 2_000, reason: 'rateLimit' },
			{ ms: 4_000, reason: 'rateLimit' },
		]);
		expect(tokenCalls).toHaveLength(4);
	});

	it('is waited out for as long as it asks', async () => {
		const throttled = answered(429, '', { 'retry-after': '42' });
		const { lane, clock } = poolWith({ token: [throttled, tokenAnswer('later')] });
		await lane();
		expect(clock.waitedMs).toEqual([42_000]);
	});

	it('is asked once by all the calls that wait', async () => {
		const { lane, tokenCalls } = poolWith({ token: [THROTTLED, tokenAnswer('later')] });
		await Promise.all(Array.from({ length: 10 }, async () => await lane()));
		expect(tokenCalls).toHaveLength(2);
	});

	it('is given up when it asks for a longer wait than allowed', async () => {
		const throttled = answered(429, '', { 'retry-after': '181' });
		const { acquire, clock } = poolWith({ token: [throttled] });
		expect(await acquire()).toMatchObject({
			ok: false,
			failure: { reason: 'rateLimited', delivered: 'no', retryAfterMs: 181_000 },
		});
		expect(clock.waits).toEqual([]);
	});

	it('is waited out at most 30 seconds at a time, until the run has got nowhere for too long', async () => {
		const { acquire, clock } = poolWith({ token: [THROTTLED] });
		const startedAt = clock.now();
		const grant = await acquire({ stalledMs: () => clock.now() - startedAt });
		expect(grant).toMatchObject({ ok: false, failure: { reason: 'rateLimited', notCalled: true } });
		const waited = clock.waitedMs.reduce((sum, ms) => sum + ms, 0);
		expect(waited).toBeGreaterThan(180_000);
		expect(waited).toBeLessThanOrEqual(180_000 + 30_000);
		expect(Math.max(...clock.waitedMs)).toBe(30_000);
	});

	it('is told of when it has another failure afterwards', async () => {
		const { acquire, tokenCalls } = poolWith({ token: [THROTTLED, answered(500)] });
		expect(await acquire()).toMatchObject({ failure: { reason: 'serverError', call: 'token' } });
		expect(tokenCalls).toHaveLength(2);
	});

	it('is forgiven: the next throttling starts with a short wait again', async () => {
		const token = [THROTTLED, THROTTLED, tokenAnswer('a'), THROTTLED, tokenAnswer('b')];
		const { pool, lane, clock } = poolWith({ token });
		pool.drop(await lane());
		await lane();
		expect(clock.waitedMs).toEqual([1_000, 2_000, 1_000]);
	});

	it('is given up as well by a call that needs the renewal of one of several tokens', async () => {
		const token = [tokenAnswer('a'), tokenAnswer('b'), THROTTLED];
		const { pool, acquire, lane, clock } = poolWith({ token });
		const first = await lane({ maxTokens: 2 });
		tell(first, clock.now(), [10, 10, 60]);
		await lane({ maxTokens: 2 });
		pool.drop(first);
		expect(
			await acquire({
				maxTokens: 2,
				onlySlot: first.slot,
				stalledMs: () => clock.waits.length * 30_000,
			}),
		).toMatchObject({
			ok: false,
			failure: { reason: 'rateLimited' },
		});
	});
});
