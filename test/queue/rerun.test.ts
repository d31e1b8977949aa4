import { beds, contactIds } from '../e2e/support/bed';
import { GENESYS } from '../e2e/support/workflows';
import { useWorkers } from './support/useWorkers';

const openBed = beds();
const workers = useWorkers(2);

const sentOnce = (ids: readonly string[]) => [...ids].sort();

describe("n8n's Retry On Fail on a worker", () => {
	it('sends only what was not sent', async () => {
		const bed = await openBed();
		const ids = contactIds(40);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: ids[20], times: 2 });
		const execution = await bed.send(ids, {
			settings: { retryOnFail: true, maxTries: 5, waitBetweenTries: 0 },
		});
		expect(execution.status).toBe('success');
		expect(execution.json(GENESYS)[0]).toMatchObject({ alreadySent: true });
		expect(bed.reached().sort()).toEqual(sentOnce(ids));
	});
});

describe('Retry Execution in queue mode', () => {
	it('goes on from the ledger in the database, whichever worker runs it', async () => {
		const bed = await openBed();
		const ids = contactIds(40);
		bed.open(...ids);
		// Fails once for each retry: with several retries, both workers get some of them.
		const culprits = ids.slice(20, 26);
		for (const contactId of culprits) {
			bed.simulator.faults.add({ kind: 'status', status: 409, contactId });
		}
		const options = { parameters: { delivery: { concurrency: 1 } } };
		let execution = await bed.send(ids, options);
		for (const [index] of culprits.entries()) {
			expect(execution.status).toBe('error');
			expect(bed.reached()).toEqual(ids.slice(0, 20 + index));
			execution = await bed.n8n.retry(execution.id);
		}
		expect(execution.status).toBe('success');
		expect(bed.reached()).toEqual(ids);
		const output = execution.json(GENESYS);
		expect(output.map(({ id }) => id)).toEqual(bed.simulator.journal.all().map(({ id }) => id));
		expect(output.filter(({ alreadySent }) => alreadySent === true)).toHaveLength(25);
		for (const worker of workers) expect(worker.executions().length).toBeGreaterThan(0);
	});
});
