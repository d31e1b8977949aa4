import { ServerTime } from '../../../nodes/GenesysCloud/api/serverTime';
import { answer } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);

function clocks() {
	const own = { now: NOW };
	return { own, time: new ServerTime(() => own.now) };
}

/** An answer that was written at a moment of the server's. */
const dated = (ms: number) => answer(200, '', { date: new Date(ms).toUTCString() });

describe("the server's time", () => {
	it('is the own time until the server has told', () => {
		const { own, time } = clocks();
		expect(time.now()).toBe(NOW);
		time.observe(answer(200), NOW);
		time.observe(answer(200, '', { date: 'soon' }), NOW);
		own.now += 7;
		expect(time.now()).toBe(NOW + 7);
	});

	it.each([
		['ahead', 5 * 60_000],
		['behind', -3 * 3_600_000],
	])('is known to a second when it is %s', (_what, aheadMs) => {
		const { own, time } = clocks();
		own.now += 100;
		time.observe(dated(NOW + 50 + aheadMs), NOW);
		expect(Math.abs(time.now() - own.now - aheadMs)).toBeLessThanOrEqual(1_000);
	});

	it('is known as well when a proxy repeats the date', () => {
		const { time } = clocks();
		const date = new Date(NOW + 60_000).toUTCString();
		time.observe(answer(200, '', { date: `${date}, ${date}` }), NOW);
		expect(time.now()).toBe(NOW + 60_000);
	});

	it('is the own time as long as that can be, however long a call takes', () => {
		const { own, time } = clocks();
		own.now += 60_000;
		time.observe(dated(NOW + 30_000), NOW);
		expect(time.now()).toBe(own.now);
	});

	it('follows when the own clock has stood still', () => {
		const { own, time } = clocks();
		time.observe(dated(NOW), NOW);
		expect(time.now()).toBe(NOW);
		time.observe(dated(NOW + 8 * 3_600_000), NOW);
		expect(time.now()).toBe(own.now + 8 * 3_600_000);
	});

	it('is known of a moment as soon as the server has told, and of that moment for good', () => {
		const { own, time } = clocks();
		const moment = time.moment();
		expect(moment()).toBe(NOW);
		own.now += 2_000;
		time.observe(dated(NOW + 62_000), own.now);
		expect(moment()).toBe(NOW + 60_000);
		time.observe(dated(NOW + 8 * 3_600_000), own.now);
		expect(moment()).toBe(NOW + 60_000);
	});
});
