import { beds, contactIds, sendWorkflow } from './support/bed';
import { GENESYS } from './support/workflows';
import { pause, until } from './support/until';

const openBed = beds();
const CONCURRENCY = 4;
const ANSWER_MS = 100;

describe('Stop in the middle of a campaign', () => {
	it('starts no further message, and ends at once', async () => {
		const bed = await openBed();
		const ids = contactIds(500);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'latency', ms: ANSWER_MS, times: Infinity });
		const workflow = sendWorkflow(bed.credential, ids, {
			parameters: { delivery: { concurrency: CONCURRENCY } },
		});
		const executionId = await bed.n8n.start(await bed.n8n.saveWorkflow(workflow));
		await until('the first messages', () => bed.simulator.journal.count >= 20);

		const stoppedAt = Date.now();
		await bed.n8n.stop(executionId);
		const atStop = bed.simulator.journal.count;
		const execution = await bed.n8n.ended(executionId);
		const tookMs = Date.now() - stoppedAt;

		expect(execution.status).toBe('canceled');
		expect(tookMs).toBeLessThan(5_000);
		// Time for some 100 messages, if any more were started.
		await pause(25 * ANSWER_MS);
		expect(bed.simulator.journal.count).toBeLessThanOrEqual(atStop + 2 * CONCURRENCY);
		expect(new Set(bed.reached()).size).toBe(bed.reached().length);
		expect(execution.json(GENESYS).length).toBeLessThan(ids.length);
	});

	/*
	 * n8n does not offer Retry Execution after Stop, or, where a workflow saves its progress, retries
	 * from the state before the node. The ledger is lost in both cases; Send Once Key is not.
	 */
	it('loses and doubles nothing when Send Once Key is set and the workflow is started again', async () => {
		const bed = await openBed();
		const ids = contactIds(60);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'latency', ms: ANSWER_MS, first: 40, accept: true });
		const workflow = sendWorkflow(bed.credential, ids, {
			parameters: {
				delivery: { concurrency: CONCURRENCY, sendOnceKey: '={{ $json.contactId }}' },
			},
		});
		const workflowId = await bed.n8n.saveWorkflow(workflow);
		const executionId = await bed.n8n.start(workflowId);
		await until('the first messages', () => bed.simulator.journal.count >= 12);
		await bed.n8n.stop(executionId);
		await bed.n8n.ended(executionId);
		// What was in flight gets its answer, and its key is stored.
		await pause(5 * ANSWER_MS);
		const before = bed.simulator.journal.count;

		const again = await bed.n8n.ended(await bed.n8n.start(workflowId));

		expect(again.status).toBe('success');
		expect(before).toBeLessThan(ids.length);
		const alreadySent = again.json(GENESYS).filter((json) => json.alreadySent === true);
		expect(alreadySent).toHaveLength(before);
		expect([...bed.reached()].sort()).toEqual([...ids].sort());
	});

	it('ends a wait for the rate limit', async () => {
		const bed = await openBed();
		const ids = contactIds(2);
		bed.open(...ids);
		const headers = { 'Retry-After': '120' };
		bed.simulator.faults.add({ kind: 'status', status: 429, headers, contactId: ids[0] });
		const workflow = sendWorkflow(bed.credential, ids, {
			parameters: { delivery: { concurrency: 1 } },
		});
		const executionId = await bed.n8n.start(await bed.n8n.saveWorkflow(workflow));
		await until('the refused call', () => bed.simulator.faults.all()[0]?.hits === 1);

		const stoppedAt = Date.now();
		await bed.n8n.stop(executionId);
		const execution = await bed.n8n.ended(executionId);

		expect(execution.status).toBe('canceled');
		expect(Date.now() - stoppedAt).toBeLessThan(5_000);
		expect(bed.reached()).toEqual([]);
	});
});
