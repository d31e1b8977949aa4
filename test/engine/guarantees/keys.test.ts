import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { beds, credentialOf, engineWith, type Bed } from '../support/bed';
import { contactsOf, detailsOf, having, hintOf, jsonOf, textLike } from '../support/outcomes';
import { slowStore, WatchedStore } from '../support/stores';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const sendOnceKey = '={{ $json.contactId }}-shipped';
const onError = 'continueErrorOutput';
const policies = ['retry', 'fail'] as const;

/** A second worker of the same n8n: other memory, same database. */
async function workerOf(bed: Bed, store: WatchedStore) {
	return await engineWith(bed.credential, { deduplication: store });
}

/** Items for these contacts, all with the same key. */
function sameKey(...contacts: string[]): INodeExecutionData[] {
	return customers(...contacts).map(({ json }) => ({ json: { ...json, key: 'order-shipped' } }));
}

describe.each(policies)('keys that were sent long ago (%s)', (uncertain) => {
	const parameters = { delivery: { sendOnceKey, uncertain, concurrency: 20 } };

	it('are left alone by two workers that check them at once', async () => {
		const store = slowStore(2);
		const bed = await openBed({ deduplication: store, simulator: { rateLimit: null } });
		const input = customers(...contactIds(300));
		await bed.run(input, parameters);
		const workflow = sendWorkflow(parameters, { onError });
		const workers = await Promise.all([workerOf(bed, store), workerOf(bed, store)]);
		const results = await Promise.all(
			workers.map(async (one) => await one.run(workflow, { input })),
		);
		expect(bed.simulator.journal.count).toBe(300);
		for (const result of results) {
			expect(jsonOf(result, 1)).toEqual([]);
			expect(jsonOf(result)).toEqual(input.map(() => having({ alreadySent: true })));
		}
	});

	it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
		'stay sent when the database fails at call %i of a check, and the next check finds them',
		async (nth) => {
			const store = new WatchedStore();
			const bed = await openBed({ deduplication: store });
			const input = customers('c1', 'c2', 'c3');
			await bed.run(input, parameters);
			const before = store.keyCalls;
			store.before = async ({ scope }) => {
				if (scope === 'workflow' && store.keyCalls >= before + nth) {
					throw new Error('database is locked');
				}
				await Promise.resolve();
			};
			await bed.run(input, { delivery: { ...parameters.delivery, concurrency: 1 } }, { onError });
			store.before = async () => undefined;
			const healed = await bed.run(input, parameters, { onError });
			expect(jsonOf(healed)).toEqual(input.map(() => having({ alreadySent: true })));
			expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
		},
	);

	it.each([1, 2, 3, 4, 5, 6])(
		'of which the database failed at call %i of the first run are never sent twice or lost',
		async (nth) => {
			const store = new WatchedStore(async ({ scope }) => {
				if (scope === 'workflow' && store.keyCalls >= nth) throw new Error('database is locked');
				await Promise.resolve();
			});
			const bed = await openBed({ deduplication: store });
			const first = await bed.run(customers('c1'), parameters, { onError });
			const wasSent = bed.reached().length === 1;
			expect(contactsOf(first)).toEqual(wasSent ? ['c1'] : []);
			store.before = async () => undefined;
			const second = await bed.run(customers('c1'), parameters, { onError });
			if (uncertain === 'retry') expect(bed.reached()).toContain('c1');
			else expect(bed.reached().length).toBeLessThanOrEqual(1);
			// Whoever did not get it is told, by an item that says so.
			expect(bed.reached().length + jsonOf(second, 1).length).toBeGreaterThanOrEqual(1);
		},
	);
});

