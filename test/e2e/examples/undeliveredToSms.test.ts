import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { beds } from '../support/bed';
import { Customers } from '../support/customers';
import { example } from '../support/examples';
import { listening, UNDELIVERED_TOPIC } from '../support/listening';
import { genesysNode, manualWorkflow } from '../support/workflows';

const openBed = beds();
const [ADA, BEN] = DEMO_CUSTOMERS;

describe('the example "Undelivered message to SMS"', () => {
	it('sends the text that a customer was not there to see', async () => {
		const bed = await openBed({ undeliveredAfterMs: 300 });
		for (const { contactId, externalContactId } of [ADA, BEN]) {
			bed.simulator.contacts.open({ contactId, externalContactId });
			bed.simulator.contacts.setBrowser(contactId, 'closed');
		}
		const { externalContactId, phone } = ADA;
		await Customers.of(bed.n8n, [{ customer: 'shop-1', externalContactId, phone }]);
		const workflowId = await bed.n8n.saveWorkflow(
			example('undelivered-to-sms.json', bed.credential),
		);
		await bed.n8n.activate(workflowId);
		await listening(bed, UNDELIVERED_TOPIC);

		const send = genesysNode(bed.credential, {
			resource: 'message',
			operation: 'send',
			channel: 'webmessaging',
			fromAddress: {
				__rl: true,
				mode: 'id',
				value: bed.simulator.contacts.get(ADA.contactId)?.deploymentId,
			},
			externalContactId: { __rl: true, mode: 'id', value: '={{ $json.id }}' },
			message: 'Your parcel is here.',
		});
		const items = [{ id: externalContactId }, { id: BEN.externalContactId }];
		await bed.n8n.run(manualWorkflow(items, send));
		const executions = await bed.n8n.whenEnded(workflowId, 2);
		await bed.n8n.deactivate(workflowId);

		expect(executions.flatMap((one) => one.json('Sent by SMS'))).toHaveLength(1);
		expect(executions.flatMap((one) => one.json('Call instead'))).toHaveLength(1);
		expect(bed.simulator.journal.all().at(-1)).toMatchObject({
			channel: 'sms',
			toAddress: phone,
			message: 'Your parcel is here.',
		});
	});
});
