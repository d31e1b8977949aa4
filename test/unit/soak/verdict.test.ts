import type { Objects, Sample, Tally } from '../../soak/types';
import { judge } from '../../soak/verdict';

const options = { batches: 20, executions: 20, items: 500, burstSeconds: 60, full: true };
const good: Tally = {
	...{ contacts: 200_000, doubled: 0, wrong: 0, tokenRequests: 9, connections: 9, maxInFlight: 9 },
	statuses: { 200: 200_000, 401: 3, 429: 5, 503: 9, aborted: 4 },
};

/** Samples whose heap rises by some bytes for each 1,000 messages after the first quarter. */
function samples(rise: number, descriptors = () => 30): Sample[] {
	return Array.from({ length: 20 }, (_value, batch) => {
		const messages = (batch + 1) * 10_000;
		const warmUp = batch < 5 ? batch * 1_000_000 : 5_000_000;
		const heapUsed = 50_000_000 + warmUp + (rise * messages) / 1000;
		return { messages, ms: 9_000, heapUsed, rss: 2e8, descriptors: descriptors(), resources: {} };
	});
}

function missed(taken: Sample[], left: Objects = {}, tally = good): string[] {
	const rows = judge(options, taken, left, tally);
	return rows.filter(({ met }) => met === false).map(({ measure }) => measure);
}

describe('the verdict of a soak run', () => {
	it('is good when nothing is kept', () => {
		expect(missed(samples(0), { TokenPool: 1, RateLimitWindow: 8, Ledger: 0 })).toEqual([]);
		expect(missed(samples(19_000))).toEqual([]);
	});

	it('is bad when the heap rises', () => {
		expect(missed(samples(21_000))).toEqual(['heap after collection: rise for 1,000 messages']);
	});

	it('is bad when descriptors stay open', () => {
		let open = 30;
		expect(missed(samples(0, () => open++))).toEqual(['more open file descriptors']);
	});

	it('is bad when objects of an execution are kept', () => {
		expect(missed(samples(0), { WaitMeter: 200, RateLimitWindow: 9 })).toEqual([
			'WaitMeter objects alive after the last batch',
			'RateLimitWindow objects alive after the last batch',
		]);
	});

	it('only tells of objects that are not the own', () => {
		expect(missed(samples(0), { AbortSignal: 7, Promise: 90 })).toEqual([]);
	});

	it.each<[Partial<Tally>, string]>([
		[{ contacts: 199_999 }, 'customers who got their message'],
		[{ doubled: 1 }, 'messages that arrived twice'],
		[{ wrong: 1 }, 'messages with a wrong text'],
		[{ tokenRequests: 4 }, 'access tokens fetched'],
		[{ statuses: { ...good.statuses, 429: 0 } }, 'calls refused for their rate (429)'],
	])('is bad when the simulator saw %j', (seen, line) => {
		expect(missed(samples(0), {}, { ...good, ...seen })).toEqual([line]);
	});
});
