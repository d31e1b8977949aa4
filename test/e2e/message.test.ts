import { SEEDED } from '../../dev/simulator';
import { beds, type Bed } from './support/bed';

const openBed = beds();
let bed: Bed;

beforeAll(async () => {
	bed = await openBed({ messageStatusTimes: { sentMs: 100, finalMs: 1200 } });
});

const byId = (value: string) => ({ __rl: true, mode: 'id', value });

describe('Message > Send', () => {
	it.each([
		['sms', SEEDED.smsNumber, '+12025550143'],
		['open', SEEDED.openIntegrationId, 'customer-4711'],
		['apple', SEEDED.appleIntegrationId, '+12025550143'],
	])('sends a text by %s', async (channel, from, to) => {
		const send = await bed.serve({
			resource: 'message',
			operation: 'send',
			channel,
			fromAddress: byId(from),
			toAddress: '={{ $json.to }}',
			message: '=Hello {{ $json.name }}!',
		});
		const output = await send({ to, name: 'Carla' });
		expect(output).toEqual([
			expect.objectContaining({ channel, fromAddress: from, toAddress: to, status: 'sent' }),
		]);
		const accepted = bed.simulator.journal.all().at(-1);
		expect(accepted).toMatchObject({ id: output[0]?.id, channel, toAddress: to });
		expect(accepted?.message).toBe('Hello Carla!');
	});

	it('sends a template by WhatsApp, with its parameters from JSON', async () => {
		const send = await bed.serve({
			resource: 'message',
			operation: 'send',
			channel: 'whatsapp',
			fromAddress: byId(SEEDED.whatsappIntegrationId),
			toAddress: '={{ $json.to }}',
			templateId: byId(SEEDED.templateId),
			templateParametersInput: 'json',
			templateParametersJson: '={{ { "1": $json.name, "2": $json.order } }}',
		});
		const [output] = await send({ to: '+1 202-555-0143', name: 'Carla', order: 'A-1043' });
		expect(output).toMatchObject({ channel: 'whatsapp', toAddress: '12025550143' });
		const accepted = bed.simulator.journal.all().at(-1);
		expect(accepted).toMatchObject({ channel: 'whatsapp', templateId: SEEDED.templateId });
		expect(accepted?.message).toBe('Hello Carla! Your order A-1043 has shipped.');
	});

	it('sends into a web messaging session, by the external contact', async () => {
		const externalContactId = '9b7d1e20-6c3f-4d58-8e02-1b4cf2000001';
		bed.simulator.contacts.open({ contactId: 'ada', externalContactId });
		const send = await bed.serve({
			resource: 'message',
			operation: 'send',
			channel: 'webmessaging',
			fromAddress: byId(SEEDED.deploymentId),
			externalContactId: '={{ $json.id }}',
			message: 'Hello!',
		});
		const [output] = await send({ id: externalContactId });
		expect(output).toMatchObject({ channel: 'webmessaging', externalContactId, status: 'sent' });
		expect(bed.simulator.journal.all().at(-1)).toMatchObject({ externalContactId });
	});
});

describe('what became of a message', () => {
	it('is known to Get Delivery Status, which waits for the end, and to Get Conversation', async () => {
		const send = await bed.serve({
			resource: 'message',
			operation: 'send',
			channel: 'sms',
			fromAddress: byId(SEEDED.smsNumber),
			toAddress: '={{ $json.to }}',
			message: 'Hello!',
		});
		const getStatus = await bed.serve({
			resource: 'message',
			operation: 'getStatus',
			messageId: '={{ $json.id }}',
			options: { waitForFinal: true, waitSeconds: 20 },
		});
		const getConversation = await bed.serve({
			resource: 'conversation',
			operation: 'get',
			conversationId: '={{ $json.conversationId }}',
		});

		const [sent] = await send({ to: '+12025550150' });
		const [status] = await getStatus(sent!);
		expect(status).toMatchObject({ id: sent?.id, status: 'delivery-success', delivered: true });
		const [conversation] = await getConversation(sent!);
		expect(conversation).toMatchObject({ id: sent?.conversationId, connected: false });
	});

	it('names the reason why a message was not delivered', async () => {
		const to = '+12025550151';
		bed.simulator.recipients.set(to, { kind: 'undeliverable', reason: 'InvalidDestination' });
		const send = await bed.serve({
			resource: 'message',
			operation: 'send',
			channel: 'sms',
			fromAddress: byId(SEEDED.smsNumber),
			toAddress: '={{ $json.to }}',
			message: 'Hello!',
		});
		const getStatus = await bed.serve({
			resource: 'message',
			operation: 'getStatus',
			messageId: '={{ $json.id }}',
			options: { waitForFinal: true, waitSeconds: 20 },
		});
		const [sent] = await send({ to });
		const [status] = await getStatus(sent!);
		expect(status).toMatchObject({
			final: true,
			delivered: false,
			failureReason: 'InvalidDestination',
		});
	});
});

describe('External Contact > Look Up', () => {
	it.each([
		['Phone', '+33639980041'],
		['Email', 'ada.moreau@example.com'],
	])('finds a customer by %s', async (identifierType, value) => {
		const lookUp = await bed.serve({
			resource: 'externalContact',
			operation: 'lookUp',
			identifierType,
			identifierValue: '={{ $json.value }}',
		});
		const [contact] = await lookUp({ value });
		expect(contact).toMatchObject({ firstName: 'Ada', lastName: 'Moreau' });
	});
});
