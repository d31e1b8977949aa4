import { trustedCertificate } from '../../dev/simulator/certificate';
import { beds, contactIds, type Bed } from './support/bed';
import { listening } from './support/listening';
import { say, toldWhen, triggeredWorkflow } from './support/triggers';
import { GENESYS } from './support/workflows';

const openBed = beds();
// Over plain HTTP, as in the other tests, the node does not use n8n's request helper.
const openSecureBed = async (options = {}) =>
	await openBed({ ...options, tls: trustedCertificate() });
const CUSTOMERS = 60;

/** Sends to two customers; the first one's message is accepted, and then its connection is reset. */
async function loseAnswer(bed: Bed, lost: string, other: string, delivery: object) {
	bed.open(lost, other);
	bed.simulator.faults.add({ kind: 'reset', accept: true, contactId: lost });
	return await bed.send([lost, other], {
		parameters: { delivery },
		settings: { onError: 'continueErrorOutput' },
	});
}

describe.each([
	["n8n's request helper", { reuseConnections: false }],
	['kept connections', { reuseConnections: true }],
])('over TLS, as Genesys Cloud is, with %s', (_how, delivery) => {
	it('each customer gets one message through a rate limit and server errors', async () => {
		const bed = await openSecureBed({ rateLimit: { allowed: 25, windowMs: 1000 } });
		const ids = contactIds(CUSTOMERS);
		bed.open(...ids);
		bed.simulator.faults.add({ kind: 'status', status: 429, contactId: ids[3] });
		bed.simulator.faults.add({ kind: 'status', status: 503, contactId: ids[20] });
		const execution = await bed.send(ids, { parameters: { delivery } });
		expect(execution.status).toBe('success');
		expect(execution.json(GENESYS).map(({ contactId }) => contactId)).toEqual(ids);
		expect(bed.reached().sort()).toEqual([...ids].sort());
	});

	it('a message whose answer is lost goes out again with the policy Retry', async () => {
		const bed = await openSecureBed();
		const [lost = '', other = ''] = contactIds(2);
		const execution = await loseAnswer(bed, lost, other, { ...delivery, uncertain: 'retry' });
		expect(bed.reached().sort()).toEqual([lost, lost, other].sort());
		expect(execution.json(GENESYS, 1)).toEqual([]);
	});

	it('a message whose answer is lost is told as such, once, with the policy Fail', async () => {
		const bed = await openSecureBed();
		const [lost = '', other = ''] = contactIds(2);
		const execution = await loseAnswer(bed, lost, other, { ...delivery, uncertain: 'fail' });
		expect(bed.reached().sort()).toEqual([lost, other].sort());
		const failures = execution.json(GENESYS, 1);
		expect(failures).toHaveLength(1);
		expect(JSON.stringify(failures)).toContain('"delivered":"unknown"');
	});
});

describe('over TLS, as Genesys Cloud is', () => {
	it("a customer's message starts a workflow, with its text", async () => {
		const bed = await openSecureBed();
		const workflowId = await bed.n8n.saveWorkflow(triggeredWorkflow(bed.credential));
		await bed.n8n.activate(workflowId);
		await listening(bed);
		say(bed, 'Hello over TLS');
		const texts = await toldWhen(bed.n8n, workflowId, 1);
		await bed.n8n.deactivate(workflowId);
		expect(texts).toEqual(['Hello over TLS']);
	});
});
