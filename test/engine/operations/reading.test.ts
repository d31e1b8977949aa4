import type { IDataObject } from 'n8n-workflow';

import { DEMO_CUSTOMERS } from '../../../dev/simulator';
import { unknownFields } from '../../contract/sdkTypes';
import { beds } from '../support/bed';
import {
	CONVERSATION,
	LOOK_UP,
	messageBy,
	reading,
	recipients,
	SENDERS,
} from '../support/messages';
import { detailsOf, having, hintOf, jsonOf, sourceOf, textLike } from '../support/outcomes';
import { SEND } from '../support/workflows';
import { onlyBodyOf, startRecorder } from '../support/recorder';

const openBed = beds();
const onError = 'continueErrorOutput';

describe('Conversation > Get', () => {
	const get = (fields: IDataObject = {}) =>
		reading('conversation', 'get', 'conversationId', fields);
	const parties = { channel: 'sms', fromAddress: SENDERS.sms, recipient: '+12025550143' } as const;

	it('tells that the customer is there', async () => {
		const bed = await openBed();
		const { id, startTime } = bed.simulator.conversations.connect(parties);
		const result = await bed.run([{ json: { id } }], get());
		const [{ lastActivity, ...rest } = {}] = jsonOf(result);
		expect(rest).toStrictEqual({
			id,
			connected: true,
			customerState: 'connected',
			channel: 'sms',
			externalContactId: DEMO_CUSTOMERS[2].externalContactId,
		});
		// The customer joins a moment after the conversation begins.
		const joinedMs = Date.parse(lastActivity as string) - Date.parse(startTime);
		expect(joinedMs).toBeGreaterThanOrEqual(0);
		expect(joinedMs).toBeLessThan(1_000);
	});

	it.each(['client', 'inactivity', 'session.expired'])(
		'tells that it is over: %s',
		async (type) => {
			const bed = await openBed();
			const { id } = bed.simulator.conversations.connect(parties);
			bed.simulator.conversations.disconnect(id, type);
			const result = await bed.run([{ json: { id } }], get());
			expect(jsonOf(result)).toMatchObject([
				{ id, connected: false, customerState: 'disconnected', disconnectType: type },
			]);
			const { endTime } = bed.simulator.conversations.get(id) ?? {};
			expect(jsonOf(result)[0]?.lastActivity).toBe(endTime);
		},
	);

	it('sees a web session end', async () => {
		const bed = await openBed({ simulator: { conversationAfterSend: 'connected' } });
		bed.simulator.contacts.open({ contactId: 'w1', externalContactId: 'ada' });
		const sent = await bed.run(recipients('ada'), messageBy('webmessaging'));
		const input = jsonOf(sent).map(({ conversationId }) => ({
			json: { id: conversationId } as IDataObject,
		}));
		expect(jsonOf(await bed.run(input, get()))).toMatchObject([
			{ connected: true, channel: 'webmessaging', externalContactId: 'ada' },
		]);
		bed.simulator.contacts.expire('w1');
		expect(jsonOf(await bed.run(input, get()))).toMatchObject([
			{ connected: false, disconnectType: 'session.expired' },
		]);
	});

	it("is the API's own answer without Simplify", async () => {
		const bed = await openBed();
		const { id } = bed.simulator.conversations.connect(parties);
		const result = await bed.run([{ json: { id } }], get({ simplify: false }));
		const [answer = {}] = jsonOf(result);
		expect(unknownFields('MessageConversation', answer)).toEqual([]);
		expect(answer).toMatchObject({
			id,
			participants: [{ purpose: 'customer' }, { purpose: 'acd' }, { purpose: 'agent' }],
		});
	});

	it('of an unknown ID fails that item alone', async () => {
		const bed = await openBed();
		const { id } = bed.simulator.conversations.connect(parties);
		const result = await bed.run([{ json: { id: 'none' } }, { json: { id } }], get(), { onError });
		expect(jsonOf(result)).toMatchObject([{ id, connected: true }]);
		expect(jsonOf(result, 1)).toEqual([
			having({
				id: 'none',
				error: textLike(/conversation does not exist.*'Conversation ID'/s),
				details: having({ reason: 'notFound', httpCode: '404' }),
			}),
		]);
		expect(bed.calls(CONVERSATION)).toBe(2);
	});
});

