import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import type { Execution } from '../support/execution';
import { example } from '../support/examples';
import { until } from '../support/until';

const openBed = beds();
const [ADA, BEN] = DEMO_CUSTOMERS;
let bed: Bed;
let workflowId: string;

/** The shop calls; returns the execution. */
async function shipped(order: object): Promise<Execution> {
	const before = (await bed.n8n.executionsOf(workflowId)).length;
	await bed.n8n.callWebhook('order-shipped', order);
	const executions = await until('the execution', async () => {
		const ended = await bed.n8n.executionsOf(workflowId);
		return ended.length > before && ended;
	});
	return executions.at(-1)!;
}

beforeAll(async () => {
	bed = await openBed({ messageStatusTimes: { sentMs: 100, finalMs: 300 } });
	const workflow = example('order-shipped.json', bed.credential);
	workflowId = await bed.n8n.saveWorkflow(workflow);
	await bed.n8n.activate(workflowId);
});

afterAll(async () => {
	await bed.n8n.deactivate(workflowId);
});

describe('the example "Order shipped"', () => {
	it('finds the customer, sends a web message and waits until it is delivered', async () => {
		const { contactId, externalContactId, phone } = ADA;
		bed.simulator.contacts.open({ contactId, externalContactId });
		const execution = await shipped({ orderId: 'A-1041', firstName: 'Ada', phone });
		expect(execution.error).toBeUndefined();
		expect(execution.json('Note it in the shop')).toEqual([
			expect.objectContaining({ status: 'delivery-success', delivered: true }),
		]);
		const accepted = bed.simulator.journal.all().at(-1);
		expect(accepted).toMatchObject({ channel: 'webmessaging', externalContactId });
		expect(accepted?.message).toBe('Hello Ada! Your order A-1041 has shipped.');
	});

	it('sends once, however often the shop calls', async () => {
		const before = bed.simulator.journal.count;
		const execution = await shipped({ orderId: 'A-1041', firstName: 'Ada', phone: ADA.phone });
		expect(execution.status).toBe('success');
		expect(execution.ran('Wait for delivery')).toBe(false);
		expect(bed.simulator.journal.count).toBe(before);
	});

	it('sends an SMS to a customer without an open session', async () => {
		const { phone } = BEN;
		const execution = await shipped({ orderId: 'A-1042', firstName: 'Ben', phone });
		expect(execution.json('Note it in the shop')).toHaveLength(1);
		const accepted = bed.simulator.journal.all().at(-1);
		expect(accepted).toMatchObject({ channel: 'sms', toAddress: phone });
		expect(accepted?.message).toContain('A-1042');
	});

	it('sends an SMS to a customer whom Genesys Cloud does not know, and reports a failure', async () => {
		const phone = '+12025550177';
		bed.simulator.recipients.set(phone, { kind: 'undeliverable', reason: 'InvalidDestination' });
		const execution = await shipped({ orderId: 'A-1099', firstName: 'Zoe', phone });
		expect(execution.json('Tell the service desk')).toEqual([
			expect.objectContaining({ delivered: false, failureReason: 'InvalidDestination' }),
		]);
	});
});
