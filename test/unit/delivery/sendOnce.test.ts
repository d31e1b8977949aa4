import { deliverAll } from '../../../nodes/GenesysCloud/delivery/deliverAll';
import { SendOnce, type KeyStore } from '../../../nodes/GenesysCloud/delivery/sendOnce';
import {
	AMBIGUOUS,
	batchOf,
	failed,
	failure,
	FINAL,
	RETRY,
	sent,
	STOPPED,
	type TestAttempt,
	type TestMessage,
} from '../support/delivery';

/** A store whose keys outlive the run. */
class MemoryStore implements KeyStore {
	readonly keys: Set<string>;
	broken = false;

	constructor(...keys: string[]) {
		this.keys = new Set(keys);
	}

	async add(key: string): Promise<boolean> {
		await Promise.resolve();
		if (this.broken) throw new Error('store is away');
		const isNew = !this.keys.has(key);
		this.keys.add(key);
		return isNew;
	}

	async remove(key: string): Promise<void> {
		await Promise.resolve();
		if (this.broken) throw new Error('store is away');
		this.keys.delete(key);
	}
}

/** What the store holds of a message that is in flight, or whose end nobody knows. */
const IN_DOUBT = ['a\u0000?', 'a'];

describe('SendOnce', () => {
	it('sends a new key and keeps it after it was sent', async () => {
		const store = new MemoryStore();
		const once = new SendOnce(store);
		expect(await once.begin('a')).toBe('new');
		await once.end('a', true);
		expect(store.keys).toEqual(new Set(['a']));
		expect(await new SendOnce(store).begin('a')).toBe('sent');
	});

	it('skips a key that an earlier execution sent', async () => {
		const store = new MemoryStore('a');
		const once = new SendOnce(store);
		expect(await once.begin('a')).toBe('sent');
		expect(await once.begin('a')).toBe('sent');
		expect(store.keys).toEqual(new Set(['a']));
	});

	it('asks the store once for a key that was sent', async () => {
		const store = new MemoryStore();
		const add = jest.spyOn(store, 'add');
		const once = new SendOnce(store);
		await once.begin('a');
		await once.end('a', true);
		expect(await once.begin('a')).toBe('sent');
		expect(add.mock.calls).toEqual([['a\u0000?'], ['a']]);
	});

	it('forgets a key whose message was not sent', async () => {
		const store = new MemoryStore();
		const once = new SendOnce(store);
		await once.begin('a');
		await once.end('a', false);
		expect(store.keys).toEqual(new Set());
		expect(await once.begin('a')).toBe('new');
	});

	it.each([true, false])('awaits the same key in flight, sent: %s', async (accepted) => {
		const once = new SendOnce(new MemoryStore());
		await once.begin('a');
		let second: string | undefined;
		const waiting = once.begin('a').then((answer) => (second = answer));
		await new Promise((resolve) => setImmediate(resolve));
		expect(second).toBeUndefined();
		await once.end('a', accepted);
		expect(await waiting).toBe(accepted ? 'sent' : 'new');
	});

	it('lets one of many go on when the first was not sent', async () => {
		const once = new SendOnce(new MemoryStore());
		await once.begin('a');
		const answers: string[] = [];
		const waiting = [1, 2, 3].map(async () => {
			const answer = await once.begin('a');
			answers.push(answer);
			if (answer === 'new') await once.end('a', true);
		});
		await once.end('a', false);
		await Promise.all(waiting);
		expect(answers.sort()).toEqual(['new', 'sent', 'sent']);
	});

	it('lets nobody go on before the store has forgotten a key that was not sent', async () => {
		const store = new MemoryStore();
		const once = new SendOnce(store);
		await once.begin('a');
		const waiting = once.begin('a');
		const remove = store.remove.bind(store);
		store.remove = async (key) => {
			for (let turn = 0; turn < 10; turn++) await Promise.resolve();
			await remove(key);
		};
		await once.end('a', false);
		expect(await waiting).toBe('new');
	});

	it('passes on that the store is away, and does not block the key', async () => {
		const store = new MemoryStore();
		store.broken = true;
		const once = new SendOnce(store);
		await expect(once.begin('a')).rejects.toThrow('store is away');
		store.broken = false;
		expect(await once.begin('a')).toBe('new');
	});
});

describe('SendOnce after an execution that never learned the end of a message', () => {
	it.each([
		['killed', undefined],
		['without an answer', 'unknown'],
	] as const)('tells that the message may have been sent: %s', async (_how, accepted) => {
		const store = new MemoryStore();
		const first = new SendOnce(store);
		await first.begin('a');
		if (accepted !== undefined) await first.end('a', accepted);
		expect([...store.keys]).toEqual(IN_DOUBT);
		const second = new SendOnce(store);
		expect(await second.begin('a')).toBe('unknown');
		await second.end('a', 'unknown');
		expect(await second.begin('a')).toBe('unknown');
	});

	it('tells it to a twin of the same execution', async () => {
		const once = new SendOnce(new MemoryStore());
		await once.begin('a');
		const twin = once.begin('a');
		await once.end('a', 'unknown');
		expect(await twin).toBe('unknown');
	});

	it('has no doubt any more once the message was sent', async () => {
		const store = new MemoryStore();
		await new SendOnce(store).begin('a');
		const once = new SendOnce(store);
		await once.begin('a');
		await once.end('a', true);
		expect(await new SendOnce(store).begin('a')).toBe('sent');
		expect(store.keys).toEqual(new Set(['a']));
	});
});

