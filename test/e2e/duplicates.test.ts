import { beds, contactIds, sendWorkflow, type Bed } from './support/bed';
import { GENESYS } from './support/workflows';

const openBed = beds();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed();
});

/** How many messages each of the contacts got. */
function countsOf(ids: readonly string[]): number[] {
	const reached = bed.reached();
	return ids.map((id) => reached.filter((other) => other === id).length);
}

describe("n8n's Retry On Fail", () => {
	it('sends only what was not sent, although n8n runs the node again with all items', async () => {
		const ids = contactIds(3);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: ids[1], times: 2 });
		const execution = await bed.send(ids, {
			parameters: { delivery: { concurrency: 1 } },
			settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 },
		});
		expect(execution.status).toBe('success');
		expect(execution.json(GENESYS).map(({ contactId }) => contactId)).toEqual(ids);
		expect(execution.json(GENESYS)[0]).toMatchObject({ alreadySent: true });
		expect(countsOf(ids)).toEqual([1, 1, 1]);
	});

	it('doubles nothing with Continue either, where a failed first item runs all again', async () => {
		const ids = contactIds(3);
		bed.open(...ids.slice(1));
		const execution = await bed.send(ids, {
			settings: {
				retryOnFail: true,
				maxTries: 3,
				waitBetweenTries: 0,
				onError: 'continueErrorOutput',
			},
		});
		expect(execution.json(GENESYS, 0).map(({ contactId }) => contactId)).toEqual(ids.slice(1));
		expect(countsOf(ids)).toEqual([0, 1, 1]);
	});
});

describe('Retry Execution', () => {
	it('sends the rest, and returns the recorded IDs of what was sent', async () => {
		const ids = contactIds(4);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: ids[2] });
		const failed = await bed.send(ids, { parameters: { delivery: { concurrency: 1 } } });
		expect(failed.status).toBe('error');
		expect(countsOf(ids)).toEqual([1, 1, 0, 0]);
		const recorded = ids.slice(0, 2).map((id) => {
			return bed.simulator.journal.all().find(({ contactId }) => contactId === id)?.id;
		});

		const retried = await bed.n8n.retry(failed.id);

		expect(retried.status).toBe('success');
		expect(countsOf(ids)).toEqual([1, 1, 1, 1]);
		const output = retried.json(GENESYS);
		expect(output.map(({ contactId }) => contactId)).toEqual(ids);
		expect(output.slice(0, 2).map(({ id }) => id)).toEqual(recorded);
		expect(output.map(({ alreadySent }) => alreadySent === true)).toEqual([
			true,
			true,
			false,
			false,
		]);
	});

	it('gets past an item that fails again, once On Error was set in the saved workflow', async () => {
		const ids = contactIds(4);
		bed.open(...ids);
		bed.simulator.contacts.expire(ids[1]!);
		const parameters = { delivery: { concurrency: 1 } };
		const workflowId = await bed.n8n.saveWorkflow(
			sendWorkflow(bed.credential, ids, { parameters }),
		);
		const failed = await bed.n8n.ended(await bed.n8n.start(workflowId));
		expect(countsOf(ids)).toEqual([1, 0, 0, 0]);

		await bed.n8n.setUp(workflowId, GENESYS, { onError: 'continueErrorOutput' });
		const retried = await bed.n8n.retry(failed.id, { loadWorkflow: true });

		expect(retried.status).toBe('success');
		expect(countsOf(ids)).toEqual([1, 0, 1, 1]);
		expect(retried.items(GENESYS, 1)).toHaveLength(1);
	});
});
