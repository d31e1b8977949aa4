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
	broken: 'no' | 'add' | 'always' = 'no';

	constructor(...keys: string[]) {
		this.keys = new Set(keys);
	}

	async has(key: string): Promise<boolean> {
		await Promise.resolve();
		if (this.broken !== 'no') throw new Error('store is away');
		return this.keys.has(key);
	}

	async add(key: string): Promise<boolean> {
		await Promise.resolve();
		if (this.broken !== 'no') throw new Error('store is away');
		const isNew = !this.keys.has(key);
		this.keys.add(key);
		return isNew;
	}

	async remove(key: string): Promise<void> {
		await Promise.resolve();
		if (this.broken === 'always') throw new Error('store is away');
		this.keys.delete(key);
	}
}

const POLICIES = ['retry', 'fail'] as const;

describe.each(POLICIES)('SendOnce with uncertain: %s', (uncertain) => {
	it('sends a new key and keeps it after it was sent', async () => {
		const store = new MemoryStore();
		const once = new SendOnce(store, uncertain);
		expect(await once.begin('a')).toBe('send');
		await once.end('a', true);
		expect(store.keys).toEqual(new Set(['a']));
		expect(await new SendOnce(store, uncertain).begin('a')).toBe('sent');
	});

	it('skips a key that an earlier execution sent', async () => {
		const store = new MemoryStore('a');
		const once = new SendOnce(store, uncertain);
		expect(await once.begin('a')).toBe('sent');
		expect(await once.begin('a')).toBe('sent');
		expect(store.keys).toEqual(new Set(['a']));
	});

	it('forgets a key whose message was not sent', async () => {
		const store = new MemoryStore();
		const once = new SendOnce(store, uncertain);
		await once.begin('a');
		await once.end('a', false);
		expect(store.keys).toEqual(new Set());
		expect(await once.begin('a')).toBe('send');
	});

	it.each([true, false])('awaits the same key in flight, sent: %s', async (accepted) => {
		const once = new SendOnce(new MemoryStore(), uncertain);
		await once.begin('a');
		let second: string | undefined;
		const waiting = once.begin('a').then((answer) => (second = answer));
		await new Promise((resolve) => setImmediate(resolve));
		expect(second).toBeUndefined();
		await once.end('a', accepted);
		expect(await waiting).toBe(accepted ? 'sent' : 'send');
	});

	it('lets one of many go on when the first was not sent', async () => {
		const once = new SendOnce(new MemoryStore(), uncertain);
		await once.begin('a');
		const answers: string[] = [];
		const waiting = [1, 2, 3].map(async () => {
			const answer = await once.begin('a');
			answers.push(answer);
			if (answer === 'send') await once.end('a', true);
		});
		await once.end('a', false);
		await Promise.all(waiting);
		expect(answers.sort()).toEqual(['send', 'sent', 'sent']);
	});

	it('lets nobody go on before the store has forgotten a key that was not sent', async () => {
		const store = new MemoryStore();
		const once = new SendOnce(store, uncertain);
		await once.begin('a');
		const waiting = once.begin('a');
		const remove = store.remove.bind(store);
		store.remove = async (key) => {
			for (let turn = 0; turn < 10; turn++) await Promise.resolve();
			await remove(key);
		};
		await once.end('a', false);
		expect(await waiting).toBe('send');
	});

	it('passes on that the store is away, and does not block the key', async () => {
		const store = new MemoryStore();
		store.broken = 'always';
		const once = new SendOnce(store, uncertain);
		await expect(once.begin('a')).rejects.toThrow('store is away');
		store.broken = 'no';
		expect(await once.begin('a')).toBe('send');
	});
});

describe('SendOnce while a message is in flight', () => {
	it.each([
		['retry', []],
		['fail', ['a']],
	] as const)('with uncertain: %s has stored %j', async (uncertain, keys) => {
		const store = new MemoryStore();
		await new SendOnce(store, uncertain).begin('a');
		expect([...store.keys]).toEqual(keys);
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
		const sendOnce = new SendOnce(new MemoryStore(), 'retry');
		await deliverAll({ ...batch, concurrency: 3, sendOnce });
		expect(calls).toEqual([0, 1]);
		expect(outcomes.map((outcome) => outcome?.status)).toEqual(['sent', 'sent', 'alreadySent']);
	});

	it('sends a message without a key as ever', async () => {
		const { batch, calls } = withKeys([[sent()]], []);
		await deliverAll({ ...batch, sendOnce: new SendOnce(new MemoryStore(), 'retry') });
		expect(calls).toEqual([0]);
	});

	it('makes no call for a key that an earlier execution sent', async () => {
		const { batch, calls, outcomes, store } = withKeys([[sent()]], ['a']);
		await deliverAll({ ...batch, sendOnce: new SendOnce(new MemoryStore('a'), 'retry') });
		expect(calls).toEqual([]);
		expect(outcomes[0]).not.toHaveProperty('receipt');
		expect(store).toEqual({});
	});

	it('makes no call when the key cannot be looked up', async () => {
		const { batch, calls, outcomes } = withKeys([[sent()]], ['a']);
		const store = new MemoryStore();
		store.broken = 'always';
		await deliverAll({ ...batch, sendOnce: new SendOnce(store, 'retry') });
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
				store.broken = 'add';
				return await message.send();
			};
			return { ...message, send };
		};
		const sendOnce = new SendOnce(store, 'retry');
		await deliverAll({ ...batch, prepare, keyNotStored, sendOnce });
		expect(keyNotStored).toHaveBeenCalledWith(new Error('store is away'));
		expect(outcomes).toMatchObject([{ status: 'sent' }]);
	});

	it.each([
		['certainly not sent', FINAL, 'fail', []],
		['certainly not sent', FINAL, 'retry', []],
		['perhaps sent, at least once', AMBIGUOUS, 'retry', []],
		['perhaps sent, at most once', AMBIGUOUS, 'fail', []],
	] as const)('a message %s: the store keeps the right keys', async (...row) => {
		const [, outcome, uncertain, keys] = row;
		const { batch } = withKeys([[failed(outcome)]], ['a']);
		const store = new MemoryStore();
		const sendOnce = new SendOnce(store, uncertain);
		await deliverAll({ ...batch, retry: { ...RETRY, uncertain, maxAttempts: 1 }, sendOnce });
		expect([...store.keys]).toEqual(keys);
	});

	it('keeps no key of a message that was stopped before its call', async () => {
		const { batch } = withKeys([[STOPPED]], ['a']);
		const store = new MemoryStore();
		await deliverAll({ ...batch, sendOnce: new SendOnce(store, 'fail') });
		expect([...store.keys]).toEqual([]);
	});
});