describe('deliverAll with Send Once Keys', () => {
	const withKeys = (plans: readonly [TestAttempt, ...TestAttempt[]][], keys: string[]) => {
		const built = batchOf(plans);
		const prepare = (index: number): TestMessage => ({
			...(built.batch.prepare(index) as TestMessage),
			...(keys[index] !== undefined && { onceKey: keys[index] }),
		});
		return { ...built, batch: { ...built.batch, prepare } };
	};

	it('sends a key once in a run', async () => {
		const { batch, calls, outcomes } = withKeys([[sent()], [sent()], [sent()]], ['a', 'b', 'a']);
		const sendOnce = new SendOnce(new MemoryStore());
		await deliverAll({ ...batch, concurrency: 3, sendOnce });
		expect(calls).toEqual([0, 1]);
		expect(outcomes.map((outcome) => outcome?.status)).toEqual(['sent', 'sent', 'alreadySent']);
	});

	it('sends a message without a key as ever', async () => {
		const { batch, calls } = withKeys([[sent()]], []);
		const store = new MemoryStore();
		await deliverAll({ ...batch, sendOnce: new SendOnce(store) });
		expect(calls).toEqual([0]);
		expect(store.keys).toEqual(new Set());
	});

	it('sends a message whose key nobody asked to keep', async () => {
		const { batch, outcomes } = withKeys([[sent()]], ['a']);
		await deliverAll(batch);
		expect(outcomes).toMatchObject([{ status: 'sent' }]);
	});

	it('makes no call for a key that an earlier execution sent', async () => {
		const { batch, calls, outcomes, store } = withKeys([[sent()]], ['a']);
		await deliverAll({ ...batch, sendOnce: new SendOnce(new MemoryStore('a')) });
		expect(calls).toEqual([]);
		expect(outcomes[0]).not.toHaveProperty('receipt');
		expect(store).toEqual({});
	});

	it('makes no call when the key cannot be looked up', async () => {
		const { batch, calls, outcomes } = withKeys([[sent()]], ['a']);
		const store = new MemoryStore();
		store.broken = true;
		await deliverAll({ ...batch, sendOnce: new SendOnce(store) });
		expect(calls).toEqual([]);
		const keyNotChecked = failure({ reason: 'keyNotChecked', transient: false });
		expect(outcomes).toEqual([{ status: 'failed', failure: keyNotChecked, attempts: 0 }]);
	});

	it('says so when the key of a sent message cannot be stored', async () => {
		const { batch, outcomes } = withKeys([[sent()]], ['a']);
		const store = new MemoryStore();
		const keyNotStored = jest.fn();
		const prepare = (index: number) => {
			const message = batch.prepare(index);
			const send = async () => {
				store.broken = true;
				return await message.send();
			};
			return { ...message, send };
		};
		const sendOnce = new SendOnce(store);
		await deliverAll({ ...batch, prepare, keyNotStored, sendOnce });
		expect(keyNotStored).toHaveBeenCalledWith(new Error('store is away'));
		expect(outcomes).toMatchObject([{ status: 'sent' }]);
	});

	it.each([
		['certainly not sent', FINAL, 'fail', []],
		['certainly not sent', FINAL, 'retry', []],
		['perhaps sent, at least once', AMBIGUOUS, 'retry', IN_DOUBT],
		['perhaps sent, at most once', AMBIGUOUS, 'fail', IN_DOUBT],
	] as const)('a message %s: the store keeps the right keys', async (...row) => {
		const [, outcome, uncertain, keys] = row;
		const { batch } = withKeys([[failed(outcome)]], ['a']);
		const store = new MemoryStore();
		const sendOnce = new SendOnce(store);
		await deliverAll({ ...batch, retry: { ...RETRY, uncertain, maxAttempts: 1 }, sendOnce });
		expect([...store.keys]).toEqual(keys);
	});

	/** A store that an execution left when it was killed with the message of key `a` in flight. */
	const storeInDoubt = async () => {
		const store = new MemoryStore();
		await new SendOnce(store).begin('a');
		return store;
	};

	it('reports a message that an earlier execution may have sent, at most once', async () => {
		const { batch, calls, outcomes } = withKeys([[sent()]], ['a']);
		const store = await storeInDoubt();
		const retry = { ...RETRY, uncertain: 'fail' } as const;
		await deliverAll({ ...batch, retry, sendOnce: new SendOnce(store) });
		expect(calls).toEqual([]);
		expect(outcomes).toMatchObject([
			{ status: 'failed', failure: { delivered: 'unknown' }, attempts: 0 },
		]);
		expect([...store.keys]).toEqual(IN_DOUBT);
	});

	it('sends a message that an earlier execution may have sent, at least once', async () => {
		const { batch, outcomes } = withKeys([[sent()]], ['a']);
		const store = await storeInDoubt();
		await deliverAll({ ...batch, sendOnce: new SendOnce(store) });
		expect(outcomes).toMatchObject([{ status: 'sent' }]);
		expect([...store.keys]).toEqual(['a']);
	});

	it.each([
		['refused', failed(FINAL), [{ status: 'failed', failure: { delivered: 'unknown' } }]],
		['stopped before its call', STOPPED, []],
	])('keeps the doubt of such a message that is %s now', async (_what, end, expected) => {
		const { batch, outcomes, store: ledger } = withKeys([[end]], ['a']);
		const store = await storeInDoubt();
		await deliverAll({ ...batch, sendOnce: new SendOnce(store) });
		expect(outcomes).toMatchObject(expected);
		expect([...store.keys]).toEqual(IN_DOUBT);
		expect(Object.values(ledger)).toEqual([expect.stringMatching(/^\?/)]);
	});

	it('keeps no key of a message that was stopped before its call', async () => {
		const { batch } = withKeys([[STOPPED]], ['a']);
		const store = new MemoryStore();
		await deliverAll({ ...batch, sendOnce: new SendOnce(store) });
		expect([...store.keys]).toEqual([]);
	});
});