describe('a key that is not one', () => {
	it.each([1, 5])('a constant for %i customers is refused before any call', async (count) => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: 'order-shipped' };
		const result = await bed.run(customers(...contactIds(count)), { delivery });
		expect(result.error?.message).toMatch(/'Send Once Key' is always the same/);
		expect(result.error?.description).toContain('$json.customerId');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it.each(['={{ $json.key }}', '={{ "order-shipped" }}', '=order-shipped', '={{ 4711 }}'])(
		'an expression that is the same for 5 customers skips four, and says so: %s',
		async (key) => {
			const bed = await openBed({ deduplication: 'memory' });
			const input = sameKey(...contactIds(5));
			const result = await bed.run(input, { delivery: { sendOnceKey: key } });
			expect(bed.reached()).toHaveLength(1);
			const [sent, ...others] = jsonOf(result);
			expect(sent).toMatchObject({ status: 'sent', contactId: 'c1', attempts: 1 });
			for (const [index, item] of others.entries()) {
				expect(item).toMatchObject({
					contactId: `c${index + 2}`,
					status: 'skipped',
					details: { sameKeyAsItem: 0, message: textLike(/same 'Send Once Key'.*not sent/) },
				});
			}
			expect(hintOf(result)).toContain('4 skipped (the same Send Once Key as another customer)');
		},
	);

	it.each(policies)('never leaves as sent in a later run either (%s)', async (uncertain) => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: '={{ $json.key }}', uncertain };
		await bed.run(sameKey('c1', 'c2'), { delivery });
		const again = await bed.run(sameKey('c1', 'c2', 'c3'), { delivery });
		const claims = jsonOf(again).filter(
			({ status, alreadySent }) => status === 'sent' && alreadySent !== true,
		);
		expect(claims).toEqual([]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it('on two rows of the same customer is sent once, and the other row is told so', async () => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: '={{ $json.key }}' };
		const result = await bed.run(sameKey('c1', 'c1'), { delivery });
		expect(jsonOf(result)).toEqual(
			expect.arrayContaining([having({ attempts: 1 }), having({ alreadySent: true })]),
		);
		expect(bed.reached()).toEqual(['c1']);
	});
});

describe('the account', () => {
	it.each(policies)(
		'is part of a key: a sandbox first, then the real one (%s)',
		async (uncertain) => {
			const store = new WatchedStore();
			const sandbox = await openBed({ deduplication: store });
			const real = await openBed();
			const parameters = { delivery: { sendOnceKey, uncertain } };
			const input = customers(...contactIds(5));
			await sandbox.run(input, parameters);
			const engine = await engineWith(real.credential, { deduplication: store });
			const result = await engine.run(sendWorkflow(parameters), { input });
			expect(jsonOf(result)).toEqual(input.map(() => having({ attempts: 1 })));
			expect(real.reached()).toEqual(contactIds(5));
		},
	);

	it('is the same with a new secret', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const parameters = { delivery: { sendOnceKey } };
		await bed.run(customers('c1'), parameters);
		const renewed = credentialOf(bed.simulator.url, bed.client, { clientSecret: 'a-new-one' });
		const engine = await engineWith(renewed, { deduplication: store });
		const result = await engine.run(sendWorkflow(parameters), { input: customers('c1') });
		expect(jsonOf(result)).toEqual([having({ alreadySent: true })]);
		expect(bed.reached()).toEqual(['c1']);
	});
});

describe('keys that others have pushed out', () => {
	/** What a Remove Duplicates node with the scope Workflow does to the store. */
	async function removeDuplicates(store: WatchedStore, values: number, history: number) {
		const items = Array.from({ length: values }, (_value, index) => `row-${index}`);
		const context = { workflow: { id: 'wf' } as never };
		const options = { mode: 'entries', maxEntries: history } as const;
		await store.checkProcessedAndRecord(items, 'workflow', context, options);
	}

	it.each([
		[40, 10],
		[5, 10],
		[100, 50],
	])(
		'by %i rows of a history of %i are noticed, and nothing is sent again',
		async (rows, history) => {
			const store = new WatchedStore();
			const bed = await openBed({ deduplication: store });
			const parameters = { delivery: { sendOnceKey } };
			const input = customers(...contactIds(40));
			await bed.run(input, parameters);
			await removeDuplicates(store, rows, history);
			const result = await bed.run(input, parameters);
			expect(result.error?.message).toContain('Send Once Keys of this workflow are gone');
			expect(result.error?.description).toContain('Remove Duplicates');
			expect(bed.simulator.journal.count).toBe(40);
		},
	);

	it('are told to each item under Continue', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const parameters = { delivery: { sendOnceKey } };
		await bed.run(customers('c1', 'c2'), parameters);
		await removeDuplicates(store, 40, 10);
		const result = await bed.run(customers('c1', 'c2'), parameters, { onError });
		const lost = having({ reason: 'keyStore', delivered: 'no', attempts: 0 });
		expect(detailsOf(result, 1)).toEqual([lost, lost]);
		expect(bed.simulator.journal.count).toBe(2);
	});

	it('are no reason to stop when others only add theirs', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const parameters = { delivery: { sendOnceKey } };
		await bed.run(customers('c1'), parameters);
		await removeDuplicates(store, 40, 10_000);
		const result = await bed.run(customers('c1', 'c2'), parameters);
		expect(jsonOf(result)).toEqual([having({ alreadySent: true }), having({ attempts: 1 })]);
	});
});

