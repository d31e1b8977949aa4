import { beds, engineWith, type Bed } from '../support/bed';
import { contactsOf, detailsOf, having, hintOf, jsonOf } from '../support/outcomes';
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
			const [least, most] = uncertain === 'retry' ? [1, 2] : [0, 1];
			expect(bed.reached().length).toBeGreaterThanOrEqual(least);
			expect(bed.reached().length).toBeLessThanOrEqual(most);
			// Whoever did not get it is told, by an item that says so.
			expect(bed.reached().length + jsonOf(second, 1).length).toBeGreaterThanOrEqual(1);
		},
	);
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

	it('are told as those of Once a Day where no Send Once Key is set', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const parameters = { delivery: { onceADay: true } };
		await bed.run(customers('c1'), parameters);
		await removeDuplicates(store, 40, 10);
		const result = await bed.run(customers('c1'), parameters);
		expect(result.error?.message).toContain("keys of 'Once a Day' of this workflow are gone");
	});

	it.each(['stopWorkflow', onError] as const)(
		'stay so for Retry On Fail, too (On Error: %s)',
		async (mode) => {
			const store = new WatchedStore();
			const bed = await openBed({ deduplication: store });
			const parameters = { delivery: { sendOnceKey } };
			await bed.run(customers('c1', 'c2'), parameters);
			await removeDuplicates(store, 40, 10);
			const settings = { onError: mode, retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
			await bed.run(customers('c1', 'c2'), parameters, settings);
			expect(bed.simulator.journal.count).toBe(2);
			const next = await bed.run(customers('c1', 'c2'), parameters, settings);
			expect(jsonOf(next)).toHaveLength(2);
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
		expect(hintOf(result)).toContain(
			"Keys of 'Send Once Key' that n8n's database could not store: 1.",
		);
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'keyStore', delivered: 'no', attempts: 0 }),
		]);
		expect(bed.reached()).toEqual(['c1']);
	});
});
