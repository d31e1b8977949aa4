import { RateLimitWindow } from '../../../nodes/GenesysCloud/api/rateLimitWindow';
import { answer, windowHeaders } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);
const HOUR_MS = 3_600_000;

const OK = answer(200);
const LIMITED = answer(429);
const FULL = answer(200, '', windowHeaders(300, 300, 5));

describe('a window that a 429 closed', () => {
	let window: RateLimitWindow;

	/** The calls that may start now; each is in flight from then on. */
	function startAll(now: number, most = 1_000) {
		const calls = [];
		while (calls.length < most && window.msUntilFree(now) === 0) calls.push(window.begin());
		return calls;
	}

	beforeEach(() => {
		window = new RateLimitWindow();
	});

	it('is closed until the moment that the server named', () => {
		window.close(NOW, 42_000);
		expect(window.msUntilFree(NOW)).toBe(42_000);
		expect(window.msUntilFree(NOW + 41_999)).toBe(1);
		expect(window.msUntilFree(NOW + 42_000)).toBe(0);
	});

	it.each([
		[0, 100],
		[-5, 100],
		[99, 100],
		[HOUR_MS, HOUR_MS],
		[HOUR_MS + 1, HOUR_MS],
		[1_764_000_000_000, HOUR_MS],
		[Number.POSITIVE_INFINITY, HOUR_MS],
	])('for %d ms is closed for %i', (asked, expected) => {
		window.close(NOW, asked);
		expect(window.msUntilFree(NOW)).toBe(expected);
	});

	it('is not opened earlier by a later 429 or by what answers tell', () => {
		const call = window.begin();
		window.close(NOW, 42_000);
		window.close(NOW, 5_000);
		window.end(call, NOW, FULL);
		expect(window.msUntilFree(NOW + 20_000)).toBe(22_000);
	});

	it('is closed as shortly when calls before it were refused or lost as well', () => {
		window.end(window.begin(), NOW);
		window.end(window.begin(), NOW, LIMITED);
		window.close(NOW, 0);
		expect(window.msUntilFree(NOW)).toBe(100);
	});

	it('does not take over what the late answer of a call tells that was made before', () => {
		const late = window.begin();
		window.close(NOW, 1_000);
		window.msUntilFree(NOW + 1_000);
		window.end(late, NOW + 1_100, FULL);
		expect(window.usedCalls).toBe(1);
	});

	it('starts anew afterwards', () => {
		window.end(window.begin(), NOW, FULL);
		window.close(NOW, 42_000);
		expect(window.msUntilFree(NOW + 42_005)).toBe(0);
		expect(window.usedCalls).toBe(0);
	});

	it('lets one call probe, then one more for each round that succeeds, then all', () => {
		window = new RateLimitWindow(1_000_000);
		window.close(NOW, 1_000);
		const sizes: number[] = [];
		while (sizes.length < 100 && (sizes.at(-1) ?? 0) < 200) {
			const flying = startAll(NOW + 1_000, 200);
			sizes.push(flying.length);
			for (const call of flying) window.end(call, NOW + 1_000, OK);
		}
		const growths = sizes.slice(1, -1).map((size, index) => size - (sizes[index] ?? 0));
		expect(sizes.slice(0, 2)).toEqual([1, 2]);
		expect(Math.min(...growths)).toBeGreaterThanOrEqual(0);
		expect(Math.max(...growths)).toBe(1);
		expect(sizes.at(-2)).toBeGreaterThan(60);
		expect(sizes.at(-1)).toBe(200);
	});

	it('looks again soon while the probe is on its way', () => {
		window.close(NOW, 1_000);
		startAll(NOW + 1_000);
		expect(window.msUntilFree(NOW + 1_000)).toBe(25);
	});

	it('closes again when the probe is refused, for one probe more', () => {
		window.close(NOW, 1_000);
		const [probe] = startAll(NOW + 1_000);
		window.end(probe!, NOW + 1_100, LIMITED);
		window.close(NOW + 1_100, 1_000);
		expect(window.msUntilFree(NOW + 1_100)).toBe(1_000);
		expect(startAll(NOW + 2_100)).toHaveLength(1);
	});

	it('that asks for no wait is probed ever less often, within bounds, until a call gets through', () => {
		const waits: number[] = [];
		let now = NOW;
		window.close(now, 0);
		for (let probes = 0; probes < 6; probes++) {
			waits.push(window.msUntilFree(now));
			now += window.msUntilFree(now);
			window.end(startAll(now)[0]!, now, LIMITED);
			window.close(now, 0);
		}
		expect(waits).toEqual([100, 200, 400, 400, 400, 400]);
		now += 400;
		window.end(startAll(now)[0]!, now, OK);
		window.close(now, 0);
		expect(window.msUntilFree(now)).toBe(100);
	});

	it('sends another probe when the first one got no answer', () => {
		window.close(NOW, 1_000);
		const [probe] = startAll(NOW + 1_000);
		window.end(probe!, NOW + 31_000);
		expect(startAll(NOW + 31_000)).toHaveLength(1);
	});

	it('takes no answer of a call that was let go before for a probe', () => {
		const before = Array.from({ length: 50 }, () => window.begin());
		window.end(before.pop()!, NOW, LIMITED);
		window.close(NOW, 1_000);
		for (const call of before.splice(0, 25)) window.end(call, NOW + 100, OK);
		window.msUntilFree(NOW + 1_000);
		for (const call of before) window.end(call, NOW + 1_100, OK);
		expect(startAll(NOW + 1_100)).toHaveLength(1);
	});

	it('counts the calls that were in flight when it opens', () => {
		const before = [window.begin(), window.begin()];
		window.close(NOW, 1_000);
		expect(window.msUntilFree(NOW + 1_000)).toBe(25);
		for (const call of before) window.end(call, NOW + 1_000);
		expect(startAll(NOW + 1_000)).toHaveLength(1);
	});

	it('takes a call that was not made for no probe', () => {
		window.close(NOW, 1_000);
		startAll(NOW + 1_000);
		window.cancel();
		expect(startAll(NOW + 1_000)).toHaveLength(1);
	});
});
