import { parse, stringify } from 'flatted';

import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';

describe('Ledger', () => {
	let store: LedgerStore;
	let ledger: Ledger;

	beforeEach(() => {
		store = {};
		ledger = new Ledger(store);
	});

	it('knows nothing of a message at first', () => {
		expect(ledger.lookUp('0:0:abc')).toBeUndefined();
	});

	it('remembers a sent message with its ID', () => {
		ledger.sent('0:0:abc', { id: 'm-1' });
		expect(ledger.lookUp('0:0:abc')).toEqual({ state: 'sent', receipt: { id: 'm-1' } });
	});

	it('remembers the conversation as well', () => {
		ledger.sent('0:0:abc', { id: 'm-1', conversationId: 'c-1' });
		expect(ledger.lookUp('0:0:abc')).toEqual({
			state: 'sent',
			receipt: { id: 'm-1', conversationId: 'c-1' },
		});
	});

	it.each(['?timeout', 'a b', '%3F', '50%', '? %'])('remembers an ID such as %j as it is', (id) => {
		ledger.sent('0:0:abc', { id });
		expect(ledger.lookUp('0:0:abc')).toEqual({ state: 'sent', receipt: { id } });
		ledger.sent('0:0:abc', { id: 'm-1', conversationId: id });
		expect(ledger.lookUp('0:0:abc')).toMatchObject({ receipt: { id: 'm-1', conversationId: id } });
	});

	it('remembers why an outcome is unknown', () => {
		ledger.unknown('0:0:abc', 'timeout');
		expect(ledger.lookUp('0:0:abc')).toEqual({ state: 'unknown', reason: 'timeout' });
	});

	it('remembers a call in flight as unknown, without a reason', () => {
		ledger.unknown('0:0:abc');
		expect(ledger.lookUp('0:0:abc')).toEqual({ state: 'unknown', reason: '' });
	});

	it('forgets a message that was certainly not sent', () => {
		ledger.unknown('0:0:abc');
		ledger.notSent('0:0:abc');
		expect(ledger.lookUp('0:0:abc')).toBeUndefined();
		expect(store).toEqual({});
	});

	it('lets a sent message replace an unknown one', () => {
		ledger.unknown('0:0:abc', 'timeout');
		ledger.sent('0:0:abc', { id: 'm-1' });
		expect(ledger.lookUp('0:0:abc')).toMatchObject({ state: 'sent' });
	});

	it.each(['?', '?timeout', ' ', 'a b', '%3f', '50%20', ''])(
		'remembers a message whose ID is %j as sent, with its IDs',
		(id) => {
			ledger.sent('0:0:abc', { id });
			ledger.sent('0:1:abc', { id, conversationId: id });
			expect(ledger.lookUp('0:0:abc')).toStrictEqual({ state: 'sent', receipt: { id } });
			expect(ledger.lookUp('0:1:abc')).toStrictEqual({
				state: 'sent',
				receipt: { id, conversationId: id },
			});
		},
	);

	it.each([null, 7, ['m-1'], { toString: 'm-1' }])('takes %j in its store for unknown', (value) => {
		store['0:0:abc'] = value;
		expect(ledger.lookUp('0:0:abc')).toEqual({ state: 'unknown', reason: '' });
	});

	it('keeps messages apart', () => {
		ledger.sent('0:0:abc', { id: 'm-1' });
		ledger.sent('0:1:abc', { id: 'm-2' });
		ledger.unknown('1:0:abc', 'network');
		ledger.notSent('0:0:abc');
		expect(ledger.lookUp('0:0:abc')).toBeUndefined();
		expect(ledger.lookUp('0:1:abc')).toMatchObject({ receipt: { id: 'm-2' } });
		expect(ledger.lookUp('1:0:abc')).toMatchObject({ reason: 'network' });
	});

	it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'valueOf'])(
		'knows nothing of a message named %s',
		(key) => {
			expect(ledger.lookUp(key)).toBeUndefined();
		},
	);

	it.each(['constructor', 'toString', 'hasOwnProperty'])('remembers a message named %s', (key) => {
		ledger.sent(key, { id: 'm-1' });
		expect(ledger.lookUp(key)).toEqual({ state: 'sent', receipt: { id: 'm-1' } });
		ledger.notSent(key);
		expect(ledger.lookUp(key)).toBeUndefined();
	});

	it('leaves the prototype of objects alone', () => {
		ledger.unknown('__proto__', 'timeout');
		ledger.sent('__proto__', { id: 'm-1' });
		expect(Object.getPrototypeOf(store)).toBe(Object.prototype);
		expect(ledger.lookUp('0:0:abc')).toBeUndefined();
	});

	it("survives n8n's storage of the execution", () => {
		ledger.sent('0:0:abc', { id: 'm-1', conversationId: 'c-1' });
		ledger.unknown('0:1:def', 'serverError');
		const restored = new Ledger((parse(stringify({ store })) as { store: LedgerStore }).store);
		expect(restored.lookUp('0:0:abc')).toEqual(ledger.lookUp('0:0:abc'));
		expect(restored.lookUp('0:1:def')).toEqual(ledger.lookUp('0:1:def'));
	});

	it('stays under 5 MB with 50,000 messages', () => {
		for (let index = 0; index < 50_000; index++) {
			const id = `3fa85f64-5717-4562-b3fc-${String(index).padStart(12, '0')}`;
			ledger.sent(`0:${index}:${String(index).padStart(16, 'x')}`, { id });
		}
		expect(Object.keys(store)).toHaveLength(50_000);
		expect(Buffer.byteLength(stringify({ store }))).toBeLessThan(5_000_000);
	});
});
