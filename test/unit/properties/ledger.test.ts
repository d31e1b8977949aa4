import * as fc from 'fast-check';
import { parse, stringify } from 'flatted';

import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';

const receipts = fc.record(
	{ id: anyText(), conversationId: anyText() },
	{ requiredKeys: ['id'], noNullPrototype: true },
);

/** The ledger as n8n reads it again from its database. */
const restored = (store: LedgerStore) =>
	new Ledger((parse(stringify({ store })) as { store: LedgerStore }).store);

describe('the ledger, whatever IDs the API gives', () => {
	it('gives back each receipt as it was, also from the database', () => {
		const property = fc.property(receipts, (receipt) => {
			const store: LedgerStore = {};
			new Ledger(store).sent('0:0:hash', receipt);
			expect(restored(store).lookUp('0:0:hash')).toStrictEqual({ state: 'sent', receipt });
		});
		fc.assert(property, runs(500));
	});

	it('gives back each reason as it was', () => {
		const property = fc.property(anyText(), (reason) => {
			const store: LedgerStore = {};
			new Ledger(store).unknown('0:0:hash', reason);
			expect(restored(store).lookUp('0:0:hash')).toStrictEqual({ state: 'unknown', reason });
		});
		fc.assert(property, runs(200));
	});

	it('can read whatever stands in the store', () => {
		const property = fc.property(fc.dictionary(anyText(), anyJson()), (store) => {
			const ledger = new Ledger(store);
			for (const key of Object.keys(store)) {
				expect(['sent', 'unknown']).toContain(ledger.lookUp(key)?.state);
			}
			expect(ledger.lookUp('0:0:hash')).toBeUndefined();
		});
		fc.assert(property, runs(200));
	});
});
