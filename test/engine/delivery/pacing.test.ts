import { beds } from '../support/bed';
import { contactsOf, detailsOf, hintOf, jsonOf, textLike, until } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const thirty = contactIds(30);
const tenAMinute = { simulator: { rateLimit: { allowed: 10, windowMs: 60_000 } } };
const impatient = { delivery: { maxWaitSeconds: 5 } };

/** The seconds that the failed items are told to wait. */
function waitsOf(details: unknown[]): number[] {
	return details.map((one) => (one as { retryAfterSeconds: number }).retryAfterSeconds);
}

describe('a wait for the window that is longer than Max Wait', () => {
	it('fails what is left, says when to try again, and makes no more calls', async () => {
		const bed = await openBed(tenAMinute);
		const result = await bed.run(customers(...thirty), impatient, {
			onError: 'continueErrorOutput',
		});
		expect(contactsOf(result)).toHaveLength(10);
		expect(jsonOf(result, 1)).toHaveLength(20);
		expect(bed.reached()).toEqual([...contactsOf(result)].sort());
		expect(bed.sendCalls).toBe(10);
		for (const item of jsonOf(result, 1)) {
			expect(item).toMatchObject({
				error: textLike(/limiting the rate of calls.*Try again in \d+ seconds.*Max Wait/s),
				details: { reason: 'rateLimited', delivered: 'no' },
			});
		}
		const waits = waitsOf(detailsOf(result, 1));
		expect(Math.min(...waits)).toBeGreaterThanOrEqual(50);
		expect(Math.max(...waits)).toBeLessThanOrEqual(62);
		expect(hintOf(result)).toBe(
			"Messages: 10 sent, 20 failed. Look first at 'rateLimited' (20 times).",
		);
	});

	it('holds for every token there is', async () => {
		const bed = await openBed(tenAMinute);
		const delivery = { ...impatient.delivery, accessTokens: 2 };
		const result = await bed.run(
			customers(...thirty),
			{ delivery },
			{ onError: 'continueErrorOutput' },
		);
		expect(jsonOf(result)).toHaveLength(20);
		expect(detailsOf(result, 1)).toHaveLength(10);
		expect(bed.sendCalls).toBe(20);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('stops the workflow with how far it came, and Retry Execution sends the rest', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 10, windowMs: 1500 } } });
		const failed = await bed.run(customers(...thirty), { delivery: { maxWaitSeconds: 0 } });
		expect(failed.status).toBe('error');
		expect(failed.error?.message).toContain('limiting the rate of calls');
		expect(failed.error?.description).toContain('10 of 30 messages were sent');
		expect(failed.error).toMatchObject({
			context: { data: { reason: 'rateLimited', delivered: 'no' } },
		});
		expect(bed.sendCalls).toBe(10);
		const result = await bed.engine.retry(failed, { workflow: sendWorkflow() });
		expect(result.status).toBe('success');
		expect(contactsOf(result)).toEqual(thirty);
		expect(bed.reached()).toEqual([...thirty].sort());
		expect(hintOf(result)).toMatch(/^Messages: 20 sent, 10 already sent by an earlier run, waited/);
	});

	it('is not needed when the window has room for all', async () => {
		const bed = await openBed(tenAMinute);
		const result = await bed.run(customers(...contactIds(10)), { delivery: { maxWaitSeconds: 0 } });
		expect(hintOf(result)).toBe('Messages: 10 sent.');
	});
});

describe('Stop', () => {
	it.each([
		{ accessTokens: 1, reuseConnections: true },
		{ accessTokens: 2, reuseConnections: false },
		{ accessTokens: 2, reuseConnections: true },
	])('ends the wait for the windows at once: %j', async (options) => {
		const bed = await openBed(tenAMinute);
		const delivery = { maxWaitSeconds: 120, concurrency: 10, ...options };
		const running = bed.start(customers(...thirty), { delivery });
		const room = 10 * options.accessTokens;
		await until(() => bed.simulator.journal.count === room && bed.sendsInFlight === 0);
		const stoppedAt = performance.now();
		running.cancel();
		const result = await running.result;
		expect(performance.now() - stoppedAt).toBeLessThan(1000);
		expect(result.status).toBe('canceled');
		expect(bed.sendCalls).toBe(room);
	});

	it('lets a second execution go on with what the window has left', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 10, windowMs: 1500 } } });
		const first = bed.start(customers(...thirty));
		await until(() => bed.simulator.journal.count === 10);
		const second = bed.start(customers('late'));
		first.cancel();
		expect((await first.result).status).toBe('canceled');
		expect(jsonOf(await second.result)).toMatchObject([{ contactId: 'late', status: 'sent' }]);
		expect(bed.sendCalls).toBe(11);
	});
});
