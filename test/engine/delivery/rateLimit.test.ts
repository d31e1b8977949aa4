import type { Fault } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { detailsOf, having, hintOf, jsonOf, textLike } from '../support/outcomes';
import { contactIds, customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';

/** A 429 for the next send. */
function limited(headers: Record<string, string>, contactId?: string): Fault {
	return { kind: 'status', status: 429, headers, ...(contactId !== undefined && { contactId }) };
}

/** The HTTP date of a moment some seconds from now, rounded up. */
function httpDate(seconds: number): string {
	return new Date(Math.ceil(Date.now() / 1000 + seconds) * 1000).toUTCString();
}

describe('a 429', () => {
	it.each([
		['Retry-After in seconds', () => ({ 'Retry-After': '1' })],
		['Retry-After as an HTTP date', () => ({ 'Retry-After': httpDate(1) })],
		['inin-ratelimit-reset alone', () => ({ 'inin-ratelimit-reset': '1' })],
	])('is waited out: %s', async (_name, headers) => {
		const bed = await openBed({ simulator: { rateLimit: null }, faults: [limited(headers())] });
		const result = await bed.run(customers('c1'));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 1 }]);
		const [first = 0, second = 0] = bed.simulator.stats.sendTimes;
		expect(second - first).toBeGreaterThanOrEqual(990);
		expect(second - first).toBeLessThan(4000);
		expect(hintOf(result)).toMatch(/^Messages: 1 sent, waited [1-3] s for the rate limit\.$/);
	});

	it('is certainly not delivered, so it is waited out at most once too', async () => {
		const bed = await openBed({ faults: [limited({ 'Retry-After': '1' })] });
		const result = await bed.run(customers('c1'), { delivery: { uncertain: 'fail' } });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 1 }]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it('holds up the messages that follow, which run into none', async () => {
		const bed = await openBed({ faults: [limited({ 'Retry-After': '1' })] });
		const result = await bed.run(customers(...contactIds(10)), { delivery: { concurrency: 1 } });
		expect(jsonOf(result)).toHaveLength(10);
		expect(bed.answered(429)).toBe(1);
		expect(bed.reached()).toHaveLength(10);
	});

	it('that asks for too long a wait fails at once and says when to try again', async () => {
		const bed = await openBed({ faults: [limited({ 'Retry-After': '3600' })] });
		const delivery = { maxWaitSeconds: 60, concurrency: 1 };
		const result = await bed.run(customers('c1', 'c2'), { delivery }, { onError });
		expect(jsonOf(result)).toMatchObject([
			{ error: textLike(/Try again in 3600 seconds.*Max Wait/s) },
			{ error: textLike(/Try again in 3600 seconds/) },
		]);
		const details = { reason: 'rateLimited', delivered: 'no', retryAfterSeconds: 3600 };
		expect(detailsOf(result)).toEqual([
			having({ ...details, httpCode: '429', attempts: 1 }),
			having({ ...details, attempts: 0 }),
		]);
		expect(bed.sendCalls).toBe(1);
	});

	it('for ever fails when nothing got through for as long as Max Wait', async () => {
		const forever = { ...limited({ 'Retry-After': '0' }), times: Infinity };
		const bed = await openBed({ simulator: { rateLimit: null }, faults: [forever] });
		const delivery = { maxAttempts: 1, maxWaitSeconds: 1 };
		const startedAt = performance.now();
		const result = await bed.run(customers('c1', 'c2'), { delivery }, { onError });
		expect(performance.now() - startedAt).toBeLessThan(3000);
		const given = having({ reason: 'rateLimited', delivered: 'no', attempts: 0 });
		expect(detailsOf(result)).toEqual([given, given]);
		// A wait of nothing must not become a storm.
		expect(bed.sendCalls).toBeLessThan(20);
	});
});

describe('pacing', () => {
	it('sends 60 messages through a window of 20, each once, with next to no 429', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 20, windowMs: 1000 } } });
		const ids = contactIds(60);
		const result = await bed.run(customers(...ids));
		expect(jsonOf(result)).toHaveLength(60);
		expect(bed.reached()).toEqual([...ids].sort());
		expect(bed.answered(429)).toBeLessThanOrEqual(1);
		expect(hintOf(result)).toMatch(/^Messages: 60 sent, waited [2-6] s for the rate limit\.$/);
	});

	it('starts no more calls than the window has left', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 12, windowMs: 1000 } } });
		await bed.run(customers('first'), { delivery: { concurrency: 1 } });
		await bed.run(customers(...contactIds(20)), { delivery: { concurrency: 20 } });
		expect(bed.reached()).toHaveLength(21);
		expect(bed.answered(429)).toBe(0);
	});

	it('holds for all executions of the process together', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 10, windowMs: 1000 } } });
		const [one, two] = [contactIds(15), contactIds(15).map((id) => `other-${id}`)];
		await bed.run(customers('first'));
		await Promise.all([bed.run(customers(...one)), bed.run(customers(...two))]);
		expect(bed.reached()).toEqual([...one, ...two, 'first'].sort());
		expect(bed.answered(429)).toBeLessThanOrEqual(1);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('does not wait without rate-limit headers', async () => {
		const bed = await openBed({ simulator: { rateLimit: null } });
		const result = await bed.run(customers(...contactIds(60)));
		expect(hintOf(result)).toBe('Messages: 60 sent.');
		expect(bed.reached()).toHaveLength(60);
	});

	it('says nothing of a wait when there was none', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 100, windowMs: 1000 } } });
		const result = await bed.run(customers(...contactIds(60)));
		expect(hintOf(result)).toBe('Messages: 60 sent.');
	});
});
