import { beds, type Bed } from '../support/bed';
import { hintOf, jsonOf } from '../support/outcomes';
import { contactIds, customers } from '../support/workflows';

jest.setTimeout(20_000);

const openBed = beds();

/** A window that is scaled down: so many calls of one token in a second. */
function perSecond(allowed: number) {
	return { simulator: { rateLimit: { allowed, windowMs: 1000 } } };
}

/** How many messages each token sent. */
function sentBy({ simulator: { journal } }: Bed): Record<string, number> {
	const counts: Record<string, number> = {};
	for (const { tokenId } of journal.all()) counts[tokenId] = (counts[tokenId] ?? 0) + 1;
	return counts;
}

/** The shortest time, in ms, in which so many send calls arrived one after the other. */
function shortestSpan({ simulator: { stats } }: Bed, calls: number): number {
	const times = stats.sendTimes;
	const spans = times.slice(calls - 1).map((time, index) => time - times[index]!);
	return Math.min(...spans);
}

describe('one access token', () => {
	it('keeps to its window of 20 a second for the whole run', async () => {
		const bed = await openBed(perSecond(20));
		const ids = contactIds(100);
		const startedAt = performance.now();
		const result = await bed.run(customers(...ids), { delivery: { concurrency: 20 } });
		expect(result.error).toBeUndefined();
		expect(performance.now() - startedAt).toBeLessThan(8000);
		expect(bed.reached()).toEqual([...ids].sort());
		expect(bed.answered(429)).toBeLessThanOrEqual(1);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		// 42 calls reach into a third window, so the whole of one lies between them.
		expect(shortestSpan(bed, 42)).toBeGreaterThanOrEqual(950);
	});

	it('is not joined by another one, however long the wait', async () => {
		const bed = await openBed(perSecond(5));
		await bed.run(customers(...contactIds(15)), { delivery: { accessTokens: 1 } });
		expect(sentBy(bed)).toEqual({ 'token-1': 15 });
	});
});

describe('three access tokens', () => {
	const delivery = { accessTokens: 3 };

	it('have a window each: 60 messages pass without a wait', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 20, windowMs: 60_000 } } });
		const ids = contactIds(60);
		const result = await bed.run(customers(...ids), { delivery });
		expect(hintOf(result)).toBe('Messages: 60 sent.');
		expect(bed.reached()).toEqual([...ids].sort());
		expect(sentBy(bed)).toEqual({ 'token-1': 20, 'token-2': 20, 'token-3': 20 });
		expect(bed.answered(429)).toBe(0);
	});

	it('go on together in the windows that follow', async () => {
		const bed = await openBed(perSecond(20));
		const ids = contactIds(180);
		const startedAt = performance.now();
		const result = await bed.run(customers(...ids), { delivery: { ...delivery, concurrency: 20 } });
		expect(jsonOf(result)).toHaveLength(180);
		expect(performance.now() - startedAt).toBeLessThan(6000);
		expect(bed.reached()).toEqual([...ids].sort());
		expect(bed.answered(429)).toBeLessThanOrEqual(2);
		expect(bed.simulator.stats.tokenRequests).toBe(3);
	});

	it.each([
		[20, 1],
		[21, 2],
		[40, 2],
		[41, 3],
	])('for %i messages through windows of 20 are really %i', async (count, tokens) => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 20, windowMs: 60_000 } } });
		await bed.run(customers(...contactIds(count)), { delivery });
		expect(bed.simulator.stats.tokenRequests).toBe(tokens);
		expect(bed.reached()).toHaveLength(count);
	});

	it('are used again by a later execution, the least used one first', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 20, windowMs: 60_000 } } });
		await bed.run(customers(...contactIds(25)), { delivery });
		expect(sentBy(bed)).toEqual({ 'token-1': 20, 'token-2': 5 });
		await bed.run(customers(...contactIds(10)), { delivery });
		expect(sentBy(bed)).toEqual({ 'token-1': 20, 'token-2': 15 });
	});

	it('are fetched once each by executions that start together', async () => {
		const latency = { kind: 'latency', ms: 50, endpoint: 'token', times: Infinity } as const;
		const bed = await openBed({ ...perSecond(20), faults: [latency] });
		const [one, two] = [contactIds(60), contactIds(60).map((id) => `other-${id}`)];
		await Promise.all([
			bed.run(customers(...one), { delivery }),
			bed.run(customers(...two), { delivery }),
		]);
		expect(bed.reached()).toEqual([...one, ...two].sort());
		expect(bed.simulator.stats.tokenRequests).toBe(3);
	});

	it('lose just the one that a 401 refused', async () => {
		const refused = { kind: 'status', status: 401, nth: 15 } as const;
		const bed = await openBed({ ...perSecond(10), faults: [refused] });
		const ids = contactIds(60);
		const options = { accessTokens: 2, concurrency: 1 };
		const result = await bed.run(customers(...ids), { delivery: options });
		expect(jsonOf(result)).toHaveLength(60);
		expect(bed.reached()).toEqual([...ids].sort());
		expect(bed.simulator.stats.tokenRequests).toBe(3);
		const used = bed.simulator.journal.all().map(({ tokenId }) => tokenId);
		expect(used.slice(0, 14)).toEqual([
			...Array<string>(10).fill('token-1'),
			...Array<string>(4).fill('token-2'),
		]);
		const rest = new Set(used.slice(14));
		expect([...rest].sort()).toEqual(['token-1', 'token-3']);
	});

	it('that cannot all be had do the work with those that there are', async () => {
		const bed = await openBed(perSecond(10));
		bed.simulator.faults.add({ kind: 'status', status: 503, endpoint: 'token', nth: 2, times: 99 });
		const ids = contactIds(30);
		const result = await bed.run(customers(...ids), { delivery });
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual([...ids].sort());
		expect(sentBy(bed)).toEqual({ 'token-1': 30 });
	});
});

describe('two executions at once on one credential', () => {
	it.each([false, true])(
		'stay within one window together (reuse: %s)',
		async (reuseConnections) => {
			const bed = await openBed(perSecond(25));
			const [one, two] = [contactIds(40), contactIds(40).map((id) => `other-${id}`)];
			const delivery = { reuseConnections };
			const results = await Promise.all([
				bed.run(customers(...one), { delivery }),
				bed.run(customers(...two), { delivery }),
			]);
			expect(results.map(({ status }) => status)).toEqual(['success', 'success']);
			expect(bed.reached()).toEqual([...one, ...two].sort());
			expect(bed.simulator.stats.tokenRequests).toBe(1);
			expect(bed.answered(429)).toBeLessThanOrEqual(1);
			expect(shortestSpan(bed, 52)).toBeGreaterThanOrEqual(950);
		},
	);
});
