import { Differ } from '../../../nodes/GenesysCloud/events/differ';
import type { Fact, Sighting, Snapshot } from '../../../nodes/GenesysCloud/events/types';

const SINCE = Date.UTC(2026, 10, 22, 12);
const MINUTE = 60_000;
type Arrival = Parameters<Differ['news']>[1];
const LIVE: Arrival = { topic: 't', source: 'live' };
const RECOVERED: Arrival = { topic: 't', source: 'recovered' };

const newDiffer = () =>
	new Differ(
		() => SINCE,
		() => false,
	);

const snapshot = (facts: Fact[], changes: Partial<Snapshot> = {}): Snapshot => ({
	kind: 'snapshot',
	conversationId: 'c1',
	ended: false,
	facts,
	...changes,
});

const occurrence = (time: number): Sighting => ({
	kind: 'occurrence',
	conversationId: 'c1',
	facts: [{ id: 'a', time }],
});

const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id);

describe('what is new in a conversation', () => {
	it('is each fact once, in whatever order the conversation is sent again', () => {
		const differ = newDiffer();
		const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, time: SINCE })) as [Fact, Fact, Fact];
		expect(ids(differ.news(snapshot([a]), LIVE, SINCE))).toEqual(['a']);
		expect(ids(differ.news(snapshot([a, b, c]), LIVE, SINCE))).toEqual(['b', 'c']);
		expect(differ.news(snapshot([a, b]), LIVE, SINCE)).toEqual([]);
		expect(differ.news(snapshot([a, b, c]), RECOVERED, SINCE)).toEqual([]);
	});

	it('on first sight is only what happened since the start', () => {
		const differ = newDiffer();
		const facts = [
			{ id: 'old', time: SINCE - 1 },
			{ id: 'new', time: SINCE },
		];
		expect(ids(differ.news(snapshot(facts), LIVE, SINCE))).toEqual(['new']);
		expect(ids(differ.news(snapshot([...facts, { id: 'newer' }]), LIVE, SINCE))).toEqual(['newer']);
	});

	it.each([
		['live', undefined, ['timeless']],
		['recovered', undefined, []],
		['recovered', SINCE, []],
	] as const)(
		'without a time is new on first sight when it comes %s, with %j as the latest moment: %j',
		(source, latest, expected) => {
			const timeless = snapshot([{ id: 'timeless' }], { latest });
			expect(ids(newDiffer().news(timeless, { topic: 't', source }, SINCE))).toEqual(expected);
		},
	);

	it('without a time is new in a conversation that was seen without it', () => {
		const differ = newDiffer();
		differ.news(snapshot([]), LIVE, SINCE);
		expect(ids(differ.news(snapshot([{ id: 'timeless' }]), RECOVERED, SINCE))).toEqual([
			'timeless',
		]);
	});

	it('is nothing of an occurrence that is read afterwards: that tells how things are', () => {
		expect(newDiffer().news(occurrence(SINCE), RECOVERED, SINCE)).toEqual([]);
	});

	it('is all of an occurrence', () => {
		const differ = newDiffer();
		expect(ids(differ.news(occurrence(0), LIVE, SINCE))).toEqual(['a']);
		expect(differ.size).toBe(0);
	});

	it('is remembered for 73 hours after the end, as customers come back', () => {
		const differ = newDiffer();
		const other = (now: number) => differ.news(snapshot([], { conversationId: 'c2' }), LIVE, now);
		differ.news(snapshot([], { ended: true }), LIVE, SINCE);
		other(SINCE + 72 * 60 * MINUTE);
		expect(differ.size).toBe(2);
		other(SINCE + 74 * 60 * MINUTE);
		expect(differ.size).toBe(1);
	});

	it('is remembered of a conversation that went on after its end', () => {
		const differ = newDiffer();
		const see = (ended: boolean, now: number) =>
			differ.news(snapshot([{ id: 'a', time: SINCE }], { ended }), LIVE, now);
		see(true, SINCE);
		see(false, SINCE + MINUTE);
		expect(see(false, SINCE + 100 * 60 * MINUTE)).toEqual([]);
		expect(differ.open()).toHaveLength(1);
	});

	describe('of 10,000 conversations, the latest ones,', () => {
		const factsUntil = (n: number): Fact[] =>
			Array.from({ length: n + 1 }, (_, at) => ({ id: `m${at}`, time: SINCE + at }));
		const watching = () => {
			const differ = newDiffer();
			const see = (conversationId: string, facts = factsUntil(0), arrival: Arrival = LIVE) => {
				const latest = Math.max(...facts.map(({ time, change }) => time ?? change?.sentAt ?? 0));
				return ids(differ.news(snapshot(facts, { conversationId, latest }), arrival, latest));
			};
			const seeAll = () => {
				for (let n = 0; n < 10_000; n++) see(`c${n}`);
			};
			return { differ, see, seeAll };
		};
		const full = () => {
			const { differ, see, seeAll } = watching();
			seeAll();
			see('c0');
			see('another');
			return { differ, see };
		};

		it('is remembered; of the others what came later is new', () => {
			const { differ, see } = full();
			expect(differ.size).toBe(10_000);
			expect(see('c0')).toEqual([]);
			expect(see('c1', factsUntil(1))).toEqual(['m1']);
		});

		it('is remembered; of the others what may have been missed is recovered', () => {
			const { see } = full();
			const missedFrom = (time: number): Arrival => ({ ...RECOVERED, missedFrom: time });
			expect(see('c1', factsUntil(1), missedFrom(SINCE + 1))).toEqual(['m1']);
			expect(see('late', factsUntil(1), missedFrom(SINCE))).toEqual(['m0', 'm1']);
		});

		it('is remembered; what was recovered of the others makes nothing old that comes live', () => {
			const { see, seeAll } = watching();
			see('recovered', factsUntil(9), RECOVERED);
			seeAll();
			expect(see('late', factsUntil(1))).toEqual(['m1']);
		});

		it('is remembered; of the others what came late makes nothing old that comes later still', () => {
			const { differ, see, seeAll } = watching();
			const early = snapshot(factsUntil(0), { conversationId: 'early', latest: SINCE });
			differ.news(early, LIVE, SINCE + MINUTE);
			seeAll();
			expect(see('late', factsUntil(1))).toEqual(['m1']);
		});

		it('is remembered; of the others no status of an earlier message is told again', () => {
			const { see } = full();
			const read: Fact = { id: 'm read', change: { sentAt: SINCE, statuses: [], isLast: true } };
			expect(see('c1', [read, { id: 'm1', time: SINCE + 1 }])).toEqual(['m1']);
		});
	});

	it('is nothing from before the start that is shown later', () => {
		const differ = newDiffer();
		differ.news(snapshot([{ id: 'a', time: SINCE }]), LIVE, SINCE);
		const later = [
			{ id: 'old', time: SINCE - 1 },
			{ id: 'new', time: SINCE + 1 },
		];
		expect(ids(differ.news(snapshot(later), LIVE, SINCE))).toEqual(['new']);
	});

	it('names the open conversations, the latest first', () => {
		const differ = newDiffer();
		for (const conversationId of ['c1', 'c2', 'c3']) {
			differ.news(snapshot([], { conversationId, ended: conversationId === 'c2' }), LIVE, SINCE);
		}
		expect(differ.open()).toEqual([
			{ topic: 't', conversationId: 'c3' },
			{ topic: 't', conversationId: 'c1' },
		]);
	});

	it('is of an end nothing when it comes again with another time, until the conversation went on', () => {
		const differ = newDiffer();
		const end = (leftAt?: number) => {
			const fact: Fact = { id: 'ended', time: leftAt, isEnd: true };
			return differ.news(snapshot([fact], { ended: true, leftAt }), LIVE, SINCE);
		};
		expect(end()).toEqual([{ id: 'ended', isEnd: true }]);
		expect(end(SINCE + 1)).toEqual([]);
		differ.news(snapshot([], { latest: SINCE + 1 }), LIVE, SINCE);
		expect(end(SINCE + 2)).toEqual([{ id: `ended after ${SINCE}`, time: SINCE + 2, isEnd: true }]);
	});

	it('is remembered of half a million facts, of the latest conversations', () => {
		const differ = newDiffer();
		const see = (conversationId: string, count: number) => {
			const facts = Array.from({ length: count }, (_, n) => ({ id: `m${n}`, time: SINCE }));
			return differ.news(snapshot(facts, { conversationId }), LIVE, SINCE);
		};
		see('c0', 1);
		for (let n = 1; n <= 5; n++) see(`c${n}`, 100_000);
		expect(differ.size).toBe(6);
		see('c6', 1);
		expect(differ.size).toBe(5);
		expect(see('c6', 1)).toEqual([]);
	});

	it('is remembered of all conversations though one of many messages is sent again and again', () => {
		const differ = newDiffer();
		const facts = Array.from({ length: 100_000 }, (_, n) => ({ id: `m${n}`, time: SINCE }));
		differ.news(snapshot([], { conversationId: 'c0' }), LIVE, SINCE);
		for (let n = 0; n < 6; n++) differ.news(snapshot(facts), LIVE, SINCE);
		expect(differ.size).toBe(2);
	});

	it('is asked for on the topic where a conversation was heard of last', () => {
		const differ = newDiffer();
		differ.news(snapshot([]), LIVE, SINCE);
		differ.news(snapshot([]), { ...LIVE, topic: 'another' }, SINCE);
		expect(differ.open()).toEqual([{ topic: 'another', conversationId: 'c1' }]);
	});
});
