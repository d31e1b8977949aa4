import type { IDataObject } from 'n8n-workflow';

import { StaticData, TriggerMemory } from '../../../nodes/GenesysCloud/n8n/triggerMemory';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const A = new Map([['t', 'a']]);
/** Whose first twelve characters are kept. */
const key = (n: number) => n.toString(16).padStart(12, '0').padEnd(64, 'f');
const kept = (n: number) => key(n).slice(0, 12);

describe("n8n's static data of a trigger", () => {
	const OWNER = 'workflow node';

	/** What a start of the trigger finds after an earlier one. */
	function found(earlier: IDataObject, store: IDataObject) {
		const data = new StaticData();
		data.of(OWNER, earlier);
		return data.of(OWNER, store);
	}

	it('is its own at the first start', () => {
		expect(new StaticData().of(OWNER, { lastLiveAt: 5 })).toEqual({ lastLiveAt: 5 });
	});

	it.each<[string, IDataObject, IDataObject, unknown]>([
		['newer', { lastLiveAt: 20, seen: 'process' }, { lastLiveAt: 10, seen: 'n8n' }, 'process'],
		['as new', { lastLiveAt: 10, seen: 'process' }, { lastLiveAt: 10, seen: 'n8n' }, 'process'],
		['older', { lastLiveAt: 10, seen: 'process' }, { lastLiveAt: 20, seen: 'n8n' }, 'n8n'],
		['beside nothing', { lastLiveAt: 10, seen: 'process' }, {}, 'process'],
		['without a time', { seen: 'process' }, { lastLiveAt: 10, seen: 'n8n' }, 'n8n'],
		['without a time, as the other', { seen: 'process' }, { seen: 'n8n' }, 'process'],
		[
			'with a time that is none',
			{ lastLiveAt: '20', seen: 'process' },
			{ lastLiveAt: 10, seen: 'n8n' },
			'n8n',
		],
	])('of this process counts where it is %s', (_what, earlier, store, seen) => {
		expect(found(earlier, store).seen).toBe(seen);
	});

	it('belongs to a trigger that is off when it ended more than ten minutes ago', () => {
		const data = new StaticData();
		const store = data.of(OWNER, {});
		data.end(OWNER, store, NOW);
		expect(data.wasOff(OWNER, NOW + 10 * MINUTE)).toBe(false);
		expect(data.wasOff(OWNER, NOW + 10 * MINUTE + 1)).toBe(true);
		data.of(OWNER, {});
		expect(data.wasOff(OWNER, NOW + 60 * MINUTE)).toBe(false);
	});

	it('is not that of a trigger that is off when a late end is of an earlier start', () => {
		const data = new StaticData();
		const earlier = data.of(OWNER, {});
		data.of(OWNER, {});
		data.end(OWNER, earlier, NOW);
		expect(data.wasOff(OWNER, NOW + 60 * MINUTE)).toBe(false);
	});
});

describe('what a trigger reads of its static data', () => {
	const stored = (others: IDataObject): IDataObject => ({
		...{ v: 1, from: { a: NOW }, lastLiveAt: NOW, seen: kept(1) },
		...others,
	});

	it.each<[string, IDataObject, boolean]>([
		['as it was written', {}, true],
		['of another version', { v: 2 }, false],
		['without its time', { lastLiveAt: 'x' }, false],
		['whose keys are no text', { seen: 7 }, false],
	])('tells which events were told where it is %s', (_what, others, isKnown) => {
		const memory = new TriggerMemory(stored(others), A, true, NOW);
		expect(memory.has(key(1))).toBe(isKnown);
	});

	it('is the last 2,000 keys of those that stand there', () => {
		const seen = Array.from({ length: 2_001 }, (_, n) => kept(n)).join('');
		const store = stored({ seen });
		const memory = new TriggerMemory(store, A, true, NOW);
		expect([0, 1, 2_000].map((n) => memory.has(key(n)))).toEqual([false, true, true]);
		expect(store.seen).toBe(seen.slice(12));
	});
});

describe('a trigger that begins to listen', () => {
	it('counts from the first time that it has a connection, not from a later one', () => {
		const store: IDataObject = {};
		const memory = new TriggerMemory(store, A, false, NOW);
		memory.begins(() => NOW + MINUTE);
		memory.begins(() => NOW + 2 * MINUTE);
		expect(store).toMatchObject({ from: { a: NOW + MINUTE }, lastLiveAt: NOW + MINUTE });
	});

	it('has received events up to the earliest time from which it counts', () => {
		const store: IDataObject = {};
		const names = new Map([...A, ['u', 'b']]);
		const memory = new TriggerMemory(store, names, false, NOW);
		memory.begins((topic) => (topic === 't' ? NOW + 2 * MINUTE : NOW + MINUTE));
		expect(store).toMatchObject({
			from: { a: NOW + 2 * MINUTE, b: NOW + MINUTE },
			lastLiveAt: NOW + MINUTE,
		});
	});

	it('keeps up to when it received events before, where it goes on', () => {
		const store: IDataObject = {};
		const first = new TriggerMemory(store, A, false, NOW);
		first.begins(() => NOW);
		first.receivedUntil(NOW + 60 * MINUTE);
		new TriggerMemory(store, A, true, NOW + 90 * MINUTE).begins(() => NOW + 90 * MINUTE);
		expect(store).toMatchObject({ from: { a: NOW + 58 * MINUTE }, lastLiveAt: NOW + 60 * MINUTE });
	});
});
