import { Differ } from '../../../nodes/GenesysCloud/events/differ';
import type { Fact, Sighting } from '../../../nodes/GenesysCloud/events/types';

const SINCE = 1_000_000;
const MINUTE = 60_000;
const LIVE = { topic: 't', source: 'live' } as const;

const snapshot = (facts: Fact[], changes: Partial<Sighting> = {}): Sighting => ({
	kind: 'snapshot',
	conversationId: 'c1',
	ended: false,
	facts,
	...changes,
});

const ids = (facts: readonly Fact[]) => facts.map(({ id }) => id);

describe('what is new in a conversation', () => {
	it('is each fact once, in whatever order the conversation is sent again', () => {
		const differ = new Differ(() => SINCE);
		const [a, b, c] = ['a', 'b', 'c'].map((id) => ({ id, time: SINCE })) as [Fact, Fact, Fact];
		expect(ids(differ.news(snapshot([a]), LIVE, SINCE))).toEqual(['a']);
		expect(ids(differ.news(snapshot([a, b, c]), LIVE, SINCE))).toEqual(['b', 'c']);
		expect(differ.news(snapshot([a, b]), LIVE, SINCE)).toEqual([]);
		expect(differ.news(snapshot([a, b, c]), { ...LIVE, source: 'recovered' }, SINCE)).toEqual([]);
	});

	it('on first sight is only what happened since the start', () => {
		const differ = new Differ(() => SINCE);
		const facts = [
			{ id: 'old', time: SINCE - 1 },
			{ id: 'new', time: SINCE },
		];
		expect(ids(differ.news(snapshot(facts), LIVE, SINCE))).toEqual(['new']);
		expect(ids(differ.news(snapshot([...facts, { id: 'newer' }]), LIVE, SINCE))).toEqual(['newer']);
	});

	it.each([
		['live', ['timeless']],
		['recovered', []],
	] as const)('without a time is new on first sight when it comes %s: %j', (source, expected) => {
		const news = new Differ(() => SINCE).news(
			snapshot([{ id: 'timeless' }]),
			{ topic: 't', source },
			SINCE,
		);
		expect(ids(news)).toEqual(expected);
	});

	it('is all of an occurrence', () => {
		const differ = new Differ(() => SINCE);
		const occurrence = snapshot([{ id: 'a', time: 0 }], { kind: 'occurrence' });
		expect(ids(differ.news(occurrence, LIVE, SINCE))).toEqual(['a']);
		expect(differ.size).toBe(0);
	});

	it('is remembered for 73 hours after the end, as customers come back', () => {
		const differ = new Differ(() => SINCE);
		const other = (now: number) => differ.news(snapshot([], { conversationId: 'c2' }), LIVE, now);
		differ.news(snapshot([], { ended: true }), LIVE, SINCE);
		other(SINCE + 72 * 60 * MINUTE);
		expect(differ.size).toBe(2);
		other(SINCE + 74 * 60 * MINUTE);
		expect(differ.size).toBe(1);
	});

	it('is remembered of a conversation that went on after its end', () => {
		const differ = new Differ(() => SINCE);
		const see = (ended: boolean, now: number) =>
			differ.news(snapshot([{ id: 'a', time: SINCE }], { ended }), LIVE, now);
		see(true, SINCE);
		see(false, SINCE + MINUTE);
		expect(see(false, SINCE + 100 * 60 * MINUTE)).toEqual([]);
		expect(differ.open()).toHaveLength(1);
	});

	it('is remembered of 10,000 conversations, the latest ones', () => {
		const differ = new Differ(() => SINCE);
		const see = (conversationId: string) =>
			differ.news(snapshot([{ id: 'a', time: SINCE }], { conversationId }), LIVE, SINCE);
		for (let n = 0; n < 10_000; n++) see(`c${n}`);
		see('c0');
		see('another');
		expect(differ.size).toBe(10_000);
		expect(see('c0')).toEqual([]);
		expect(see('c1')).toHaveLength(1);
	});

	it('names the open conversations, the latest first', () => {
		const differ = new Differ(() => SINCE);
		for (const conversationId of ['c1', 'c2', 'c3']) {
			differ.news(snapshot([], { conversationId, ended: conversationId === 'c2' }), LIVE, SINCE);
		}
		expect(differ.open()).toEqual([
			{ topic: 't', conversationId: 'c3' },
			{ topic: 't', conversationId: 'c1' },
		]);
	});
});
