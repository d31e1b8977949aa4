import { getEventListeners } from 'node:events';

import {
	hostClock,
	steadyNow,
	WaitMeter,
	withTimeLimit,
} from '../../../nodes/GenesysCloud/api/clock';

describe('the clock of an execution', () => {
	beforeEach(() => jest.useFakeTimers({ now: 1_000 }));
	afterEach(() => jest.useRealTimers());

	const meterOf = () => new WaitMeter(() => Date.now());

	/** Starts a wait and tells whether it has ended. */
	function waiting(wait: Promise<void>) {
		const state = { ended: false };
		void wait.then(() => (state.ended = true));
		return state;
	}

	it('tells the time', () => {
		expect(hostClock(undefined, meterOf()).now()).toBe(1_000);
	});

	it("does not follow a jump of the system's clock", () => {
		const clock = hostClock(undefined, meterOf());
		const before = clock.now();
		jest.setSystemTime(before - 9 * 3_600_000);
		jest.advanceTimersByTime(250);
		expect(clock.now()).toBe(before + 250);
	});

	it("is that of the node's panel, too: both share the access tokens", () => {
		const [panel, execution] = [hostClock(), hostClock(undefined, meterOf())];
		expect([panel.now(), execution.now()]).toEqual([steadyNow(), steadyNow()]);
	});

	it.each(['backoff', 'rateLimit'] as const)('waits for as long as asked: %s', async (reason) => {
		const wait = waiting(hostClock(undefined, meterOf()).sleep(5_000, reason));
		await jest.advanceTimersByTimeAsync(4_999);
		expect(wait.ended).toBe(false);
		await jest.advanceTimersByTimeAsync(1);
		expect(wait.ended).toBe(true);
	});

	it.each(['backoff', 'rateLimit'] as const)(
		'ends a wait at once when the execution is stopped: %s',
		async (reason) => {
			const stop = new AbortController();
			const clock = hostClock(stop.signal, meterOf());
			const wait = waiting(clock.sleep(60_000, reason));
			await jest.advanceTimersByTimeAsync(100);
			expect([wait.ended, clock.stopped()]).toEqual([false, false]);
			stop.abort();
			await jest.advanceTimersByTimeAsync(0);
			expect([wait.ended, clock.stopped()]).toEqual([true, true]);
			expect(jest.getTimerCount()).toBe(0);
		},
	);

	it('listens to the signal once, however many messages wait', async () => {
		const stop = new AbortController();
		const clock = hostClock(stop.signal, meterOf());
		const waits = Array.from({ length: 50 }, async () => await clock.sleep(60_000, 'backoff'));
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
		stop.abort();
		await jest.advanceTimersByTimeAsync(0);
		expect(await Promise.all(waits)).toHaveLength(50);
	});

	it('stops listening when nothing waits any more', async () => {
		const stop = new AbortController();
		const clock = hostClock(stop.signal, meterOf());
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
		const waits = [clock.sleep(1_000, 'backoff'), clock.sleep(2_000, 'rateLimit')];
		await jest.advanceTimersByTimeAsync(1_000);
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1);
		await jest.advanceTimersByTimeAsync(1_000);
		await Promise.all(waits);
		expect(getEventListeners(stop.signal, 'abort')).toHaveLength(0);
	});

	it('does not wait at all once the execution is stopped', async () => {
		const clock = hostClock(AbortSignal.abort(), meterOf());
		const wait = waiting(clock.sleep(60_000, 'backoff'));
		await jest.advanceTimersByTimeAsync(0);
		expect(wait.ended).toBe(true);
	});

	it('is never stopped on a host without a cancel signal', () => {
		expect(hostClock(undefined, meterOf()).stopped()).toBe(false);
	});

	it('measures the waits for the rate limit alone', async () => {
		const meter = meterOf();
		const clock = hostClock(undefined, meter);
		const waits = [clock.sleep(3_000, 'rateLimit'), clock.sleep(9_000, 'backoff')];
		await jest.advanceTimersByTimeAsync(9_000);
		await Promise.all(waits);
		expect(meter.totalMs).toBe(3_000);
	});
});

