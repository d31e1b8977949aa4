import { deliver } from '../../../nodes/GenesysCloud/delivery/deliver';
import { FakeClock } from '../support/clock';
import {
	AMBIGUOUS,
	attempts,
	failed,
	failure,
	FINAL,
	RETRY,
	sent,
	STOPPED,
} from '../support/delivery';

const noJitter = () => 0;
const LIMITED = failure({ retryAfterMs: 5_000 });

describe('deliver', () => {
	let clock: FakeClock;

	beforeEach(() => {
		clock = new FakeClock();
	});

	it('sends at the first attempt without a wait', async () => {
		const attempt = attempts(sent('id-7'));
		const outcome = await deliver(attempt, RETRY, clock);
		expect(outcome).toEqual({ status: 'sent', response: 'id-7', attempts: 1 });
		expect(attempt).toHaveBeenCalledTimes(1);
		expect(clock.waits).toEqual([]);
	});

	it('tries until it is sent and counts the attempts', async () => {
		const attempt = attempts(failed(failure()), failed(AMBIGUOUS), sent());
		const outcome = await deliver(attempt, RETRY, clock, false, noJitter);
		expect(outcome).toEqual({ status: 'sent', response: 'id-1', attempts: 3 });
		expect(clock.waitedMs).toEqual([1_000, 2_000]);
	});

	it('does not count an attempt that ended before its call', async () => {
		const refused = failure({ transient: false, notCalled: true });
		const outcome = await deliver(attempts(failed(refused)), RETRY, clock);
		expect(outcome).toMatchObject({ status: 'failed', attempts: 0 });
		const later = await deliver(attempts(failed(failure()), failed(refused)), RETRY, clock);
		expect(later).toMatchObject({ status: 'failed', attempts: 1 });
	});

	it('waits 1, 2 and 4 seconds, and not after the last attempt', async () => {
		const attempt = attempts(failed(failure()));
		const settings = { ...RETRY, maxAttempts: 4 };
		const outcome = await deliver(attempt, settings, clock, false, noJitter);
		expect(outcome).toEqual({ status: 'failed', failure: failure(), attempts: 4 });
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
		const outcome = await deliver(attempt, RETRY, clock);
		expect(outcome).toEqual({ status: 'failed', failure: FINAL, attempts: 1 });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('does not retry a POST after an ambiguous 504 when delivery must be at most once', async () => {
		const attempt = attempts(failed(AMBIGUOUS), sent());
		const outcome = await deliver(attempt, { ...RETRY, uncertain: 'fail' }, clock);
		expect(outcome).toEqual({ status: 'failed', failure: AMBIGUOUS, attempts: 1 });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('tells waits that the server asked for from its own', async () => {
		const attempt = attempts(failed(LIMITED), failed(failure()), sent());
		await deliver(attempt, RETRY, clock, false, noJitter);
		expect(clock.waits).toEqual([
			{ ms: 5_000, reason: 'rateLimit' },
			{ ms: 2_000, reason: 'backoff' },
		]);
	});

	it('fails at once when the server asks for a longer wait than allowed', async () => {
		const limited = failure({ retryAfterMs: 180_001 });
		const outcome = await deliver(attempts(failed(limited)), RETRY, clock);
		expect(outcome).toEqual({ status: 'failed', failure: limited, attempts: 1 });
		expect(clock.waits).toEqual([]);
	});

	it.each([
		{ name: 'a refusal', later: failure() },
		{ name: 'a permanent failure', later: FINAL },
	])('$name after an ambiguous attempt leaves the delivery unknown', async ({ later }) => {
		const attempt = attempts(failed(AMBIGUOUS), failed(later));
		const outcome = await deliver(attempt, { ...RETRY, maxAttempts: 2 }, clock);
		expect(outcome).toEqual({
			status: 'failed',
			failure: { ...later, delivered: 'unknown' },
			attempts: 2,
		});
	});

	it('keeps the delivery unknown when an earlier run of the node left it so', async () => {
		const outcome = await deliver(attempts(failed(FINAL)), RETRY, clock, true);
		expect(outcome).toMatchObject({ failure: { reason: 'badRequest', delivered: 'unknown' } });
	});

	it('still retries a certain refusal at most once after an earlier run left it unknown', async () => {
		const attempt = attempts(failed(failure()), sent());
		const outcome = await deliver(attempt, { ...RETRY, uncertain: 'fail' }, clock, true);
		expect(outcome).toMatchObject({ status: 'sent', attempts: 2 });
	});

	it('is stopped before the first attempt: nothing was sent', async () => {
		expect(await deliver(attempts(STOPPED), RETRY, clock)).toEqual({ status: 'stopped' });
	});

	it('is stopped during a wait: makes no further call and returns the last failure', async () => {
		clock.onWait = () => (clock.isStopped = true);
		const attempt = attempts(failed(AMBIGUOUS), sent());
		const outcome = await deliver(attempt, RETRY, clock);
		expect(outcome).toEqual({ status: 'failed', failure: AMBIGUOUS, attempts: 1 });
		expect(attempt).toHaveBeenCalledTimes(1);
	});

	it('is stopped while a later attempt waits for its turn: returns the last failure', async () => {
		const outcome = await deliver(attempts(failed(AMBIGUOUS), STOPPED), RETRY, clock);
		expect(outcome).toEqual({ status: 'failed', failure: AMBIGUOUS, attempts: 1 });
	});
});
