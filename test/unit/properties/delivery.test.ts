import * as fc from 'fast-check';

import { deliver } from '../../../nodes/GenesysCloud/delivery/retry';
import { Ledger } from '../../../nodes/GenesysCloud/delivery/ledger';
import type { RetrySettings } from '../../../nodes/GenesysCloud/delivery/types';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { runs } from '../../support/runs';
import { FakeClock } from '../support/clock';
import { attempts, messageOf, sent, stopped, type Attempt } from '../support/delivery';

import { behaviours, play, retrySettings, scenarios } from '../support/deliveryWorld';

const random = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });

const isUncertain = (result: Attempt) => !result.ok && result.failure.delivered === 'unknown';

const endsRun = (result: Attempt) => !result.ok && result.failure.endsRun === true;

const isRateLimit =
	({ maxWaitMs }: RetrySettings) =>
	(result: Attempt) =>
		!result.ok &&
		result.failure.reason === 'rateLimited' &&
		result.failure.delivered === 'no' &&
		result.failure.transient &&
		(result.failure.retryAfterMs ?? 0) <= maxWaitMs;

describe('deliver, whatever the server does', () => {
	const results = fc.array(
		fc.oneof(
			behaviours.map(({ result }) => result),
			fc.constant(stopped),
		),
		{
			minLength: 1,
			maxLength: 6,
		},
	);

	it('keeps to the number of attempts and to the longest waits', async () => {
		const property = fc.asyncProperty(
			...[results, retrySettings, fc.boolean(), random],
			async (played, settings, earlier, jitter) => {
				const clock = new FakeClock();
				const [first, ...rest] = played as [Attempt, ...Attempt[]];
				const attempt = attempts(first, ...rest, stopped);
				const delivered = await deliver(attempt, settings, clock, earlier, () => jitter);
				const made = attempt.mock.calls.length;
				const limited = played.slice(0, made).filter(isRateLimit(settings)).length;
				expect(made - limited).toBeLessThanOrEqual(settings.maxAttempts);
				// Whoever waited was either sent, stopped or tried again.
				expect(clock.waits.length).toBeLessThan(made);
				clock.waitedMs.forEach((ms, index) => {
					const backoffMs = settings.backoffMs * 2 ** index * 1.25;
					expect(ms).toBeGreaterThanOrEqual(0);
					expect(ms).toBeLessThanOrEqual(Math.max(backoffMs, settings.maxWaitMs));
				});
				expect(delivered.attempts).toBeLessThanOrEqual(made - limited);
				expect(!delivered.ok && delivered.failure === STOPPED).toBe(played[0] === stopped);
				const seen = played.slice(0, made);
				const doubtful = earlier || seen.some(isUncertain);
				const told = delivered.ok || delivered.failure === STOPPED ? [] : [delivered.failure];
				for (const failure of told) expect(failure.delivered).toBe(doubtful ? 'unknown' : 'no');
			},
		);
		await fc.assert(property, runs(300));
	});
});

describe('deliverBatch, whatever the server does and in whatever order calls end', () => {
	it('settles each message once, in bounds, and starts nothing after the end', async () => {
		const property = fc.asyncProperty(scenarios, fc.scheduler(), async (scenario, scheduler) => {
			const { retry, concurrency, stopAtCall, haltAt, plans } = scenario;
			const run = await play(scenario, scheduler);
			expect(run.startedAfterEnd).toEqual([]);
			expect(run.mostInFlight).toBeLessThanOrEqual(concurrency);
			const whole = stopAtCall === undefined && (haltAt === undefined || haltAt >= plans.length);
			run.outcomes.forEach((outcomes, index) => {
				expect(outcomes.length).toBeLessThanOrEqual(1);
				expect(outcomes.length).toBeGreaterThanOrEqual(whole ? 1 : 0);
				const results = run.results[index]!;
				const counted = results.filter((result) => !isRateLimit(retry)(result)).length;
				expect(counted).toBeLessThanOrEqual(retry.maxAttempts);
				const [outcome] = outcomes;
				expect(outcome?.status === 'sent' ? outcome.attempts : counted).toBe(counted);
				// Sent means accepted, and what was sent is not tried again.
				expect(results.findIndex(({ ok }) => ok)).toBe(
					outcome?.status === 'sent' ? results.length - 1 : -1,
				);
				const triedAgain = results.slice(0, -1).some(isUncertain);
				expect(triedAgain && retry.uncertain === 'fail').toBe(false);
			});
		});
		await fc.assert(property, runs(300));
	});

	it('makes no call after one that ends the run for all', async () => {
		const property = fc.asyncProperty(scenarios, fc.scheduler(), async (scenario, scheduler) => {
			const run = await play({ ...scenario, concurrency: 1 }, scheduler);
			const results = run.calls.map((index, call) => {
				const before = run.calls.slice(0, call).filter((earlier) => earlier === index).length;
				return run.results[index]![before]!;
			});
			expect(results.slice(0, -1).some(endsRun)).toBe(false);
		});
		await fc.assert(property, runs(200));
	});

	it('leaves a ledger by which a re-run repeats nothing that was sent', async () => {
		const property = fc.asyncProperty(
			...[scenarios, scenarios, fc.scheduler()],
			async (first, { retry, concurrency }, scheduler) => {
				const before = await play(first, scheduler);
				const sentBefore = before.outcomes.flatMap(([outcome], index) =>
					outcome?.status === 'sent' ? [index] : [],
				);
				const again = { plans: first.plans, retry, concurrency };
				const after = await play(again, scheduler, before.store);
				for (const index of sentBefore) {
					expect(after.calls).not.toContain(index);
					expect(after.outcomes[index]).toMatchObject([{ status: 'alreadySent' }]);
				}
				const ledger = new Ledger(after.store);
				after.outcomes.forEach(([outcome], index) => {
					const { state } = ledger.begin(messageOf([sent()], { identity: `m-${index}` }));
					const isSent = outcome?.status === 'sent' || outcome?.status === 'alreadySent';
					expect(state === 'sent').toBe(isSent);
				});
			},
		);
		await fc.assert(property, runs(200));
	});

	it('at most once: no customer gets a message twice, even when n8n is killed at any call', async () => {
		const property = fc.asyncProperty(
			...[scenarios, fc.scheduler(), fc.nat()],
			async (scenario, scheduler, moment) => {
				const atMostOnce = {
					...scenario,
					retry: { ...scenario.retry, uncertain: 'fail' as const },
				};
				const before = await play(atMostOnce, scheduler);
				const killed = before.snapshots[moment % Math.max(1, before.snapshots.length)];
				const after = await play(atMostOnce, scheduler, { ...killed?.store });
				const all = [...(killed?.accepted ?? []), ...after.accepted];
				expect(all).toHaveLength(new Set(all).size);
			},
		);
		await fc.assert(property, runs(200));
	});
});
