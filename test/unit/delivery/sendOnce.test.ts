import { SendOnce } from '../../../nodes/GenesysCloud/delivery/sendOnce';
import { IN_DOUBT, MemoryStore } from '../support/memoryStore';

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