describe('Delivery Options as one expression', () => {
	it.each<[string, string]>([
		['an object', '={{ ({ sendOnceKey: $json.contactId, maxWaitSeconds: 5 }) }}'],
		['with numbers as text', '={{ ({ sendOnceKey: $json.contactId, maxWaitSeconds: "5" }) }}'],
	])('has its key: %s', async (_name, delivery) => {
		const bed = await openBed({ deduplication: 'memory' });
		const workflow = sendWorkflow();
		Object.assign(workflow.nodes[1]!.parameters, { delivery });
		const input = customers('c1', 'c2');
		await bed.engine.run(workflow, { input });
		const again = await bed.engine.run(workflow, { input });
		expect(jsonOf(again)).toEqual(input.map(() => having({ alreadySent: true })));
		expect(bed.reached()).toEqual(['c1', 'c2']);
	});

	it.each(['={{ "sendOnceKey" }}', '={{ [1] }}', '={{ 7 }}', '={{ \'{"sendOnceKey":"k"}\' }}'])(
		'that is no object is refused before any call: %s',
		async (delivery) => {
			const bed = await openBed({ deduplication: 'memory' });
			const workflow = sendWorkflow();
			Object.assign(workflow.nodes[1]!.parameters, { delivery });
			const result = await bed.engine.run(workflow, { input: customers('c1') });
			expect(result.error?.message).toContain("'Delivery Options' is not an object");
			expect(bed.simulator.stats.tokenRequests).toBe(0);
		},
	);
});

describe('the form of a key', () => {
	it.each<[string, unknown, unknown]>([
		['blanks around it', 'order-1', '  order-1\n'],
		['the form of Unicode', 'caf\u00e9', 'cafe\u0301'],
		['a number or its digits', 4711, '4711'],
	])('does not matter: %s', async (_name, one, other) => {
		const bed = await openBed({ deduplication: 'memory' });
		const parameters = { delivery: { sendOnceKey: '={{ $json.key }}' } };
		const withKey = (key: unknown) => [
			{ json: { ...customers('c1')[0]!.json, key } as IDataObject },
		];
		await bed.run(withKey(one), parameters);
		const result = await bed.run(withKey(other), parameters);
		expect(jsonOf(result)).toEqual([having({ alreadySent: true })]);
	});

	it.each([
		['order-1', 'Order-1'],
		['a b', 'ab'],
		['1', '01'],
	])('matters in the letters themselves: %j and %j', async (one, other) => {
		const bed = await openBed({ deduplication: 'memory' });
		const parameters = { delivery: { sendOnceKey: '={{ $json.key }}' } };
		const input = [one, other].map((key) => ({ json: { ...customers('c1')[0]!.json, key } }));
		const result = await bed.run(input, parameters);
		expect(jsonOf(result)).toEqual([having({ attempts: 1 }), having({ attempts: 1 })]);
	});
});

describe('a database that is locked', () => {
	it('is told as such, and honest about what was sent', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const parameters = { delivery: { sendOnceKey, concurrency: 1 } };
		store.before = async ({ scope }) => {
			if (scope === 'workflow' && bed.sendCalls === 1) throw new Error('database is locked');
			await Promise.resolve();
		};
		const result = await bed.run(customers('c1', 'c2'), parameters, { onError });
		expect(contactsOf(result)).toEqual(['c1']);
		expect(hintOf(result)).toContain('1 Send Once Keys could not be stored');
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'keyStore', delivered: 'no', attempts: 0 }),
		]);
		expect(bed.reached()).toEqual(['c1']);
	});
});