describe('work that is waited for by a clock', () => {
	beforeEach(() => jest.useFakeTimers({ now: 1_000 }));
	afterEach(() => jest.useRealTimers());

	const never = new Promise<string>(() => undefined);

	it('comes to what it comes to, and leaves nothing behind', async () => {
		const stop = new AbortController();
		const clock = hostClock(stop.signal);
		expect(await clock.within(Promise.resolve('done'), 5_000)).toBe('done');
		await expect(clock.within(Promise.reject(new Error('no')), 5_000)).rejects.toThrow('no');
		await jest.advanceTimersByTimeAsync(0);
		expect([jest.getTimerCount(), getEventListeners(stop.signal, 'abort').length]).toEqual([0, 0]);
	});

	it('is not waited for beyond the time limit', async () => {
		const waited = hostClock().within(never, 5_000);
		await jest.advanceTimersByTimeAsync(5_000);
		expect(await waited).toBeUndefined();
	});

	it.each([5_000, Number.POSITIVE_INFINITY])(
		'is not waited for any more when the execution is stopped: %d ms',
		async (ms) => {
			const stop = new AbortController();
			const waited = hostClock(stop.signal).within(never, ms);
			stop.abort();
			expect(await waited).toBeUndefined();
			await jest.advanceTimersByTimeAsync(0);
			expect(jest.getTimerCount()).toBe(0);
		},
	);

	it('is not waited for at all once the execution is stopped', async () => {
		const clock = hostClock(AbortSignal.abort());
		expect(await clock.within(never, Number.POSITIVE_INFINITY)).toBeUndefined();
	});

	it('is waited for without a time limit, however long it takes', async () => {
		const work = new Promise<string>((resolve) => setTimeout(() => resolve('done'), 3_600_000));
		const waited = hostClock().within(work, Number.POSITIVE_INFINITY);
		await jest.advanceTimersByTimeAsync(3_600_000);
		expect(await waited).toBe('done');
	});

	it('needs no timer without a time limit', async () => {
		const waited = hostClock().within(Promise.resolve('done'), Number.POSITIVE_INFINITY);
		expect(jest.getTimerCount()).toBe(0);
		expect(await waited).toBe('done');
	});
});

describe('the time limits of calls', () => {
	beforeEach(() => jest.useFakeTimers({ now: 1_000 }));
	afterEach(() => jest.useRealTimers());

	it('need one timer for all calls, and none when no call is open', async () => {
		const ended: number[] = [];
		const call = async (ms: number) => {
			const hanging = async (signal: AbortSignal) =>
				await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
			await withTimeLimit(ms, hanging);
			ended.push(ms);
		};
		const calls = [call(100), call(200), call(300)];
		await jest.advanceTimersByTimeAsync(99);
		expect([ended, jest.getTimerCount()]).toEqual([[], 1]);
		await jest.advanceTimersByTimeAsync(1);
		expect([ended, jest.getTimerCount()]).toEqual([[100], 1]);
		await jest.advanceTimersByTimeAsync(200);
		await Promise.all(calls);
		expect([ended, jest.getTimerCount()]).toEqual([[100, 200, 300], 0]);
	});
});

describe('WaitMeter', () => {
	it('counts waits that run together as a person would', async () => {
		let now = 0;
		const meter = new WaitMeter(() => now);
		const ends: (() => void)[] = [];
		const wait = async () => await meter.during(new Promise((resolve) => ends.push(resolve)));
		const first = wait();
		now = 10;
		const second = wait();
		expect(meter.totalMs).toBe(10);
		now = 30;
		ends[0]!();
		await first;
		expect(meter.totalMs).toBe(30);
		now = 50;
		ends[1]!();
		await second;
		expect(meter.totalMs).toBe(50);
		now = 1_000;
		expect(meter.totalMs).toBe(50);
		const third = wait();
		now = 1_005;
		expect(meter.totalMs).toBe(55);
		ends[2]!();
		await third;
		expect(meter.totalMs).toBe(55);
	});
});