describe('External Contact > Look Up', () => {
	const lookUp = (identifierType: string, fields: IDataObject = {}): IDataObject => ({
		resource: 'externalContact',
		operation: 'lookUp',
		identifierType,
		identifierValue: '={{ $json.who }}',
		...fields,
	});
	const carla = DEMO_CUSTOMERS[2];

	it.each([
		['Phone', carla.phone],
		['Phone', ' +1 (202) 555-0143'],
		['Email', carla.email],
		['Email', ' Carla.Jensen@Example.com '],
	])('finds the customer by %s %j', async (type, who) => {
		const bed = await openBed();
		const result = await bed.run([{ json: { who } }], lookUp(type));
		expect(jsonOf(result)).toStrictEqual([
			{
				id: carla.externalContactId,
				firstName: 'Carla',
				lastName: 'Jensen',
				phone: carla.phone,
				email: carla.email,
				surveyOptOut: false,
				modifyDate: textLike(/^\d{4}-\d\d-\d\dT/),
			},
		]);
		expect(hintOf(result)).toBe('Items: 1 read.');
	});

	it('sends the body that Genesys declares', async () => {
		const recorder = await startRecorder();
		try {
			const bed = await openBed({ credential: { apiUrl: recorder.url } });
			recorder.target = bed.simulator.url;
			await bed.run([{ json: { who: '+1 202 555 0143' } }], lookUp('Phone'));
			const body = onlyBodyOf(recorder);
			expect(body).toStrictEqual({ type: 'Phone', value: '+12025550143' });
			expect(unknownFields('ContactIdentifier', body)).toEqual([]);
		} finally {
			await recorder.close();
		}
	});

	it("is the API's own answer without Simplify", async () => {
		const bed = await openBed();
		const result = await bed.run(
			[{ json: { who: carla.phone } }],
			lookUp('Phone', { simplify: false }),
		);
		const [answer = {}] = jsonOf(result);
		expect(unknownFields('ExternalContact', answer)).toEqual([]);
		expect(answer).toMatchObject({ id: carla.externalContactId, cellPhone: { e164: carla.phone } });
	});

	it('of an unknown customer leaves by the Unreachable output', async () => {
		const bed = await openBed();
		const input = [{ json: { who: '+12025550199' } }, { json: { who: carla.phone } }];
		const result = await bed.run(input, lookUp('Phone', { unreachable: 'output' }));
		expect(jsonOf(result)).toMatchObject([{ id: carla.externalContactId }]);
		expect(jsonOf(result, 1)).toStrictEqual([
			{ who: '+12025550199', details: having({ reason: 'contactNotFound', httpCode: '404' }) },
		]);
		expect(result.outputOf(SEND, 1).map(sourceOf)).toEqual([0]);
		expect(hintOf(result)).toBe('Items: 1 read, 1 not found.');
	});

	it('of an unknown customer fails by default', async () => {
		const bed = await openBed();
		const result = await bed.run([{ json: { who: 'nobody@example.com' } }], lookUp('Email'));
		expect(result.error?.message).toContain('no external contact with this phone number');
	});

	it('gives the ID that a web message goes to', async () => {
		const bed = await openBed();
		bed.simulator.contacts.open({ contactId: 'w1', externalContactId: carla.externalContactId });
		const found = await bed.run([{ json: { who: carla.email } }], lookUp('Email'));
		const input = jsonOf(found).map(({ id }) => ({ json: { to: id, text: 'Hi' } as IDataObject }));
		await bed.run(input, messageBy('webmessaging'));
		expect(bed.reached()).toEqual(['w1']);
	});

	it.each([
		['Phone', '202 555 0143', /is not a phone number in international format/],
		['Phone', 'ada@example.com', /is not a phone number/],
		['Email', '+12025550143', /is not an e-mail address/],
		['Email', 'ada@', /is not an e-mail address/],
		['Email', '', /is empty/],
		['={{ "Fax" }}', '1', /'Look Up By' has a value that is not allowed/],
	])('refuses before any call: %s %j', async (type, who, text) => {
		const bed = await openBed();
		const result = await bed.run([{ json: { who } }], lookUp(type), { onError });
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'invalidInput' })]);
		expect(jsonOf(result, 1)).toMatchObject([{ error: textLike(text) }]);
		expect(bed.calls(LOOK_UP)).toBe(0);
	});
});
