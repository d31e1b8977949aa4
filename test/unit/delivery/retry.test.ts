import { deliver, isRateLimit, waitBeforeRetry } from '../../../nodes/GenesysCloud/delivery/retry';
import { failed, STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from '../support/clock';
import { AMBIGUOUS, attempts, failure, FINAL, RETRY, sent, stopped } from '../support/delivery';

const noJitter = () => 0;
const LIMITED = failure({ reason: 'rateLimited', retryAfterMs: 5_000 });
const AT_MOST_ONCE = { ...RETRY, uncertain: 'fail' } as const;

describe('deliver', () => {
	let clock: FakeClock;

	beforeEach(() => {
		clock = new FakeClock();
	});

	it('sends at the first attempt without a wait', async () => {
		const attempt = attempts(sent('id-7'));
		expect(await deliver(attempt, RETRY, clock)).toEqual({ ...sent('id-7'), attempts: 1 });
		expect(attempt).toHaveBeenCalledTimes(1);
		expect(clock.waits).toEqual([]);
	});

	it('tries until it is sent and counts the attempts', async () => {
		const attempt = attempts(failed(failure()), failed(AMBIGUOUS), sent());
		const delivered = await deliver(attempt, RETRY, clock, false, noJitter);
		expect(delivered).toEqual({ ...sent(), attempts: 3 });
		expect(clock.waits).toEqual([
			{ ms: 1_000, reason: 'backoff' },
			{ ms: 2_000, reason: 'backoff' },
		]);
	});

	it('does not count an attempt that ended before its call', async () => {
		const refused = failure({ transient: false, notCalled: true });
		const delivered = await deliver(attempts(failed(refused)), RETRY, clock);
		expect(delivered).toMatchObject({ ok: false, attempts: 0 });
		const later = await deliver(attempts(failed(failure()), failed(refused)), RETRY, clock);
		expect(later).toMatchObject({ ok: false, attempts: 1 });
	});

	it('does not count a rate limit, however often: the attempt waits it out by itself', async () => {
		const limits = Array.from({ length: 40 }, () => failed(LIMITED));
		const delivered = await deliver(attempts(failed(LIMITED), ...limits, sent()), RETRY, clock);
		expect(delivered).toEqual({ ...sent(), attempts: 1 });
		expect(clock.waits).toEqual([]);
	});

	it('fails at once when the server asks for a longer wait than allowed', async () => {
		const limited = { ...LIMITED, retryAfterMs: 180_001 };
		const delivered = await deliver(attempts(failed(limited)), RETRY, clock);
		expect(delivered).toEqual({ ...failed(limited), attempts: 1 });
		expect(clock.waits).toEqual([]);
	});

	it('waits for as long as an outage asks for, as for the rate limit', async () => {
		const outage = failure({ reason: 'serverError', retryAfterMs: 5_000 });
		await deliver(attempts(failed(outage), sent()), RETRY, clock);
		expect(clock.waits).toEqual([{ ms: 5_000, reason: 'rateLimit' }]);
	});

	it('waits 1, 2 and 4 seconds, and not after the last attempt', async () => {
		const attempt = attempts(failed(failure()));
		const settings = { ...RETRY, maxAttempts: 4 };
		const delivered = await deliver(attempt, settings, clock, false, noJitter);
		expect(delivered).toEqual({ ...failed(failure()), attempts: 4 });
		expect(attempt).toHaveBeenCalledTimes(4);
		expect(clock.waitedMs).toEqual([1_000, 2_000, 4_000]);
	});

	it('uses Math.random for the jitter unless told otherwise', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.5);
		await deliver(attempts(failed(failure()), sent()), RETRY, clock);
		expect(clock.waitedMs).toEqual([1_125]);
	});

	it('does not try a permanent failure again', async () => {
		const attempt = attempts(failed(FINAL), sent());
		expect(await deliver(attempt, RETRY, clock)).toEqual({ ...failed(FINAL), attempts: 1 });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('does not repeat what may have been accepted when delivery must be at most once', async () => {
		const attempt = attempts(failed(AMBIGUOUS), sent());
		const delivered = await deliver(attempt, AT_MOST_ONCE, clock);
		expect(delivered).toEqual({ ...failed(AMBIGUOUS), attempts: 1, uncertain: AMBIGUOUS });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it.each([
		{ name: 'a refusal', later: failure() },
		{ name: 'a permanent failure', later: FINAL },
	])('$name after an ambiguous attempt leaves the delivery unknown', async ({ later }) => {
		const settings = { ...RETRY, maxAttempts: 2 };
		const delivered = await deliver(attempts(failed(AMBIGUOUS), failed(later)), settings, clock);
		const last = failed({ ...later, delivered: 'unknown' });
		expect(delivered).toEqual({ ...last, attempts: 2, uncertain: AMBIGUOUS });
	});

	it('tells what may have delivered the message, not why no further call was made', async () => {
		const closed = failure({ reason: 'outsideSendWindow', transient: false, notCalled: true });
		const first = { ...AMBIGUOUS, correlationId: 'c-1' };
		const attempt = attempts(
			failed(first),
			failed({ ...AMBIGUOUS, httpCode: '502' }),
			failed(closed),
		);
		expect(await deliver(attempt, RETRY, clock)).toEqual({
			...failed(first),
			...{ attempts: 2, uncertain: first },
		});
	});

	it('tells what may have delivered the message, not that a look-up has failed since', async () => {
		const lookUp = failure({ ...FINAL, call: 'read', reason: 'contactNotFound' });
		const delivered = await deliver(attempts(failed(AMBIGUOUS), failed(lookUp)), RETRY, clock);
		expect(delivered).toMatchObject({ ...failed(AMBIGUOUS), attempts: 2 });
	});

	it('tells why no further call was made when none can have delivered the message', async () => {
		const closed = failure({ reason: 'outsideSendWindow', transient: false, notCalled: true });
		const delivered = await deliver(attempts(failed(failure()), failed(closed)), RETRY, clock);
		expect(delivered).toEqual({ ...failed(closed), attempts: 1 });
	});

	it('tells that the login was refused for good, which ends the run', async () => {
		const refused = failure({ ...FINAL, notCalled: true, endsRun: true });
		const attempt = attempts(failed(AMBIGUOUS), failed(refused));
		const last = failed({ ...refused, delivered: 'unknown' });
		expect(await deliver(attempt, RETRY, clock)).toMatchObject({ ...last, attempts: 1 });
	});

	it('keeps the delivery unknown when an earlier run of the node left it so', async () => {
		const delivered = await deliver(attempts(failed(FINAL)), RETRY, clock, true);
		expect(delivered).toMatchObject({ failure: { reason: 'badRequest', delivered: 'unknown' } });
	});

	it('retries a certain refusal at most once, even when an earlier run left it unknown', async () => {
		const attempt = attempts(failed(failure()), sent());
		const delivered = await deliver(attempt, AT_MOST_ONCE, clock, true);
		expect(delivered).toMatchObject({ ok: true, attempts: 2 });
	});

	it('is stopped before the first call: nothing was sent', async () => {
		expect(await deliver(attempts(stopped), RETRY, clock)).toEqual({
			...failed(STOPPED),
			attempts: 0,
		});
	});

	it.each([
		['backoff', AMBIGUOUS, 1],
		['rate limit', LIMITED, 0],
	])('is stopped in a wait for the %s: returns the last failure', async (_wait, last, made) => {
		clock.onWait = () => (clock.isStopped = true);
		const attempt = attempts(failed(last), sent());
		if (last === LIMITED) clock.isStopped = true;
		const uncertain = last === AMBIGUOUS ? last : undefined;
		const expected = { ...failed(last), attempts: made, uncertain };
		expect(await deliver(attempt, RETRY, clock)).toEqual(expected);
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it.each([
		[AMBIGUOUS, AMBIGUOUS],
		[failure(), undefined],
	])(
		'is stopped while a later attempt waits for its turn: returns the last failure, %j',
		async (last, uncertain) => {
			const delivered = await deliver(attempts(failed(last), stopped), RETRY, clock);
			expect(delivered).toEqual({ ...failed(last), attempts: 1, uncertain });
		},
	);
});

describe('isRateLimit', () => {
	it.each([
		['a 429', LIMITED, true],
		['a 429 without a time', { ...LIMITED, retryAfterMs: undefined }, true],
		['a wait as long as allowed', { ...LIMITED, retryAfterMs: RETRY.maxWaitMs }, true],
		['a longer one', { ...LIMITED, retryAfterMs: RETRY.maxWaitMs + 1 }, false],
		['a 429 that was waited out for too long', { ...LIMITED, transient: false }, false],
		['one that leaves the delivery open', { ...LIMITED, delivered: 'unknown' as const }, false],
		['an outage that asks for a wait', { ...LIMITED, reason: 'serverError' as const }, false],
	])('%s', (_what, refusal, expected) => {
		expect(isRateLimit(failure(refusal), RETRY)).toBe(expected);
	});
});

describe('waitBeforeRetry', () => {
	it.each([
		{ name: 'a refusal for now', failure: {}, retried: true },
		{ name: 'an ambiguous outage', failure: { delivered: 'unknown' as const }, retried: true },
		{ name: 'a bad contact', failure: { transient: false }, retried: false },
		{
			name: 'an unusable answer to an accepted call',
			failure: { transient: false, delivered: 'unknown' as const },
			retried: false,
		},
		{ name: 'a wrong client secret', failure: { endsRun: true }, retried: false },
	])('retries $name at least once: $retried', ({ failure: overrides, retried }) => {
		const wait = waitBeforeRetry(failure(overrides), 1, RETRY, noJitter);
		expect(wait !== undefined).toBe(retried);
	});

	it('retries a certain refusal, but nothing ambiguous, when delivery must be at most once', () => {
		expect(waitBeforeRetry(failure(), 1, AT_MOST_ONCE, noJitter)).toBe(1_000);
		expect(waitBeforeRetry(AMBIGUOUS, 1, AT_MOST_ONCE, noJitter)).toBeUndefined();
	});

	it.each([
		[1, 0, 1_000],
		[2, 0, 2_000],
		[5, 0, 16_000],
		[10, 0, 300_000],
		[3, 0.5, 4_500],
		[3, 0.999, 4_999],
	])('doubles, up to 5 minutes and 25 %% more: attempt %i, random %d', (attempt, random, ms) => {
		const settings = { ...RETRY, maxAttempts: 20 };
		expect(waitBeforeRetry(failure(), attempt, settings, () => random)).toBeCloseTo(ms, 6);
	});

	it.each([
		{ maxAttempts: 1, attempt: 1, retried: false },
		{ maxAttempts: 2, attempt: 1, retried: true },
		{ maxAttempts: 2, attempt: 2, retried: false },
		{ maxAttempts: 3, attempt: 2, retried: true },
		{ maxAttempts: 3, attempt: 4, retried: false },
	])('after attempt $attempt of $maxAttempts another follows: $retried', (row) => {
		const settings = { ...RETRY, maxAttempts: row.maxAttempts };
		const wait = waitBeforeRetry(failure(), row.attempt, settings, noJitter);
		expect(wait !== undefined).toBe(row.retried);
	});

	it.each([
		{ asked: 999, expected: 1_000 },
		{ asked: 1_001, expected: 1_001 },
		{ asked: 180_000, expected: 180_000 },
		{ asked: 180_001, expected: undefined },
		{ asked: Number.POSITIVE_INFINITY, expected: undefined },
	])('the server asks for $asked ms: waits $expected', ({ asked, expected }) => {
		const wait = waitBeforeRetry(failure({ retryAfterMs: asked }), 1, RETRY, noJitter);
		expect(wait).toBe(expected);
	});

	it('does not wait at all with a backoff of 0', () => {
		expect(waitBeforeRetry(failure(), 2, { ...RETRY, backoffMs: 0 }, () => 0.999)).toBe(0);
	});
});
