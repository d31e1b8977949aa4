import type { Settings } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { AGENTLESS, messageBy, recipients, SENDERS } from '../support/messages';
import { having, hintOf, jsonOf, textLike } from '../support/outcomes';

const openBed = beds();
const onError = 'continueErrorOutput';
const output = { unreachable: 'output' };
const [ada, ben] = ['+12025550143', '+12025550144'];

/** Starts a conversation that a customer is in. */
function talkTo({ simulator }: Bed, recipient: string) {
	const parties = { channel: 'sms', fromAddress: SENDERS.sms, recipient } as const;
	return simulator.conversations.connect(parties);
}

/** Two web messaging customers: the session of the first is open, that of the second is over. */
async function bedOfTwo(settings: Partial<Settings> = {}): Promise<Bed> {
	const bed = await openBed({ simulator: { unknownContacts: 'reject', ...settings } });
	bed.simulator.contacts.open({ contactId: 'w1', externalContactId: 'ada' });
	bed.simulator.contacts.open({ contactId: 'w2', externalContactId: 'ben' });
	bed.simulator.contacts.expire('w2');
	return bed;
}

describe('a conversation that is under way', () => {
	it.each([400, 409] as const)('fails the item with a hint at the option (%i)', async (status) => {
		const bed = await openBed({ simulator: { activeConversationStatus: status } });
		talkTo(bed, ada);
		const parameters = { ...messageBy('sms'), ...output };
		const result = await bed.run(recipients(ada, ben), parameters, { onError });
		expect(jsonOf(result)).toMatchObject([{ toAddress: ben }]);
		expect(jsonOf(result, 1)).toEqual([]);
		expect(jsonOf(result, 2)).toEqual([
			having({
				to: ada,
				error: textLike(/under way.*'Use Existing Active Conversation'/s),
				details: having({ reason: 'conflict', httpCode: String(status), attempts: 1 }),
			}),
		]);
	});

	it('is written into with the option', async () => {
		const bed = await openBed();
		const { id: conversationId } = talkTo(bed, ada);
		const options = { useExistingActiveConversation: true };
		const result = await bed.run(recipients(ada), messageBy('sms', { options }));
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', conversationId }]);
	});

	it('does not come about by the option', async () => {
		const bed = await openBed();
		const options = { useExistingActiveConversation: true };
		const result = await bed.run(recipients(ada), messageBy('sms', { options }));
		const [{ conversationId } = {}] = jsonOf(result);
		expect(bed.simulator.conversations.all()).toMatchObject([{ id: conversationId }]);
	});
});

describe('a web messaging customer', () => {
	it('whose session is over leaves by the Unreachable output', async () => {
		const bed = await bedOfTwo();
		const parameters = { ...messageBy('webmessaging'), ...output };
		const result = await bed.run(recipients('ada', 'ben', 'nobody'), parameters);
		expect(result.error).toBeUndefined();
		expect(jsonOf(result)).toMatchObject([{ externalContactId: 'ada', status: 'sent' }]);
		expect(jsonOf(result, 1)).toStrictEqual([
			{
				to: 'ben',
				text: 'Hello ben!',
				details: having({ reason: 'sessionExpired', delivered: 'no' }),
			},
			{
				to: 'nobody',
				text: 'Hello nobody!',
				details: having({ reason: 'contactNotFound', httpCode: '404', delivered: 'no' }),
			},
		]);
		expect(hintOf(result)).toBe('Messages: 1 sent, 2 unreachable.');
		expect(bed.reached()).toEqual(['w1']);
		expect(bed.calls(AGENTLESS)).toBe(3);
	});

	it('whose session is over fails the item by default', async () => {
		const bed = await bedOfTwo();
		const result = await bed.run(recipients('ben'), messageBy('webmessaging'));
		expect(result.error?.message).toContain('web messaging session of the customer has ended');
		expect(result.error?.description).toContain("'Unreachable' output");
	});
});

describe('a recipient', () => {
	it.each([404, 400] as const)('that is unknown is unreachable (%i)', async (status) => {
		const bed = await openBed({ simulator: { unknownRecipientStatus: status } });
		bed.simulator.recipients.set(ada, { kind: 'unknown' });
		const result = await bed.run(
			recipients(ada, ben),
			{ ...messageBy('sms'), ...output },
			{ onError },
		);
		expect(jsonOf(result, 1)).toEqual([
			having({ to: ada, details: having({ reason: 'contactNotFound', httpCode: String(status) }) }),
		]);
		expect(jsonOf(result)).toMatchObject([{ toAddress: ben }]);
	});

	it.each([
		'The recipient has opted out of messages',
		'RecipientOptedOut',
		'This number opted-out.',
		'The recipient is unsubscribed',
	])('that opted out is unreachable: %s', async (message) => {
		const body = { message, code: 'bad.request', status: 400 };
		const bed = await openBed({ faults: [{ kind: 'status', status: 400, body, contactId: ada }] });
		const result = await bed.run(recipients(ada, ben), { ...messageBy('sms'), ...output });
		expect(jsonOf(result, 1)).toEqual([
			having({ to: ada, details: having({ reason: 'optedOut', apiMessage: message }) }),
		]);
		expect(jsonOf(result)).toMatchObject([{ toAddress: ben }]);
	});

	it('that opted out fails the item by default, and is not tried again', async () => {
		const body = { message: 'The recipient has opted out', code: 'bad.request', status: 400 };
		const bed = await openBed({ faults: [{ kind: 'status', status: 400, body, times: 9 }] });
		const result = await bed.run(recipients(ada), messageBy('sms'));
		expect(result.error?.message).toContain('does not want messages on this channel');
		expect(bed.calls(AGENTLESS)).toBe(1);
	});

	it.each<[string, object]>([
		['a sender that is none', { fromAddress: { __rl: true, mode: 'id', value: '+12025550999' } }],
		['a gateway that does not know the path', {}],
	])('is not unreachable because of %s', async (name, fields) => {
		const bed = await openBed();
		if (name.startsWith('a gateway')) {
			bed.simulator.faults.add({ kind: 'status', status: 404, body: 'html' });
		}
		const parameters = { ...messageBy('sms'), ...fields, ...output };
		const result = await bed.run(recipients(ada), parameters, { onError });
		expect(jsonOf(result, 1)).toEqual([]);
		expect(jsonOf(result, 2)).toHaveLength(1);
	});
});
