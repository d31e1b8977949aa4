import { setImmediate as macrotask } from 'node:timers/promises';

import { SentKeys } from '../../../nodes/GenesysCloud/delivery/sentKeys';
import { STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from '../support/clock';
import { messageOf, sent } from '../support/delivery';
import { MemoryStore } from '../support/memoryStore';

const withKeys = (...keys: string[]) => messageOf([sent()], { keys });
const A = withKeys('a');
const ACCEPTED = { state: 'accepted', receipt: { id: 'm-1' } } as const;
const REFUSED = { state: 'refused' } as const;
const UNKNOWN = { state: 'unknown', doubt: {} } as const;
const textWith = (part: string): unknown => expect.stringContaining(part);

function sentKeys(store = new MemoryStore()) {
	const clock = new FakeClock();
	const notStored = jest.fn();
	return { store, clock, notStored, keys: new SentKeys(store, clock, notStored) };
}

describe('SentKeys', () => {
	it.each([
		['accepted', ACCEPTED, { a: 'sent' }, { state: 'sent' }],
		['refused', REFUSED, {}, { state: 'new' }],
		['unknown', UNKNOWN, { a: 'inDoubt' }, { state: 'inDoubt', doubt: {} }],
	] as const)('keeps the key of a message that was %s', async (_end, end, stored, later) => {
		const { keys, store } = sentKeys();
		expect(await keys.begin(A)).toEqual({ state: 'new' });
		expect(store.all).toEqual({ a: 'inDoubt' });
		await keys.end(A, end);
		expect(store.all).toEqual(stored);
		expect(await keys.begin(A)).toEqual(later);
	});

	it('tells a later execution what an earlier one left', async () => {
		const { keys, store } = sentKeys();
		await keys.begin(A);
		expect(await sentKeys(store).keys.begin(A)).toEqual({ state: 'inDoubt', doubt: {} });
		await keys.end(A, ACCEPTED);
		expect(await sentKeys(store).keys.begin(A)).toEqual({ state: 'sent' });
	});

	it('asks the store once for a key that was sent', async () => {
		const { keys, store } = sentKeys(new MemoryStore({ a: 'sent' }));
		expect(await keys.begin(A)).toEqual({ state: 'sent' });
		expect(await keys.begin(A)).toEqual({ state: 'sent' });
		expect(store.calls).toEqual(['claim a']);
	});

	it('does not ask the store for a key that was sent in this run', async () => {
		const { keys, store } = sentKeys();
		await keys.begin(A);
		await keys.end(A, ACCEPTED);
		expect(await keys.begin(A)).toEqual({ state: 'sent' });
		expect(store.calls).toEqual(['claim a', 'accept a']);
	});

	it('has nothing to do with a message without a key', async () => {
		const { keys, store } = sentKeys();
		expect(await keys.begin(withKeys())).toEqual({ state: 'new' });
		await keys.end(withKeys(), ACCEPTED);
		expect(store.calls).toEqual([]);
	});

	it.each([
		[ACCEPTED, 'sent'],
		[REFUSED, 'new'],
		[UNKNOWN, 'inDoubt'],
	] as const)('awaits the same key in flight: %j', async (end, state) => {
		const { keys } = sentKeys();
		await keys.begin(A);
		let second: string | undefined;
		const waiting = keys.begin(A).then((known) => (second = known.state));
		await macrotask();
		expect(second).toBeUndefined();
		await keys.end(A, end);
		expect(await waiting).toBe(state);
	});

	it('lets one of many go on when the first was not sent', async () => {
		const { keys } = sentKeys();
		await keys.begin(A);
		const states: string[] = [];
		const waiting = [1, 2, 3].map(async () => {
			const { state } = await keys.begin(A);
			states.push(state);
			if (state === 'new') await keys.end(A, ACCEPTED);
		});
		await keys.end(A, REFUSED);
		await Promise.all(waiting);
		expect(states.sort()).toEqual(['new', 'sent', 'sent']);
	});

	it('passes on that the store is away, and does not block the key', async () => {
		const { keys, store } = sentKeys();
		store.isBroken = true;
		expect(await keys.begin(A)).toMatchObject({
			state: 'unavailable',
			failure: {
				reason: 'keyStore',
				delivered: 'no',
				input: { message: textWith('store is away') },
			},
		});
		store.isBroken = false;
		expect(await keys.begin(A)).toEqual({ state: 'new' });
	});

	it.each([ACCEPTED, REFUSED])('tells when an end cannot be stored: %j', async (end) => {
		const { keys, store, notStored } = sentKeys();
		await keys.begin(A);
		store.isBroken = true;
		await keys.end(A, end);
		expect(notStored).toHaveBeenCalledWith(new Error('store is away'));
		expect(store.all).toEqual({ a: 'inDoubt' });
	});
});

describe('a message with two keys', () => {
	const BOTH = withKeys('a', 'b');

	it('was sent when one of them was, and leaves the other as it was', async () => {
		for (const state of ['new', 'inDoubt'] as const) {
			const left = { b: 'sent', ...(state === 'inDoubt' && { a: state }) } as const;
			const { keys, store } = sentKeys(new MemoryStore(left));
			expect(await keys.begin(BOTH)).toEqual({ state: 'sent' });
			expect(store.all).toEqual(left);
		}
	});

	it('is in doubt when one of them is, and ends with both', async () => {
		const { keys, store } = sentKeys(new MemoryStore({ b: 'inDoubt' }));
		expect(await keys.begin(BOTH)).toEqual({ state: 'inDoubt', doubt: {} });
		await keys.end(BOTH, ACCEPTED);
		expect(store.all).toEqual({ a: 'sent', b: 'sent' });
	});
});

describe('a key that a message gets while it waits', () => {
	const late = messageOf([sent()], { lateKeys: () => ['late'] });

	it.each([
		[ACCEPTED, {}, { late: 'sent' }, ['claim late', 'accept late']],
		[ACCEPTED, { late: 'sent' }, { late: 'sent' }, ['claim late']],
		[ACCEPTED, { late: 'inDoubt' }, { late: 'sent' }, ['claim late', 'accept late']],
		[REFUSED, {}, {}, []],
		[UNKNOWN, {}, { late: 'inDoubt' }, ['claim late']],
		[UNKNOWN, { late: 'sent' }, { late: 'sent' }, ['claim late']],
	] as const)('is stored with the end: %j on %j', async (end, left, stored, calls) => {
		const { keys, store } = sentKeys(new MemoryStore(left));
		expect(await keys.begin(late)).toEqual({ state: 'new' });
		await keys.end(late, end);
		expect(store.all).toEqual(stored);
		expect(store.calls).toEqual(calls);
	});

	it('is told when it cannot be stored', async () => {
		const { keys, store, notStored } = sentKeys();
		store.isBroken = true;
		await keys.end(late, ACCEPTED);
		expect(notStored).toHaveBeenCalledWith(new Error('store is away'));
	});
});

describe('a database that hangs', () => {
	/** A store whose calls wait until they are let go. */
	function hanging(store?: MemoryStore) {
		const world = sentKeys(store);
		let letGo: () => void = () => undefined;
		const hang = () => {
			world.store.delay = new Promise((resolve) => (letGo = resolve));
		};
		return { ...world, hang, letGo: () => letGo() };
	}

	it.each([
		[{}, {}],
		[{ a: 'inDoubt' }, { a: 'inDoubt' }],
		[{ a: 'sent' }, { a: 'sent' }],
	] as const)('is given up after a minute, and leaves %j as it was', async (before, after) => {
		const { keys, store, clock, hang, letGo } = hanging(new MemoryStore(before));
		hang();
		const known = keys.begin(A);
		await macrotask();
		expect(clock.limits).toEqual([60_000]);
		clock.cut();
		expect(await known).toMatchObject({
			state: 'unavailable',
			failure: {
				reason: 'keyStore',
				delivered: 'no',
				input: { message: textWith('did not answer in time') },
			},
		});
		letGo();
		await macrotask();
		expect(store.all).toEqual(after);
	});

	it('holds up nobody who stops', async () => {
		const { keys, clock, hang } = hanging();
		hang();
		const known = keys.begin(A);
		await macrotask();
		clock.isStopped = true;
		clock.cut();
		expect(await known).toEqual({ state: 'unavailable', failure: STOPPED });
	});

	it('is waited for at the end', async () => {
		const { keys, hang, letGo } = hanging();
		await keys.begin(A);
		hang();
		let hasEnded = false;
		const ending = keys.end(A, ACCEPTED).then(() => (hasEnded = true));
		await macrotask();
		expect(hasEnded).toBe(false);
		letGo();
		expect(await ending).toBe(true);
	});

	it('is told an end after Stop, too, but nobody waits for it', async () => {
		const { keys, store, clock, hang, letGo } = hanging();
		await keys.begin(A);
		hang();
		clock.isStopped = true;
		await keys.end(A, ACCEPTED);
		expect(store.all).toEqual({ a: 'inDoubt' });
		letGo();
		await macrotask();
		expect(store.all).toEqual({ a: 'sent' });
	});
});
