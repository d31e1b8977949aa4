import { RateLimitWindow } from '../../../nodes/GenesysCloud/api/rateLimitWindow';
import { answer, windowHeaders } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);

/** An answer that tells about the window. */
const told = (allowed: number, count: number, reset: number) =>
	answer(200, '', windowHeaders(allowed, count, reset));

/** Makes one call at once and takes in its answer. */
function callAt(window: RateLimitWindow, now: number, response = answer(200)) {
	window.end(window.begin(), now, response);
}

describe('RateLimitWindow', () => {
	let window: RateLimitWindow;

	beforeEach(() => {
		window = new RateLimitWindow();
	});

	it('has room for the documented 300 calls before an answer told', () => {
		const calls = Array.from({ length: 300 }, () => {
			expect(window.msUntilFree(NOW)).toBe(0);
			return window.begin();
		});
		expect([window.limit, window.usedCalls]).toEqual([300, 300]);
		expect(window.msUntilFree(NOW)).toBe(25);
		// An answer without the headers was not counted, so there is room again.
		window.end(calls[0]!, NOW, answer(200));
		expect(window.msUntilFree(NOW)).toBe(0);
	});

	it('takes over what the answers tell', () => {
		callAt(window, NOW, told(300, 12, 61));
		expect([window.limit, window.usedCalls]).toEqual([300, 12]);
	});

	it('is full when as many calls were made as are allowed, until its reset', () => {
		callAt(window, NOW, told(3, 3, 10));
		expect(window.msUntilFree(NOW)).toBe(10_005);
		expect(window.msUntilFree(NOW + 9_000)).toBe(1_005);
		expect(window.msUntilFree(NOW + 10_004)).toBe(1);
		expect(window.msUntilFree(NOW + 10_005)).toBe(0);
		expect(window.usedCalls).toBe(0);
	});

	it('waits a little beyond the reset, and not when there is room left', () => {
		callAt(window, NOW, told(3, 1, 10));
		callAt(window, NOW, told(3, 2, 10));
		expect(window.msUntilFree(NOW + 10_000)).toBe(0);
		expect(window.usedCalls).toBe(0);
	});

	it('counts the calls in flight: never more than the window has left', () => {
		callAt(window, NOW, told(5, 2, 60));
		for (let call = 0; call < 3; call++) {
			expect(window.msUntilFree(NOW)).toBe(0);
			window.begin();
		}
		expect(window.msUntilFree(NOW)).toBeGreaterThan(0);
	});

	it('looks again soon while the calls in flight decide about a window', () => {
		const known = new RateLimitWindow(2);
		known.begin();
		const second = known.begin();
		expect(known.msUntilFree(NOW)).toBe(25);
		known.end(second, NOW, told(2, 2, 30));
		expect(known.msUntilFree(NOW)).toBe(30_005);
	});

	it('does not fill up with calls that no answer told about', () => {
		const known = new RateLimitWindow(2);
		for (let call = 0; call < 10; call++) callAt(known, NOW);
		expect(known.msUntilFree(NOW)).toBe(0);
	});

	it('counts no call whose answer told nothing, while another one is in flight', () => {
		const known = new RateLimitWindow(2);
		for (let call = 0; call < 10; call++) callAt(known, NOW);
		known.begin();
		expect(known.usedCalls).toBe(1);
		expect(known.msUntilFree(NOW)).toBe(0);
	});

	it('lets one call ask when all answers were lost', () => {
		const known = new RateLimitWindow(1);
		known.end(known.begin(), NOW);
		expect([known.usedCalls, known.msUntilFree(NOW)]).toEqual([1, 0]);
		known.begin();
		expect(known.msUntilFree(NOW)).toBe(25);
	});

	it('counts a call of a known window even when its answer told nothing', () => {
		callAt(window, NOW, told(3, 1, 60));
		callAt(window, NOW);
		expect(window.usedCalls).toBe(2);
	});

	it('is not told by a limit and a count alone', () => {
		const headers = { 'inin-ratelimit-allowed': '3', 'inin-ratelimit-count': '3' };
		callAt(window, NOW, answer(200, '', headers));
		expect(window.limit).toBe(300);
	});

	it('keeps counting a call without an answer in a window that is known', () => {
		callAt(window, NOW, told(3, 1, 60));
		window.end(window.begin(), NOW);
		window.end(window.begin(), NOW);
		expect(window.msUntilFree(NOW)).toBeGreaterThan(0);
	});

	it('believes the higher count: other programs use the token too', () => {
		callAt(window, NOW, told(10, 9, 60));
		expect(window.usedCalls).toBe(9);
		callAt(window, NOW, told(10, 3, 60));
		expect(window.usedCalls).toBe(10);
	});

	it('believes the earliest reset: the seconds are rounded up', () => {
		callAt(window, NOW, told(2, 1, 60));
		callAt(window, NOW + 500, told(2, 2, 59));
		expect(window.msUntilFree(NOW + 500)).toBe(59_005);
	});

	it('keeps counting what is in flight when a new window starts', () => {
		callAt(window, NOW, told(3, 1, 10));
		window.begin();
		window.begin();
		expect(window.msUntilFree(NOW + 10_005)).toBe(0);
		expect(window.usedCalls).toBe(2);
	});

	it('does not take the count of an older window for the present one', () => {
		callAt(window, NOW, told(3, 1, 10));
		const late = window.begin();
		expect(window.msUntilFree(NOW + 10_005)).toBe(0);
		window.end(late, NOW + 10_030, told(3, 3, 1));
		expect(window.usedCalls).toBe(1);
		expect(window.msUntilFree(NOW + 10_030)).toBe(0);
	});

	it('takes over the limit even from a late answer', () => {
		callAt(window, NOW, told(3, 1, 10));
		const late = window.begin();
		window.msUntilFree(NOW + 10_005);
		window.end(late, NOW + 10_030, told(5, 3, 1));
		expect(window.limit).toBe(5);
	});

	it('forgets a call that was not made, in whatever window it was counted', () => {
		window.begin();
		window.cancel();
		expect(window.usedCalls).toBe(0);
		callAt(window, NOW, told(3, 3, 10));
		window.begin();
		expect([window.msUntilFree(NOW + 10_005), window.usedCalls]).toEqual([0, 1]);
		window.cancel();
		expect(window.usedCalls).toBe(0);
	});

	it('adds the calls in flight when the server has counted more than was counted here', () => {
		const calls = Array.from({ length: 3 }, () => window.begin());
		window.end(calls[0]!, NOW, told(300, 9, 60));
		expect(window.usedCalls).toBe(11);
		window.end(calls[1]!, NOW, told(300, 10, 60));
		expect(window.usedCalls).toBe(11);
	});

	it('counts no call in flight twice: the server may have counted it already', () => {
		const calls = Array.from({ length: 3 }, () => window.begin());
		window.end(calls[0]!, NOW, told(300, 3, 60));
		expect(window.usedCalls).toBe(3);
	});

	it.each([
		[3_600, 3_600_005],
		[3_601, 60_005],
		[86_400, 60_005],
		[999_999_999, 60_005],
	])('told to last %i s is taken for the documented minute beyond an hour', (seconds, waitMs) => {
		callAt(window, NOW, told(3, 3, seconds));
		expect(window.msUntilFree(NOW)).toBe(waitMs);
	});

	it.each([
		['59.5', 59_505],
		['0.25', 255],
		['30.0', 30_005],
	])('takes fractions of seconds: %s', (reset, waitMs) => {
		const headers = { ...windowHeaders(3, 3, 60), 'inin-ratelimit-reset': reset };
		callAt(window, NOW, answer(200, '', headers));
		expect(window.msUntilFree(NOW)).toBe(waitMs);
	});

	it('takes headers that a proxy repeats for one', () => {
		const twice = {
			'inin-ratelimit-allowed': '3, 3',
			'inin-ratelimit-count': '3,3',
			'inin-ratelimit-reset': ' 30 , 30 , 30 ',
		};
		callAt(window, NOW, answer(200, '', twice));
		expect([window.limit, window.msUntilFree(NOW)]).toEqual([3, 30_005]);
	});

	it.each([
		{ name: 'none', headers: {} },
		{ name: 'no limit', headers: { 'inin-ratelimit-count': '1', 'inin-ratelimit-reset': '9' } },
		{ name: 'no count', headers: { 'inin-ratelimit-allowed': '1', 'inin-ratelimit-reset': '9' } },
		{ name: 'no reset', headers: { 'inin-ratelimit-allowed': '1', 'inin-ratelimit-count': '1' } },
		{ name: 'a limit of 0', headers: windowHeaders(0, 1, 60) },
		{ name: 'a negative count', headers: windowHeaders(1, -1, 60) },
		{ name: 'a fraction', headers: windowHeaders(1.5, 1, 60) },
		{ name: 'no numbers', headers: windowHeaders(Number.NaN, 1, 60) },
		{ name: 'two values', headers: { ...windowHeaders(1, 1, 60), 'inin-ratelimit-reset': '1, 2' } },
		{ name: 'absurd numbers', headers: windowHeaders(1e10, 1e10, 60) },
	])('does not pace by headers with $name', ({ headers }) => {
		for (let call = 0; call < 5; call++) callAt(window, NOW, answer(200, '', headers));
		expect(window.msUntilFree(NOW)).toBe(0);
	});
});
