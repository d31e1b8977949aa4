import { hostClock } from '../../../nodes/GenesysCloud/api/clock';
import { isStopped, STOPPED } from '../../../nodes/GenesysCloud/failures/failure';
import { UsedKeys } from '../../../nodes/GenesysCloud/n8n/identity';
import { FIELDS, messageFrom, messageIn, messagesOf, type Setting } from '../support/messages';

describe('the identity of a message', () => {
	const identity = async (setting: Setting = {}, index = 0) =>
		(await messageFrom(setting, index)).identity;

	it('says nothing of the customer or the text', async () => {
		expect(await identity()).toMatch(/^[\w-]{22}$/);
	});

	it.each([
		['account', { account: 'b' }, 0],
		['contact', { fields: { ...FIELDS, contactId: 'contact-2' } }, 0],
		['item', {}, 1],
		['run of a loop', { source: { runIndex: 1 } }, 0],
	])('differs by the %s', async (_name, setting: Setting, index) => {
		expect(await identity(setting, index)).not.toBe(await identity());
	});

	it('does not differ by the text: one with the time in it differs from run to run', async () => {
		expect(await identity({ fields: { ...FIELDS, message: 'At 12:01' } })).toBe(await identity());
	});

	it('of a tool is account, recipient and text: there each call is a run', async () => {
		const tool = { isTool: true };
		const first = await identity({ source: tool });
		expect(await identity({ source: { ...tool, runIndex: 4 } }, 3)).toBe(first);
		const other = { fields: { ...FIELDS, message: 'Bye' }, source: tool };
		expect(await identity(other)).not.toBe(first);
		const withBlanks = { fields: { ...FIELDS, message: ' Hello\n' }, source: tool };
		expect(await identity(withBlanks)).toBe(first);
	});
});

describe('the keys of a message', () => {
	const keyed = (key: unknown, more: object = {}) => ({
		...FIELDS,
		...more,
		delivery: { sendOnceKey: () => key },
	});
	const keys = async (setting: Setting, index = 0) => (await messageFrom(setting, index)).keys;

	it('are none unless an option asks for them', async () => {
		expect(await keys({})).toEqual([]);
	});

	it('are of one account, and say nothing of the key', async () => {
		const [key] = await keys({ fields: keyed('+12025550143') });
		expect(key).toMatch(/^[\w-]{43}$/);
		expect(await keys({ fields: keyed('+12025550143'), account: 'b' })).not.toEqual([key]);
		expect(await keys({ fields: keyed('+12025550143', { message: 'Other' }) })).toEqual([key]);
	});

	it('with Once a Day differ by day, account, recipient and text, not by the item', async () => {
		const source = { today: () => '2026-11-25' };
		const today = await keys({ source });
		expect(today).toHaveLength(1);
		expect(await keys({ source }, 7)).toEqual(today);
		for (const other of [
			{ source: { today: () => '2026-11-26' } },
			{ source, account: 'b' },
			{ source, fields: { ...FIELDS, contactId: 'contact-2' } },
			{ source, fields: { ...FIELDS, message: 'Bye' } },
		]) {
			expect(await keys(other)).not.toEqual(today);
		}
		expect(await keys({ source, fields: keyed('order-1') })).toHaveLength(2);
	});

	it('stay the same from one version of the node to the next: n8n has stored them', async () => {
		const source = { today: () => '2026-11-25' };
		expect(await keys({ source, fields: keyed('order-1') })).toEqual([
			'AwTaj9T_oE3iCjs4cuhceELyChtS6GQITSrM4BEZb3w',
			'LTqdYWQHHqUaTKx26MF9C0wbJRCFmHxRvRULUo1kQU0',
		]);
	});

	const contacts = { contactId: (index: number) => `contact-${index}` };

	it('tell an item whose key an earlier one has for another recipient', async () => {
		const messages = messagesOf({ fields: keyed('order-shipped', contacts) });
		expect(messageIn(await messages.prepare(0)).sameKeyAs).toBeUndefined();
		expect(messageIn(await messages.prepare(1)).sameKeyAs).toEqual({ item: 0 });
		// The check before the run and the run itself come to the same.
		expect(messageIn(await messages.prepare(0)).sameKeyAs).toBeUndefined();
	});

	it('tell it whichever item comes first: credentials may be read in any order', async () => {
		const messages = messagesOf({ fields: keyed('order-shipped', contacts) });
		expect(messageIn(await messages.prepare(5)).sameKeyAs).toBeUndefined();
		expect(messageIn(await messages.prepare(3)).sameKeyAs).toEqual({ item: 5 });
	});

	it('tell it in a later run of a loop, too', async () => {
		const fields = keyed('order-shipped', contacts);
		// n8n stores the node's context while the execution waits.
		let store = {};
		const inRun = (runIndex: number) => {
			store = JSON.parse(JSON.stringify(store)) as typeof store;
			return messagesOf({ fields, source: { runIndex, usedKeys: new UsedKeys(store) } });
		};
		await inRun(0).prepare(0);
		expect(messageIn(await inRun(1).prepare(0)).sameKeyAs).toBeUndefined();
		expect(messageIn(await inRun(1).prepare(1)).sameKeyAs).toEqual({ item: 0, earlierRun: 0 });
		// n8n has run the node again: the first item is still the first.
		expect(messageIn(await inRun(0).prepare(0)).sameKeyAs).toBeUndefined();
	});

	it('may be the same for the same recipient: then the first one counts', async () => {
		const messages = messagesOf({ fields: keyed('order-1') });
		await messages.prepare(0);
		expect(messageIn(await messages.prepare(1)).sameKeyAs).toBeUndefined();
	});
});

