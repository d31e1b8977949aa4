import { parse, stringify } from 'flatted';

import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import type { Doubt } from '../../../nodes/GenesysCloud/delivery/memory';
import type { Receipt } from '../../../nodes/GenesysCloud/delivery/types';
import { messageOf, sent } from '../support/delivery';

const messageNamed = (identity: string) => messageOf([sent()], { identity });
const MESSAGE = messageNamed('abc');

describe('Ledger', () => {
	let store: LedgerStore;
	let ledger: Ledger;

	beforeEach(() => {
		store = {};
		ledger = new Ledger(store);
	});

	const accept = (receipt: Receipt, message = MESSAGE) =>
		ledger.end(message, { state: 'accepted', receipt });
	const doubt = (kept: Doubt, message = MESSAGE) =>
		ledger.end(message, { state: 'unknown', doubt: kept });

	it('knows nothing of a message at first, and asking leaves no trace', () => {
		expect(ledger.begin(MESSAGE)).toEqual({ state: 'new' });
		expect(store).toEqual({});
	});

	it.each([{ id: 'm-1' }, { id: 'm-1', conversationId: 'c-1' }])(
		'remembers a sent message with %j',
		(receipt) => {
			accept(receipt);
			expect(ledger.begin(MESSAGE)).toEqual({ state: 'sent', receipt });
		},
	);

	it.each(['?', '?timeout', ' ', 'a b', '%3f', '%3F', '50%20', '50%', '? %', ''])(
		'remembers a message whose ID is %j as sent, with its IDs',
		(id) => {
			accept({ id });
			expect(ledger.begin(MESSAGE)).toStrictEqual({ state: 'sent', receipt: { id } });
			accept({ id, conversationId: id });
			expect(ledger.begin(MESSAGE)).toStrictEqual({
				state: 'sent',
				receipt: { id, conversationId: id },
			});
		},
	);

	it.each<Doubt>([
		{},
		{ reason: 'timeout', attempts: 3 },
		{ reason: 'serverError', httpCode: '504', code: 'gateway.timeout', attempts: 1 },
		{ reason: 'network', code: 'ECONNRESET', correlationId: '3fa85f64-5717', attempts: 2 },
		{ correlationId: 'c-1' },
	])('remembers why an outcome is unknown: %j', (kept) => {
		doubt(kept);
		expect(ledger.begin(MESSAGE)).toStrictEqual({ state: 'inDoubt', doubt: kept });
	});

	it('keeps no codes that may be personal or too long', () => {
		doubt({ reason: 'timeout', code: 'Ada Lovelace', correlationId: 'x'.repeat(65) });
		expect(ledger.begin(MESSAGE)).toStrictEqual({
			state: 'inDoubt',
			doubt: { reason: 'timeout' },
		});
		expect(JSON.stringify(store)).not.toContain('Ada');
	});

	it.each([
		['12', 12],
		['9999', 9_999],
		['', undefined],
		['x12', undefined],
		['12x', undefined],
		['12345', undefined],
	])('reads the attempts of a doubt: %j', (stored, attempts) => {
		store[MESSAGE.identity] = `?timeout    ${stored}`;
		const kept = { reason: 'timeout', ...(attempts !== undefined && { attempts }) };
		expect(ledger.begin(MESSAGE)).toStrictEqual({ state: 'inDoubt', doubt: kept });
	});

	it('takes a call in flight for a doubt without a reason', () => {
		ledger.calling(MESSAGE);
		expect(ledger.begin(MESSAGE)).toEqual({ state: 'inDoubt', doubt: {} });
	});

	it('keeps the reasons of an earlier doubt while the message is sent again', () => {
		doubt({ reason: 'timeout' });
		ledger.calling(MESSAGE);
		expect(ledger.begin(MESSAGE)).toEqual({ state: 'inDoubt', doubt: { reason: 'timeout' } });
	});

	it('forgets a message that was certainly not sent', () => {
		ledger.calling(MESSAGE);
		ledger.end(MESSAGE, { state: 'refused' });
		expect(store).toEqual({});
	});

	it('lets a sent message replace a doubt', () => {
		doubt({ reason: 'timeout' });
		accept({ id: 'm-1' });
		expect(ledger.begin(MESSAGE)).toMatchObject({ state: 'sent' });
	});

	it.each([null, 7, ['m-1'], { toString: 'm-1' }, '?unheardOf'])(
		'takes %j in its store for a doubt',
		(value) => {
			store.abc = value;
			expect(ledger.begin(MESSAGE)).toEqual({ state: 'inDoubt', doubt: {} });
		},
	);

	it('keeps messages apart', () => {
		const [first, second, third] = ['a', 'b', 'c'].map(messageNamed);
		accept({ id: 'm-1' }, first);
		accept({ id: 'm-2' }, second);
		doubt({ reason: 'network' }, third);
		ledger.end(first!, { state: 'refused' });
		expect(ledger.begin(first!)).toEqual({ state: 'new' });
		expect(ledger.begin(second!)).toMatchObject({ receipt: { id: 'm-2' } });
		expect(ledger.begin(third!)).toMatchObject({ doubt: { reason: 'network' } });
	});

	it.each(['constructor', 'toString', 'hasOwnProperty'])('remembers a message named %s', (name) => {
		const message = messageNamed(name);
		expect(ledger.begin(message)).toEqual({ state: 'new' });
		accept({ id: 'm-1' }, message);
		expect(ledger.begin(message)).toEqual({ state: 'sent', receipt: { id: 'm-1' } });
	});

	it("survives n8n's storage of the execution", () => {
		accept({ id: 'm-1', conversationId: 'c-1' });
		const doubtful = messageNamed('b');
		doubt({ reason: 'serverError', correlationId: 'c-2' }, doubtful);
		const restored = new Ledger((parse(stringify({ store })) as { store: LedgerStore }).store);
		expect(restored.begin(MESSAGE)).toEqual(ledger.begin(MESSAGE));
		expect(restored.begin(doubtful)).toEqual(ledger.begin(doubtful));
	});

	it('stays under 5 MB with 50,000 messages', () => {
		for (let index = 0; index < 50_000; index++) {
			const id = `3fa85f64-5717-4562-b3fc-${String(index).padStart(12, '0')}`;
			accept({ id }, messageNamed(String(index).padStart(22, 'x')));
		}
		expect(Object.keys(store)).toHaveLength(50_000);
		expect(Buffer.byteLength(stringify({ store }))).toBeLessThan(5_000_000);
	});
});
