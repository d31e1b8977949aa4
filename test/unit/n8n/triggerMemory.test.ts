import type { IDataObject } from 'n8n-workflow';

import { TriggerMemory } from '../../../nodes/GenesysCloud/n8n/triggerMemory';

const NOW = 1_800_000_000_000;
const MINUTE = 60_000;
const key = (n: number) => n.toString(16).padStart(64, '0').split('').reverse().join('');

describe('what a trigger remembers over a restart', () => {
	it('is up to when it received events, with an overlap, and which it told', () => {
		const store: IDataObject = {};
		const first = new TriggerMemory(store, 'a', true, NOW);
		expect(first.since).toBeUndefined();
		first.add(key(1));
		first.receivedUntil(NOW + MINUTE);
		const second = new TriggerMemory({ ...store }, 'a', true, NOW + 60 * MINUTE);
		expect(second.since).toBe(NOW + MINUTE - 2 * MINUTE);
		expect([second.has(key(1)), second.has(key(2))]).toEqual([true, false]);
	});

	it('is nothing of before it counted at all, by the time of Genesys Cloud', () => {
		const store: IDataObject = {};
		const first = new TriggerMemory(store, 'a', false, NOW);
		first.begins(NOW + 7 * MINUTE);
		expect(new TriggerMemory({ ...store }, 'a', true, NOW).since).toBe(NOW + 7 * MINUTE);
		first.receivedUntil(NOW + 8 * MINUTE);
		expect(new TriggerMemory({ ...store }, 'a', true, NOW).since).toBe(NOW + 7 * MINUTE);
		first.receivedUntil(NOW + 10 * MINUTE);
		const second = new TriggerMemory({ ...store }, 'a', true, NOW);
		expect(second.since).toBe(NOW + 8 * MINUTE);
	});

	it('keeps that from restart to restart, until a person publishes it again', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, 'a', false, NOW).begins(NOW);
		new TriggerMemory(store, 'a', true, NOW + MINUTE).begins(NOW + MINUTE);
		expect(store).toMatchObject({ from: NOW, lastLiveAt: NOW });
		const published = new TriggerMemory(store, 'a', false, NOW + 2 * MINUTE);
		expect(store.from).toBeUndefined();
		published.begins(NOW + 3 * MINUTE);
		expect(store).toMatchObject({ from: NOW + 3 * MINUTE, lastLiveAt: NOW + 3 * MINUTE });
	});

	it('is read of an older shape too', () => {
		const store: IDataObject = { v: 1, of: 'a', lastLiveAt: NOW, seen: key(1).slice(0, 12) };
		const memory = new TriggerMemory(store, 'a', true, NOW + MINUTE);
		expect(memory.since).toBe(NOW - 2 * MINUTE);
		expect(memory.has(key(1))).toBe(true);
	});

	it('is only what it told when a person has just published it', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, 'a', true, NOW).add(key(1));
		const second = new TriggerMemory(store, 'a', false, NOW + MINUTE);
		expect(second.since).toBeUndefined();
		expect(second.has(key(1))).toBe(true);
	});

	it('is nothing when it listens to something else', () => {
		const store: IDataObject = {};
		new TriggerMemory(store, 'a', true, NOW).add(key(1));
		const second = new TriggerMemory(store, 'b', true, NOW + MINUTE);
		expect([second.since, second.has(key(1))]).toEqual([undefined, false]);
	});

	it.each<[string, IDataObject]>([
		['of another version', { v: 2, of: 'a', lastLiveAt: NOW - MINUTE, seen: '' }],
		['that is broken', { v: 1, of: 'a', lastLiveAt: 'x', seen: 7 }],
		['that holds no key', { v: 2, of: 'a', lastLiveAt: NOW, seen: 'zz' }],
	])('does not use what is stored %s', (_what, store) => {
		expect(new TriggerMemory(store, 'a', true, NOW).since).toBeUndefined();
		expect(store).toEqual({ v: 1, of: 'a', lastLiveAt: NOW, seen: '' });
	});

	it('is the last 2,000 events, in less than 25 kB', () => {
		const store: IDataObject = {};
		const memory = new TriggerMemory(store, 'a', true, NOW);
		for (let n = 0; n < 2_001; n++) memory.add(key(n));
		expect([memory.has(key(0)), memory.has(key(1)), memory.has(key(2_000))]).toEqual([
			false,
			true,
			true,
		]);
		expect(JSON.stringify(store).length).toBeLessThan(25_000);
		expect(new TriggerMemory(store, 'a', true, NOW + 1).has(key(1))).toBe(true);
	});
});
