import type { IDataObject } from 'n8n-workflow';

import { TriggerMemory } from '../../../nodes/GenesysCloud/n8n/triggerMemory';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
/** What it listens to: a topic by its name. */
const A = new Map([['t', 'a']]);
const key = (n: number) => n.toString(16).padStart(64, '0').split('').reverse().join('');

describe('what a trigger remembers over a restart', () => {
	it('is up to when it received events, with an overlap, and which it told', () => {
		const store: IDataObject = {};
		const first = new TriggerMemory(store, A, true, NOW);
		expect(first.since('t')).toBeUndefined();
		first.add(key(1));
		first.receivedUntil(NOW + MINUTE);
		const second = new TriggerMemory({ ...store }, A, true, NOW + 60 * MINUTE);
		expect(second.since('t')).toBe(NOW + MINUTE - 2 * MINUTE);
		expect([second.has(key(1)), second.has(key(2))]).toEqual([true, false]);
	});

	it('is nothing of before it counted at all, by the time of Genesys Cloud', () => {
		const store: IDataObject = {};
		const first = new TriggerMemory(store, A, false, NOW);
		first.begins(() => NOW + 7 * MINUTE);
		expect(new TriggerMemory({ ...store }, A, true, NOW).since('t')).toBe(NOW + 7 * MINUTE);
		first.receivedUntil(NOW + 8 * MINUTE);
		expect(new TriggerMemory({ ...store }, A, true, NOW).since('t')).toBe(NOW + 7 * MINUTE);
		first.receivedUntil(NOW + 10 * MINUTE);
		const second = new TriggerMemory({ ...store }, A, true, NOW);
		expect(second.since('t')).toBe(NOW + 8 * MINUTE);
	});

	it('keeps that from restart to restart, until a person publishes it again', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, A, false, NOW).begins(() => NOW);
		new TriggerMemory(store, A, true, NOW + MINUTE).begins(() => NOW + MINUTE);
		expect(store).toMatchObject({ from: { a: NOW }, lastLiveAt: NOW });
		const published = new TriggerMemory(store, A, false, NOW + 2 * MINUTE);
		expect(store.from).toEqual({ a: NOW });
		published.begins(() => NOW + 3 * MINUTE);
		expect(store).toMatchObject({ from: { a: NOW + 3 * MINUTE }, lastLiveAt: NOW + 3 * MINUTE });
	});

	it('is only what it told when a person has just published it', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, A, true, NOW).add(key(1));
		const second = new TriggerMemory(store, A, false, NOW + MINUTE);
		expect(second.since('t')).toBeUndefined();
		expect(second.has(key(1))).toBe(true);
	});

	it('is only what it told when it listens to something else', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, A, true, NOW).add(key(1));
		const second = new TriggerMemory(store, new Map([['t', 'b']]), true, NOW + MINUTE);
		expect([second.since('t'), second.has(key(1))]).toEqual([undefined, true]);
		expect(store).toMatchObject({ from: { b: NOW - MINUTE }, lastLiveAt: NOW + MINUTE });
	});

	it('is up to when it received events of what it goes on to listen to', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, A, false, NOW).begins(() => NOW);
		const added = new Map([...A, ['t2', 'b']]);
		const later = NOW + 60 * MINUTE;
		const second = new TriggerMemory({ ...store }, added, true, later);
		expect(['t', 't2'].map((topic) => second.since(topic))).toEqual([NOW, undefined]);
		const again = { ...store };
		new TriggerMemory(again, added, true, later).begins(() => later);
		expect(again).toMatchObject({ from: { a: NOW, b: later }, lastLiveAt: NOW });
		const third = new TriggerMemory(again, added, true, later + 60 * MINUTE);
		expect(['t', 't2'].map((topic) => third.since(topic))).toEqual([NOW, later]);
	});

	it.each<[string, IDataObject]>([
		['of another version', { v: 2, from: { a: 0 }, lastLiveAt: NOW - MINUTE, seen: '' }],
		['that is broken', { v: 1, from: { a: 0 }, lastLiveAt: 'x', seen: 7 }],
		['that holds no key', { v: 2, from: { a: 0 }, lastLiveAt: NOW, seen: 'zz' }],
	])('does not use what is stored %s', (_what, store) => {
		expect(new TriggerMemory(store, A, true, NOW).since('t')).toBeUndefined();
		expect(store).toEqual({ v: 1, from: { a: NOW - 2 * MINUTE }, lastLiveAt: NOW, seen: '' });
	});

	it('is the last 2,000 events, in less than 25 kB', () => {
		const store: IDataObject = {};
		const memory = new TriggerMemory(store, A, true, NOW);
		for (let n = 0; n < 2_001; n++) memory.add(key(n));
		expect([memory.has(key(0)), memory.has(key(1)), memory.has(key(2_000))]).toEqual([
			false,
			true,
			true,
		]);
		expect(JSON.stringify(store).length).toBeLessThan(25_000);
		expect(new TriggerMemory(store, A, true, NOW + 1).has(key(1))).toBe(true);
	});
});
