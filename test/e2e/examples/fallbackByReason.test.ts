import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { example } from '../support/examples';
import { listening, UNDELIVERED_TOPIC } from '../support/listening';
import { until } from '../support/until';
import type { WorkflowJson } from '../support/workflows';

const openBed = beds();
const [ADA, BEN, CARLA, DMITRI, ELIF] = DEMO_CUSTOMERS;
const SENDS = ['Send by Messenger', 'Send by WhatsApp'];

/** The example with another send window: from and to are times of today, UTC. */
function withWindow(bed: Bed, from: string, to: string): WorkflowJson {
	const workflow = example('fallback-by-reason.json', bed.credential);
	const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
	const sendWindow = { window: { from, to, days, timeZone: 'UTC' } };
	const nodes = workflow.nodes.map((node) => {
		if (!SENDS.includes(node.name)) return node;
		const { delivery, ...parameters } = node.parameters;
		return {
			...node,
			parameters: { ...parameters, delivery: { ...Object(delivery), sendWindow } },
		};
	});
	return { ...workflow, nodes };
}

const channelOf = (bed: Bed) =>
	bed.simulator.journal.all().map(({ channel, toAddress, externalContactId }) => {
		return `${channel} ${toAddress ?? externalContactId}`;
	});

describe('the example "Fallback by reason"', () => {
	it('reaches each customer once, by the first channel that works', async () => {
		const bed = await openBed({ undeliveredAfterMs: 500 });
		for (const { contactId, externalContactId } of [ADA, BEN]) {
			bed.simulator.contacts.open({ contactId, externalContactId });
		}
		// Ben has closed the page; Carla has opted out of WhatsApp, Elif of WhatsApp and SMS.
		bed.simulator.contacts.setBrowser(BEN.contactId, 'closed');
		const optedOut = [CARLA.phone.slice(1), ELIF.phone.slice(1), ELIF.phone];
		for (const address of optedOut) bed.simulator.recipients.set(address, { kind: 'optedOut' });
		const workflowId = await bed.n8n.saveWorkflow(withWindow(bed, '00:00', '24:00'));
		await bed.n8n.activate(workflowId);
		await listening(bed, UNDELIVERED_TOPIC);

		const first = await bed.n8n.ended(await bed.n8n.start(workflowId));
		expect(first.error).toBeUndefined();
		const [undelivered] = await bed.n8n.whenEnded(workflowId, 2).then((all) => all.slice(1));
		const again = await bed.n8n.ended(await bed.n8n.start(workflowId));
		await bed.n8n.deactivate(workflowId);

		expect(undelivered?.json('Sent by WhatsApp')).toHaveLength(1);
		expect(again.status).toBe('success');
		expect(again.json('Call instead').map(({ firstName }) => firstName)).toEqual(['Elif']);
		expect(channelOf(bed).sort()).toEqual(
			[
				`webmessaging ${ADA.externalContactId}`,
				`webmessaging ${BEN.externalContactId}`,
				`whatsapp ${BEN.phone.slice(1)}`,
				`sms ${CARLA.phone}`,
				`whatsapp ${DMITRI.phone.slice(1)}`,
			].sort(),
		);
	});

	it('waits until the send window opens', async () => {
		const bed = await openBed({ prepare: ({ contacts }) => void contacts.open(ADA) });
		const opensAt = new Date(Date.now() + 60_000);
		const workflow = withWindow(bed, timeOf(opensAt), timeOf(new Date(Date.now() - 120_000)));
		const workflowId = await bed.n8n.saveWorkflow(workflow);

		const executionId = await bed.n8n.start(workflowId);
		await until('the opening', () => bed.simulator.journal.count > 0, 90_000);
		const execution = await bed.n8n.ended(executionId);

		expect(execution.status).toBe('success');
		const [first] = bed.simulator.journal.all();
		expect(Date.parse(String(first?.timestamp))).toBeGreaterThanOrEqual(
			opensAt.setUTCSeconds(0, 0),
		);
		expect(bed.simulator.journal.count).toBe(DEMO_CUSTOMERS.length);
	}, 150_000);
});

/** Hours and minutes, UTC. */
function timeOf(date: Date): string {
	return date.toISOString().slice(11, 16);
}
