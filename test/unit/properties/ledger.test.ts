import * as fc from 'fast-check';
import { parse, stringify } from 'flatted';

import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import { anyJson, anyText } from '../../support/arbitraries';
import { messageOf, sent } from '../support/delivery';
import { runs } from '../../support/runs';

const receipts = fc.record(
	{ id: anyText(), conversationId: anyText() },
	{ requiredKeys: ['id'], noNullPrototype: true },
);

/** The ledger as n8n reads it again from its database. */
const restored = (store: LedgerStore) =>
	new Ledger((parse(stringify({ store })) as { store: LedgerStore }).store);

const MESSAGE = messageOf([sent()], { identity: 'abc' });
const code = fc.stringMatching(/^[\w.:-]{1,64}$/);
const doubts = fc.record(
	{
		reason: fc.constantFrom('timeout', 'network', 'serverError', 'unexpectedResponse'),
		httpCode: fc.constantFrom('504', '302'),
		code,
		correlationId: code,
		attempts: fc.integer({ min: 1, max: 20 }),
	},
	{ requiredKeys: [], noNullPrototype: true },
);

describe('the ledger, whatever the API gives', () => {
	it('gives back each receipt as it was, also from the database', () => {
		const property = fc.property(receipts, (receipt) => {
			const store: LedgerStore = {};
			new Ledger(store).end(MESSAGE, { state: 'accepted', receipt });
			expect(restored(store).begin(MESSAGE)).toStrictEqual({ state: 'sent', receipt });
		});
		fc.assert(property, runs(500));
	});

	it('gives back each doubt as it was', () => {
		const property = fc.property(doubts, (doubt) => {
			const store: LedgerStore = {};
			new Ledger(store).end(MESSAGE, { state: 'unknown', doubt });
			expect(restored(store).begin(MESSAGE)).toStrictEqual({ state: 'inDoubt', doubt });
		});
		fc.assert(property, runs(300));
	});

	it('keeps a doubt, whatever its codes hold', () => {
		const property = fc.property(anyText(), anyText(), (text, correlationId) => {
			const store: LedgerStore = {};
			const doubt = { reason: 'timeout', code: text, correlationId, attempts: 2 } as const;
			new Ledger(store).end(MESSAGE, { state: 'unknown', doubt });
			expect(restored(store).begin(MESSAGE)).toMatchObject({
				state: 'inDoubt',
				doubt: { reason: 'timeout', attempts: 2 },
			});
		});
		fc.assert(property, runs(300));
	});

	it('can read whatever stands in the store', () => {
		const property = fc.property(fc.dictionary(anyText(), anyJson()), (store) => {
			const ledger = new Ledger(store);
			for (const identity of Object.keys(store)) {
				expect(['sent', 'inDoubt']).toContain(ledger.begin({ ...MESSAGE, identity }).state);
			}
			expect(ledger.begin({ ...MESSAGE, identity: '-'.repeat(99) }).state).toBe('new');
		});
		fc.assert(property, runs(200));
	});
});
