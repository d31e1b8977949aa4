import type { IDataObject } from 'n8n-workflow';

import { SEEDED, type Channel } from '../../../dev/simulator';
import { missingFields, unknownFields } from '../../contract/sdkTypes';
import { beds, type Bed } from '../support/bed';
import { located, messageBy, recipients } from '../support/messages';
import { jsonOf } from '../support/outcomes';
import { onlyBodyOf, startRecorder, type Recorder } from '../support/recorder';

const openBed = beds();
const REQUEST = 'SendAgentlessOutboundMessageRequest';
let recorder: Recorder;

beforeAll(async () => {
	recorder = await startRecorder();
});
beforeEach(() => {
	recorder.calls.length = 0;
});
afterAll(async () => {
	await recorder.close();
});

/** A bed whose API is reached through the recorder. */
async function recordedBed(): Promise<Bed> {
	const bed = await openBed({ credential: { apiUrl: recorder.url } });
	recorder.target = bed.simulator.url;
	return bed;
}

/** Sends one message and returns the body that was received, checked against the SDK's types. */
async function bodyOf(parameters: IDataObject, to: string, json: IDataObject = {}) {
	const bed = await recordedBed();
	const [item] = recipients(to);
	const result = await bed.run([{ json: { ...item?.json, ...json } }], parameters);
	expect(result.error).toBeUndefined();
	expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
	expect(recorder.calls).toMatchObject([
		{ method: 'POST', path: '/api/v2/conversations/messages/agentless' },
	]);
	const body = onlyBodyOf(recorder);
	expect(unknownFields(REQUEST, body)).toEqual([]);
	expect(missingFields(REQUEST, body)).toEqual([]);
	return { body, bed };
}

const CONTACT = '9b7d1e20-6c3f-4d58-8e02-1b4cf2000001';

const bodies: [Channel, string, object][] = [
	[
		'webmessaging',
		CONTACT,
		{
			fromAddress: SEEDED.deploymentId,
			toAddressMessengerType: 'webmessaging',
			externalContactId: CONTACT,
			textBody: `Hello ${CONTACT}!`,
		},
	],
	[
		'sms',
		'+12025550143',
		{
			fromAddress: '+12025550100',
			toAddressMessengerType: 'sms',
			toAddress: '+12025550143',
			textBody: 'Hello +12025550143!',
		},
	],
	[
		'whatsapp',
		'12025550143',
		{
			fromAddress: SEEDED.whatsappIntegrationId,
			toAddressMessengerType: 'whatsapp',
			toAddress: '12025550143',
			messagingTemplate: { responseId: SEEDED.templateId },
		},
	],
	[
		'open',
		'customer 4711/b',
		{
			fromAddress: SEEDED.openIntegrationId,
			toAddressMessengerType: 'open',
			toAddress: 'customer 4711/b',
			textBody: 'Hello customer 4711/b!',
		},
	],
	[
		'apple',
		'+12025550143',
		{
			fromAddress: SEEDED.appleIntegrationId,
			toAddressMessengerType: 'apple',
			toAddress: '+12025550143',
			textBody: 'Hello +12025550143!',
		},
	],
];

describe('the body of a message', () => {
	it.each(bodies)('by %s has exactly the fields of the channel', async (channel, to, expected) => {
		const { body, bed } = await bodyOf(messageBy(channel), to);
		expect(body).toStrictEqual(expected);
		expect(bed.simulator.journal.all()).toMatchObject([{ channel, contactId: to }]);
	});

	it.each(bodies)('by %s may go into a conversation under way', async (channel, to, expected) => {
		const options = { useExistingActiveConversation: true };
		const { body } = await bodyOf(messageBy(channel, { options }), to);
		expect(body).toStrictEqual({ ...expected, useExistingActiveConversation: true });
	});

	it('keeps nothing of the fields of a channel that was chosen before', async () => {
		const leftOver = {
			externalContactId: CONTACT,
			templateId: located(SEEDED.templateId),
			templateParameters: { parameter: [{ part: 'body', id: '1', value: 'x' }] },
			contactId: 'c1',
		};
		const { body } = await bodyOf(messageBy('sms', leftOver), '+12025550143');
		expect(Object.keys(body).sort()).toEqual([
			'fromAddress',
			'textBody',
			'toAddress',
			'toAddressMessengerType',
		]);
	});

	it.each(['id', 'list'])('takes the sender by %s', async (mode) => {
		const fromAddress = located('+447700900100', mode);
		const { body } = await bodyOf(messageBy('sms', { fromAddress }), '+12025550143');
		expect(body.fromAddress).toBe('+447700900100');
	});

	it('takes the sender from an expression of the item', async () => {
		const fromAddress = located('={{ $json.sender }}');
		const sender = '+44 7700 900100';
		const { body } = await bodyOf(messageBy('sms', { fromAddress }), '+12025550143', { sender });
		expect(body.fromAddress).toBe('+447700900100');
	});

	it('keeps every letter of the text', async () => {
		const text = '  Grüezi 👋\n\n"Ada" \\ <b>₣</b>  ';
		const { body } = await bodyOf(messageBy('sms'), '+12025550143', { text });
		expect(body.textBody).toBe(text);
	});
});
