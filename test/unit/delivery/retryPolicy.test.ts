import { waitBeforeRetry } from '../../../nodes/GenesysCloud/delivery/retryPolicy';
import { failure, RETRY } from '../support/delivery';

const noJitter = () => 0;

describe('waitBeforeRetry', () => {
	it.each([
		{ name: 'a refusal for the rate', failure: {}, retried: true },
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

	it('does not retry a POST after an ambiguous 504 when delivery must be at most once', () => {
		const ambiguous = failure({ reason: 'serverError', delivered: 'unknown' });
		const atMostOnce = { ...RETRY, uncertain: 'fail' as const };
		expect(waitBeforeRetry(ambiguous, 1, atMostOnce, noJitter)).toBeUndefined();
	});

	it('retries a certain refusal when delivery must be at most once', () => {
		const atMostOnce = { ...RETRY, uncertain: 'fail' as const };
		expect(waitBeforeRetry(failure(), 1, atMostOnce, noJitter)).toBe(1_000);
	});

	it.each([
		[1, 1_000],
		[2, 2_000],
		[3, 4_000],
		[4, 8_000],
		[5, 16_000],
	])('waits twice as long each time: attempt %i', (attempt, expected) => {
		const settings = { ...RETRY, maxAttempts: 10 };
		expect(waitBeforeRetry(failure(), attempt, settings, noJitter)).toBe(expected);
	});

	it.each([
		[0, 4_000],
		[0.5, 4_500],
		[0.999, 4_999],
	])('adds up to 25 %% jitter: random %d', (random, expected) => {
		const settings = { ...RETRY, maxAttempts: 10 };
		expect(waitBeforeRetry(failure(), 3, settings, () => random)).toBeCloseTo(expected, 6);
	});

	it.each([
		{ maxAttempts: 1, attempt: 1, retried: false },
		{ maxAttempts: 2, attempt: 1, retried: true },
		{ maxAttempts: 2, attempt: 2, retried: false },
		{ maxAttempts: 3, attempt: 2, retried: true },
		{ maxAttempts: 3, attempt: 3, retried: false },
		{ maxAttempts: 3, attempt: 4, retried: false },
	])('after attempt $attempt of $maxAttempts another follows: $retried', (row) => {
		const settings = { ...RETRY, maxAttempts: row.maxAttempts };
		const wait = waitBeforeRetry(failure(), row.attempt, settings, noJitter);
		expect(wait !== undefined).toBe(row.retried);
	});

	it.each([
		{ asked: 0, expected: 1_000 },
		{ asked: 999, expected: 1_000 },
		{ asked: 1_001, expected: 1_001 },
		{ asked: 42_000, expected: 42_000 },
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

	it('accepts no wait that the server asks for when the longest wait is 0', () => {
		const settings = { ...RETRY, maxWaitMs: 0 };
		expect(waitBeforeRetry(failure({ retryAfterMs: 1 }), 1, settings, noJitter)).toBeUndefined();
		expect(waitBeforeRetry(failure(), 1, settings, noJitter)).toBe(1_000);
	});
});