describe('the check of all items', () => {
	it('names the first that cannot be used, and looks no further', async () => {
		const message = jest.fn((index: number) => (index === 2 ? ' ' : 'Hello'));
		const messages = messagesOf({ fields: { ...FIELDS, message } });
		expect(await messages.firstInvalid(5)).toMatchObject({
			index: 2,
			failure: { reason: 'invalidInput', input: { message: "'Message' is empty" } },
		});
		expect(message).not.toHaveBeenCalledWith(3);
	});

	it('looks at no item behind the last one', async () => {
		const message = (index: number) => (index === 2 ? ' ' : 'Hello');
		expect(await messagesOf({ fields: { ...FIELDS, message } }).firstInvalid(2)).toBeUndefined();
	});

	it('names an expression that n8n refuses', async () => {
		const broken = () => {
			throw new Error('Referenced node is unexecuted');
		};
		const messages = messagesOf({ fields: { ...FIELDS, message: broken } });
		expect(await messages.firstInvalid(1)).toMatchObject({
			failure: { input: { message: "'Message' cannot be read: Referenced node is unexecuted" } },
		});
	});

	it('of 60,000 items ends within a second of Stop, and lets others work', async () => {
		const stop = new AbortController();
		const messages = messagesOf({ source: { clock: hostClock(stop.signal) } });
		let stoppedAt = 0;
		setTimeout(() => {
			stop.abort();
			stoppedAt = Date.now();
		}, 20);
		const found = await messages.firstInvalid(60_000);
		expect(stoppedAt).toBeGreaterThan(0);
		expect(Date.now() - stoppedAt).toBeLessThan(1_000);
		expect(found && isStopped(found.failure)).toBe(true);
	});
});

describe('an item without a connection', () => {
	const LOOK_UP = {
		fields: { conversationId: 'c' },
		operation: ['conversation', 'get'] as const,
	};

	it.each([
		['a message', {}],
		['a look-up', LOOK_UP],
	])('of %s has the reason in its place', async (_what, setting: Setting) => {
		const connections = { of: async () => await Promise.resolve(STOPPED) } as never;
		expect(await messagesOf({ ...setting, source: { connections } }).prepare(0)).toBe(STOPPED);
	});

	it.each([
		['no', false],
		['unknown', true],
	])('was delivered: %s, also as a tool', async (delivered, mayHaveSent) => {
		const of = async () => await Promise.reject(new Error('connection terminated'));
		const source = { connections: { of } as never, mayHaveSent, isTool: true };
		expect(await messagesOf({ source }).prepare(0)).toEqual({
			...{ reason: 'invalidInput', delivered, transient: false },
			input: {
				message: 'connection terminated',
				remedy: 'Check the expressions of this node and its credential',
			},
		});
	});
});

describe('the recipient of an item', () => {
	it('is told as the item has it, where it can be read', () => {
		expect(messagesOf().recipientOf(0)).toBe('contact-1');
		expect(messagesOf({ fields: { ...FIELDS, contactId: '' } }).recipientOf(0)).toBe('');
		const operation = ['conversation', 'get'] as const;
		expect(messagesOf({ fields: { conversationId: 'c' }, operation }).recipientOf(0)).toBe('');
	});
});
