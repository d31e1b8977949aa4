import { Ledger } from '../../../nodes/GenesysCloud/delivery/ledger';
import type { Memory } from '../../../nodes/GenesysCloud/delivery/memory';
import { oneAtATime } from '../../../nodes/GenesysCloud/delivery/oneAtATime';
import type { Message } from '../../../nodes/GenesysCloud/delivery/types';
import { messageOf, sent } from '../support/delivery';

const messageNamed = (identity: string, ...keys: string[]) =>
	messageOf([sent()], { identity, keys });

const settled = async () => await new Promise<void>((resolve) => setImmediate(resolve));

/** Asks the memories as a delivery does; tells what the last one knew. */
async function begin(memories: readonly Memory[], message: Message): Promise<string> {
	let state = 'new';
	for (const memory of memories) {
		({ state } = await memory.begin(message));
		if (state === 'sent' || state === 'unavailable') break;
	}
	return state;
}

async function accept(memories: readonly Memory[], message: Message): Promise<void> {
	for (const memory of memories) {
		await memory.end(message, { state: 'accepted', receipt: { id: 'm-1' } });
	}
}

describe('oneAtATime', () => {
	let execution: object;
	let memories: readonly Memory[];
	/** What came of the messages so far, in order. */
	let begun: string[];

	const startWith = async (others: readonly Memory[], name: string, message: Message) => {
		const state = await begin(others, message);
		begun.push(`${name} ${state}`);
	};
	const start = (name: string, message: Message) => void startWith(memories, name, message);

	beforeEach(() => {
		execution = {};
		memories = oneAtATime([new Ledger({})], execution);
		begun = [];
	});

	it('lets the same message wait for the first one, which it then finds', async () => {
		const first = messageNamed('a');
		start('first', first);
		start('second', messageNamed('a'));
		await settled();
		expect(begun).toEqual(['first new']);
		await accept(memories, first);
		await settled();
		expect(begun).toEqual(['first new', 'second sent']);
	});

	it('lets those that wait begin one by one', async () => {
		const messages = ['first', 'second', 'third'].map((name) => ({
			name,
			message: messageNamed('a'),
		}));
		for (const { name, message } of messages) start(name, message);
		for (const [index, { message }] of messages.entries()) {
			await settled();
			expect(begun).toHaveLength(index + 1);
			await memories[0]?.end(message, { state: 'refused' });
		}
		expect(begun).toEqual(['first new', 'second new', 'third new']);
	});

	it.each([
		['a message with the same key waits', ['k', 'l'], ['l', 'm'], ['first new']],
		['one with other keys does not', ['k'], ['l'], ['first new', 'second new']],
		['one without keys does not', [], [], ['first new', 'second new']],
	])('%s', async (_what, keys, otherKeys, expected) => {
		const first = messageNamed('a', ...keys);
		start('first', first);
		start('second', messageNamed('b', ...otherKeys));
		await settled();
		expect(begun).toEqual(expected);
		await accept(memories, first);
		await settled();
		expect(begun).toHaveLength(2);
	});

	it('lets a message with two keys wait until both are free', async () => {
		const [first, third] = [messageNamed('a', 'k'), messageNamed('c', 'l')];
		start('first', first);
		start('second', messageNamed('b', 'k', 'l'));
		start('third', third);
		await settled();
		expect(begun).toEqual(['first new', 'third new']);
		await accept(memories, first);
		await settled();
		expect(begun).toHaveLength(2);
		await accept(memories, third);
		await settled();
		expect(begun).toEqual(['first new', 'third new', 'second new']);
	});

	it.each(['sent', 'unavailable'] as const)(
		'lets the next one begin when a message ends because it is %s',
		async (state) => {
			const answer = state === 'sent' ? { state } : { state, failure: {} as never };
			const asked: Memory = { begin: () => answer, end: () => undefined };
			memories = oneAtATime([asked], execution);
			start('first', messageNamed('a'));
			start('second', messageNamed('a'));
			await settled();
			expect(begun).toEqual([`first ${state}`, `second ${state}`]);
		},
	);

	it('lets the next one begin when all memories have been told of the end, not before', async () => {
		memories = oneAtATime([new Ledger({}), new Ledger({})], execution);
		const first = messageNamed('a');
		start('first', first);
		start('second', messageNamed('a'));
		await settled();
		await memories[0]?.end(first, { state: 'refused' });
		await settled();
		expect(begun).toEqual(['first new']);
		await memories[1]?.end(first, { state: 'refused' });
		await settled();
		expect(begun).toEqual(['first new', 'second new']);
	});

	it('lets the next one begin when a later memory has sent the message before', async () => {
		const sentBefore: Memory = { begin: () => ({ state: 'sent' }), end: () => undefined };
		memories = oneAtATime([new Ledger({}), sentBefore], execution);
		const first = messageNamed('a');
		start('first', first);
		start('second', messageNamed('a'));
		await settled();
		expect(begun).toEqual(['first sent']);
		await memories[0]?.end(first, { state: 'refused' });
		await settled();
		expect(begun).toEqual(['first sent', 'second sent']);
	});

	it.each([
		['the runs of one execution share their turns', true, ['first new']],
		['executions do not', false, ['first new', 'second new']],
	])('%s', async (_what, isSame, expected) => {
		start('first', messageNamed('a'));
		const others = oneAtATime([new Ledger({})], isSame ? execution : {});
		void startWith(others, 'second', messageNamed('a'));
		await settled();
		expect(begun).toEqual(expected);
	});

	it('tells a memory that a call is about to be made', () => {
		const store = {};
		const [ledger] = oneAtATime([new Ledger(store)], execution);
		ledger?.calling?.(messageNamed('a'));
		expect(store).toEqual({ a: '?' });
	});
});
