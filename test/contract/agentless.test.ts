import { SEEDED, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, APPLE, OPEN, SMS, webMessageTo, WHATSAPP } from './messagingSupport';
import { missingFields, unknownFields } from './sdkTypes';
import { anyText, clientOf, textLike } from './support';
import type { Http } from './support';

const RESPONSE = 'SendAgentlessOutboundMessageResponse';
const EXTERNAL_ID = '5b1d0f6e-0000-4000-8000-000000000001';

describe('POST /api/v2/conversations/messages/agentless', () => {
	let simulator: Simulator;
	let http: Http;
	let send: Awaited<ReturnType<typeof agentlessSenderOf>>;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	beforeEach(async () => {
		simulator.reset();
		simulator.contacts.open({ contactId: 'session-1', externalContactId: EXTERNAL_ID });
		send = await agentlessSenderOf(http);
	});
	afterAll(async () => await simulator.stop());

	it.each([
		['sms', SMS, SMS.textBody],
		['whatsapp', WHATSAPP, 'Hello Carla! Your order A-1043 has shipped.'],
		['open', OPEN, OPEN.textBody],
		['apple', APPLE, APPLE.textBody],
		['webmessaging', webMessageTo(EXTERNAL_ID), 'Hello!'],
	])('accepts a message by %s in the documented shape', async (channel, body, text) => {
		const { status, data } = await send(body);
		expect(status).toBe(200);
		expect(unknownFields(RESPONSE, data)).toEqual([]);
		expect(missingFields('MessageData', data.message as unknown as object)).toEqual([]);
		expect(data).toMatchObject({
			id: anyText,
			conversationId: anyText,
			fromAddress: body.fromAddress,
			messengerType: channel,
			useExistingActiveConversation: false,
			message: { status: 'queued', direction: 'outbound', normalizedMessage: { text } },
			selfUri: `/api/v2/conversations/messages/${data.conversationId}/messages/${data.id}`,
		});
		expect((data as { toAddress?: string }).toAddress).toBe(body.toAddress);
		expect(simulator.journal.all()).toEqual([
			{
				id: data.id,
				contactId: body.toAddress ?? 'session-1',
				type: 'agentless',
				message: text,
				timestamp: data.timestamp,
				tokenId: anyText,
				channel,
				fromAddress: body.fromAddress,
				toAddress: body.toAddress,
				externalContactId: body.externalContactId,
				conversationId: data.conversationId,
				templateId: body.messagingTemplate?.responseId,
			},
		]);
	});

	it.each([
		['fax', { ...SMS, toAddressMessengerType: 'fax' }],
		['SMS in capitals', { ...SMS, toAddressMessengerType: 'SMS' }],
	])('refuses the channel %s with invalid.value', async (_what, body) => {
		const { status, data } = await send(body);
		expect([status, data.code]).toEqual([400, 'invalid.value']);
		expect(data.message).toBe(
			`Value [${body.toAddressMessengerType}] is not valid for field type ` +
				'[toAddressMessengerType]. Allowable values are: sms, whatsapp, open, webmessaging, apple',
		);
		expect(unknownFields('ErrorBody', data)).toEqual([]);
	});

	it.each([
		['toAddress', { ...SMS, toAddress: '0202555' }],
		['toAddress', { ...SMS, toAddress: '+1 202 555' }],
		['toAddress', { ...SMS, toAddress: undefined }],
		['toAddress', { ...APPLE, toAddress: '12025550143' }],
		['toAddress', { ...WHATSAPP, toAddress: '+12025550143' }],
		['toAddress', { ...webMessageTo(EXTERNAL_ID), toAddress: '+12025550143' }],
		['externalContactId', { ...webMessageTo(EXTERNAL_ID), externalContactId: undefined }],
		['fromAddress', { ...SMS, fromAddress: '' }],
		['fromAddress', { ...SMS, fromAddress: '+12025550999' }],
		['fromAddress', { ...OPEN, fromAddress: SEEDED.whatsappIntegrationId }],
		['fromAddress', { ...webMessageTo(EXTERNAL_ID), fromAddress: 'nowhere' }],
		['textBody', { ...SMS, textBody: undefined }],
		['textBody', { ...SMS, textBody: 'x'.repeat(766) }],
		['textBody', { ...OPEN, textBody: 'x'.repeat(2001) }],
		['textBody', { ...OPEN, textBody: 7 }],
		['toAddressMessengerType', { ...SMS, toAddressMessengerType: undefined }],
		['messagingTemplate', { ...WHATSAPP, messagingTemplate: undefined, textBody: 'x' }],
		['messagingTemplate', { ...WHATSAPP, messagingTemplate: 'x' }],
		['messagingTemplate.responseId', { ...WHATSAPP, messagingTemplate: {} }],
		['messagingTemplate.responseId', { ...WHATSAPP, messagingTemplate: { responseId: 'none' } }],
		[
			'messagingTemplate.bodyParameters',
			{ ...WHATSAPP, messagingTemplate: { responseId: 'r', bodyParameters: [{ id: 1 }] } },
		],
		['useExistingActiveConversation', { ...SMS, useExistingActiveConversation: 'yes' }],
	])('refuses a wrong %s with bad.request', async (fieldName, body) => {
		const { status, data } = await send(body);
		expect([status, data.code]).toEqual([400, 'bad.request']);
		expect(data.details).toEqual([{ errorCode: textLike(/^field\./), fieldName }]);
		expect(simulator.journal.count).toBe(0);
	});

	it('takes texts of the full length, and longer ones when it is told to', async () => {
		expect((await send({ ...SMS, textBody: 'x'.repeat(765) })).status).toBe(200);
		expect((await send({ ...OPEN, textBody: 'x'.repeat(2000) })).status).toBe(200);
		simulator.configure({ overlongText: 'accept' });
		expect((await send({ ...SMS, textBody: 'x'.repeat(766) })).status).toBe(200);
	});

	it('answers 202, and with the deprecated text, when it is told to', async () => {
		expect((await send(SMS)).data).not.toHaveProperty('textBody');
		simulator.configure({ agentlessStatus: 202, deprecatedMessageFields: true });
		const { status, data } = await send(SMS);
		expect([status, data]).toEqual([202, expect.objectContaining({ textBody: SMS.textBody })]);
		const normalized = await send(SMS, '?useNormalizedMessage=true');
		expect(normalized.data).not.toHaveProperty('textBody');
	});

	it('plays faults, also for one recipient, and counts its calls', async () => {
		simulator.faults.add({ kind: 'status', status: 503, contactId: SMS.toAddress });
		simulator.faults.add({ kind: 'reset', accept: true, contactId: EXTERNAL_ID });
		expect((await send(OPEN)).status).toBe(200);
		expect((await send(SMS)).status).toBe(503);
		await expect(send(webMessageTo(EXTERNAL_ID))).rejects.toMatchObject({ code: 'ECONNRESET' });
		expect(simulator.journal.all().map(({ channel }) => channel)).toEqual(['open', 'webmessaging']);
		const { calls } = simulator.stats.of('POST /api/v2/conversations/messages/agentless');
		expect([calls, simulator.stats.sendTimes.length]).toEqual([3, 3]);
	});
});
