import { DEMO_CUSTOMERS, type DemoCustomer } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { example } from '../support/examples';
import { listening, UNDELIVERED_TOPIC } from '../support/listening';
import { until } from '../support/until';
import type { WorkflowJson } from '../support/workflows';

const openBed = beds();
const [ADA, BEN, CARLA, DMITRI, ELIF] = DEMO_CUSTOMERS;
const SENDS = ['Send by Messenger', 'Send by WhatsApp', 'Send by SMS'];

/** The example with another send window: one of these times, UTC, or none. */
function withWindow(bed: Bed, times?: { from: string; to: string }): WorkflowJson {
	const soon = { 'Wait a moment': { amount: 1, unit: 'seconds' } };
	const workflow = example('fallback-by-reason.json', bed.credential, soon);
	const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
	const sendWindow = times ? { window: { ...times, days, timeZone: 'UTC' } } : {};
	const nodes = workflow.nodes.map((node) => {
		if (!SENDS.includes(node.name)) return node;
		const delivery = { ...(node.parameters.delivery as object), sendWindow };
		return { ...node, parameters: { ...node.parameters, delivery } };
	});
	return { ...workflow, nodes };
}

const whatsApp = ({ phone }: DemoCustomer) => phone.slice(1);

const channelsOf = (bed: Bed) =>
	bed.simulator.journal.all().map(({ channel, toAddress, externalContactId }) => {
		return `${channel} ${toAddress ?? externalContactId}`;
	});

describe('the example "Fallback by reason"', () => {
	it('reaches each customer once, by the first channel that works', async () => {
		const messageStatusTimes = { sentMs: 50, finalMs: 100 };
		const bed = await openBed({ undeliveredAfterMs: 500, messageStatusTimes });
		for (const { contactId, externalContactId } of [ADA, BEN]) {
			bed.simulator.contacts.open({ contactId, externalContactId });
		}
		// Ben has closed the page, Carla has opted out of WhatsApp, Elif is known by no channel.
		bed.simulator.contacts.setBrowser(BEN.contactId, 'closed');
		bed.simulator.recipients.set(whatsApp(CARLA), { kind: 'optedOut' });
		bed.simulator.recipients.set(whatsApp(ELIF), { kind: 'unknown' });
		bed.simulator.recipients.set(ELIF.phone, { kind: 'unknown' });
		const workflowId = await bed.n8n.saveWorkflow(withWindow(bed));
		await bed.n8n.activate(workflowId);
		await listening(bed, UNDELIVERED_TOPIC);

		const first = await bed.n8n.ended(await bed.n8n.start(workflowId));
		expect(first.error).toBeUndefined();
		const [undelivered] = (await bed.n8n.whenEnded(workflowId, 2)).slice(1);
		const again = await bed.n8n.ended(await bed.n8n.start(workflowId));
		await bed.n8n.deactivate(workflowId);

		expect(undelivered?.json('Sent by WhatsApp')).toHaveLength(1);
		expect(again.status).toBe('success');
		expect(again.json('Call instead').map(({ firstName }) => firstName)).toEqual(['Elif']);
		const channels = [
			`webmessaging ${ADA.externalContactId}`,
			`webmessaging ${BEN.externalContactId}`,
			`whatsapp ${whatsApp(BEN)}`,
			`whatsapp ${whatsApp(CARLA)}`,
			`sms ${CARLA.phone}`,
			`whatsapp ${whatsApp(DMITRI)}`,
		];
		expect(channelsOf(bed).sort()).toEqual(channels.sort());
	});

	it('does not forget a message that is undelivered before it has been noted', async () => {
		// Told at once, while the others of the list are still sent.
		const bed = await openBed({ undeliveredAfterMs: 1 });
		bed.simulator.faults.add({ kind: 'latency', ms: 2_000, nth: 2 });
		for (const { contactId, externalContactId } of [ADA, BEN]) {
			bed.simulator.contacts.open({ contactId, externalContactId });
		}
		bed.simulator.contacts.setBrowser(ADA.contactId, 'closed');
		const workflowId = await bed.n8n.saveWorkflow(withWindow(bed));
		await bed.n8n.activate(workflowId);
		await listening(bed, UNDELIVERED_TOPIC);

		await bed.n8n.ended(await bed.n8n.start(workflowId));
		const ended = await bed.n8n.whenEnded(workflowId, 2);
		await bed.n8n.deactivate(workflowId);

		const undelivered = ended.find((execution) => execution.ran('Message undelivered'));
		expect(undelivered?.ran('Wait a moment')).toBe(true);
		expect(channelsOf(bed)).toContain(`whatsapp ${whatsApp(ADA)}`);
	});

	it('waits until the send window opens', async () => {
		const bed = await openBed({ prepare: ({ contacts }) => void contacts.open(ADA) });
		bed.simulator.recipients.set(whatsApp(ELIF), { kind: 'unknown' });
		const opensAt = new Date(Date.now() + 60_000);
		const closedAt = new Date(Date.now() - 120_000);
		const workflow = withWindow(bed, { from: timeOf(opensAt), to: timeOf(closedAt) });
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
