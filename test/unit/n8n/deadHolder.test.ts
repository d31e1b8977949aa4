import { DeadHolder } from '../../../nodes/GenesysCloud/n8n/deadHolder';
import { SECOND } from '../support/liveWorld';

const START = Date.UTC(2026, 10, 30, 9);

/** Which of the waiters take over, when all have come and look at the same moments. */
function takers(count: number, orderOf: (asked: number[][]) => number[][]) {
	const waiters = Array.from({ length: count }, () => new DeadHolder(START));
	let record = 1;
	for (let now = START; now < START + 30 * SECOND; now += SECOND / 2) {
		const before = record;
		const asked = waiters.map((waiter) => waiter.entries(now));
		// All read the record before one of them writes it, so that the last one's number stays.
		for (const entries of orderOf(asked)) record = Math.max(before, ...entries);
		const dead = waiters.filter((waiter, index) => {
			const added = new Set(asked[index]!.filter((entry) => entry > before));
			return waiter.isDead(added, now);
		});
		if (dead.length > 0) return { afterMs: now - START, count: dead.length };
	}
	return undefined;
}

describe('a holder that is dead', () => {
	it.each([
		['in one order', (asked: number[][]) => asked],
		['in the other', (asked: number[][]) => [...asked].reverse()],
	])(
		'is replaced by one of two that look at the same moments, whose calls end %s',
		(_how, order) => {
			const random = jest.spyOn(Math, 'random').mockReturnValue(0.5);
			random.mockReturnValueOnce(0.5).mockReturnValueOnce(0.5);
			// Their tickets.
			random.mockReturnValueOnce(0.9).mockReturnValueOnce(0.1);
			const taken = takers(2, order);
			expect(taken?.count).toBe(1);
			expect(taken?.afterMs).toBeGreaterThan(10 * SECOND);
		},
	);

	it('is replaced although a waiter with a ticket has died, too', () => {
		const first = new DeadHolder(START);
		const second = new DeadHolder(START + 20 * SECOND);
		let record = 1;
		const look = (waiter: DeadHolder, now: number) => {
			const entries = waiter.entries(now);
			const added = new Set(entries.filter((entry) => entry > record));
			record = Math.max(record, ...entries);
			return waiter.isDead(added, now);
		};
		for (let now = START; record < START; now += SECOND) look(first, now);
		let now = START + 20 * SECOND;
		while (!look(second, now)) now += SECOND;
		expect(now - START).toBeLessThan(20 * SECOND + 19 * SECOND);
	});

	it('is not seen in a call that failed', () => {
		const waiter = new DeadHolder(START);
		for (let now = START; now < START + 60 * SECOND; now += SECOND) {
			waiter.entries(now);
			expect(waiter.isDead(undefined, now)).toBe(false);
		}
	});
});

describe('a waiter', () => {
	const HELD = 1;
	const SEEN = 2;

	it('looks once a second whether the lock changes hands', () => {
		const waiter = new DeadHolder(START);
		const asked = [0, 999, 1_000].map((ms) => waiter.entries(START + ms));
		expect(asked).toEqual([[HELD], [HELD], [HELD, SEEN]]);
		waiter.isDead(new Set(), START + 1_000);
		const again = [1_001, 1_999, 2_000].map((ms) => waiter.entries(START + ms));
		expect(again).toEqual([[HELD], [HELD], [HELD, SEEN]]);
	});

	it('draws a ticket when the record has been the same for ten seconds from its first look on', () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const waiter = new DeadHolder(START);
		expect(waiter.entries(START + 11 * SECOND - 1)).toEqual([HELD, SEEN]);
		expect(waiter.entries(START + 11 * SECOND)).toEqual([HELD, SEEN, 2_000 * (START + 11_000)]);
	});

	it('with the highest ticket takes nothing over when the lock changes hands after all', () => {
		const waiter = new DeadHolder(START);
		const drawn = START + 20 * SECOND;
		const [, , ticket = 0] = waiter.entries(drawn);
		expect(waiter.isDead(new Set([ticket]), drawn)).toBe(false);
		const next = drawn + SECOND;
		expect(waiter.entries(next)).toEqual([HELD, SEEN, ticket, ticket + 1]);
		expect(waiter.isDead(new Set([SEEN, ticket, ticket + 1]), next)).toBe(false);
		expect(waiter.entries(next + SECOND)).toEqual([HELD, SEEN]);
	});
});
