import { beds, contactIds, type Bed } from '../e2e/support/bed';
import { WEB_MESSAGE } from '../e2e/support/workflows';
import { useWorkers } from './support/useWorkers';
import type { Worker } from './support/worker';

const openBed = beds();
const workers = useWorkers(2);

const EXECUTIONS = 6;
const POLICIES = ['retry', 'fail'];

const itemsFor = (ids: readonly string[]) =>
	ids.map((contactId) => ({ contactId, text: `Hello ${contactId}!` }));

const serve = async (bed: Bed, uncertain: string) => {
	const delivery = { sendOnceKey: '={{ $json.contactId }}', uncertain };
	return await bed.serve({ ...WEB_MESSAGE, delivery }, { onError: 'continueRegularOutput' });
};

/** Runs what starts executions, and makes sure that each worker took some of them. */
async function onBoth<T>(run: () => Promise<T>): Promise<T> {
	const countOf = (worker: Worker) => worker.executions().length;
	const before = workers.map(countOf);
	const result = await run();
	for (const [index, worker] of workers.entries()) {
		expect(countOf(worker)).toBeGreaterThan(before[index]!);
	}
	return result;
}

describe.each(POLICIES)('Send Once Key on two workers, uncertain: %s', (uncertain) => {
	it('loses none of the keys that executions store at the same time', async () => {
		const bed = await openBed();
		const ids = contactIds(EXECUTIONS * 50);
		bed.open(...ids);
		const campaign = await serve(bed, uncertain);
		const parts = Array.from({ length: EXECUTIONS }, (_, part) =>
			ids.slice(part * 50, (part + 1) * 50),
		);
		await onBoth(
			async () => await Promise.all(parts.map(async (part) => await campaign(...itemsFor(part)))),
		);
		expect(bed.reached().sort()).toEqual([...ids].sort());

		const again = await campaign(...itemsFor(ids));

		expect(again.filter(({ alreadySent }) => alreadySent === true)).toHaveLength(ids.length);
		expect(bed.simulator.journal.count).toBe(ids.length);
	});

	it('sends nothing again, and doubts nothing, when both check 300 keys of an earlier execution', async () => {
		const bed = await openBed();
		const ids = contactIds(300);
		bed.open(...ids);
		const campaign = await serve(bed, uncertain);
		await campaign(...itemsFor(ids));

		const outputs = await onBoth(
			async () =>
				await Promise.all(
					Array.from({ length: EXECUTIONS }, async () => await campaign(...itemsFor(ids))),
				),
		);

		const items = outputs.flat();
		expect(items).toHaveLength(EXECUTIONS * ids.length);
		expect(items.filter(({ alreadySent }) => alreadySent !== true)).toEqual([]);
		expect(bed.simulator.journal.count).toBe(ids.length);
	});
});

describe('the same keys in executions at the same time on two workers', () => {
	const sendAtOnce = async (uncertain: string) => {
		const bed = await openBed();
		const ids = contactIds(50);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'latency', ms: 50, times: Infinity });
		const campaign = await serve(bed, uncertain);
		const items = itemsFor(ids);
		const outputs = await onBoth(
			async () =>
				await Promise.all(Array.from({ length: EXECUTIONS }, async () => await campaign(...items))),
		);
		for (const output of outputs) expect(output).toHaveLength(ids.length);
		return { bed, ids, outputs };
	};

	it('with Fail (at Most Once) are sent once', async () => {
		const { bed, ids, outputs } = await sendAtOnce('fail');
		expect(bed.reached().sort()).toEqual([...ids].sort());
		const items = outputs.flat();
		const sent = items.filter(({ status, alreadySent }) => status === 'sent' && !alreadySent);
		expect(sent).toHaveLength(ids.length);
		// Who asks while another one sends cannot know how that ends.
		for (const { details } of items.filter(({ status }) => status !== 'sent')) {
			expect(details).toMatchObject({ delivered: 'unknown', attempts: 0 });
		}
	});

	it('with Retry (at Least Once) may be sent by each of the executions, and none is lost', async () => {
		const { bed, ids } = await sendAtOnce('retry');
		expect(new Set(bed.reached())).toEqual(new Set(ids));
		expect(bed.simulator.journal.count).toBeLessThanOrEqual(EXECUTIONS * ids.length);
	});
});
