import { deliverAll } from '../../../nodes/GenesysCloud/delivery/deliverAll';
import { SendOnce } from '../../../nodes/GenesysCloud/delivery/sendOnce';
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
import { IN_DOUBT, MemoryStore } from '../support/memoryStore';

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
