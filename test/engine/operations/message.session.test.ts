import { beds, type Bed } from '../support/bed';
import { AGENTLESS, CONVERSATION, messageBy, SENDERS } from '../support/messages';
import { having, jsonOf, textLike } from '../support/outcomes';

const openBed = beds();
const onError = 'continueErrorOutput';
const output = { unreachable: 'output' };
const ada = '+12025550143';

/** Starts a conversation that a customer is in. */
function talkTo({ simulator }: Bed, recipient: string) {
	const parties = { channel: 'sms', fromAddress: SENDERS.sms, recipient } as const;
	return simulator.conversations.connect(parties);
}

describe('Check Session First', () => {
	const options = { checkSessionFirst: true, conversationId: '={{ $json.id }}' };
	const fields = { options: { ...options, useExistingActiveConversation: true } };
	const checked = { ...messageBy('sms', fields), ...output };
	const itemFor = (to: string, id?: string) => ({ json: { to, text: 'Hi', ...(id && { id }) } });

	it('sends into a conversation that is open', async () => {
		const bed = await openBed();
		const { id } = talkTo(bed, ada);
		const result = await bed.run([itemFor(ada, id)], checked);
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', conversationId: id, attempts: 1 }]);
		expect(bed.calls(CONVERSATION)).toBe(1);
	});

	it('makes a customer who left unreachable, without a send call', async () => {
		const bed = await openBed();
		const { id } = talkTo(bed, ada);
		bed.simulator.conversations.disconnect(id);
		const result = await bed.run([itemFor(ada, id)], checked);
		expect(jsonOf(result, 1)).toEqual([
			{
				...itemFor(ada, id).json,
				details: {
					message: textLike(/session of the customer has ended/),
					reason: 'sessionExpired',
					attempts: 1,
					delivered: 'no',
				},
			},
		]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});

	it('that finds the session ended after a send without an answer tells of that send', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', accept: true }] });
		const { id } = talkTo(bed, ada);
		const { conversations, journal } = bed.simulator;
		const add = journal.add.bind(journal);
		jest.spyOn(journal, 'add').mockImplementationOnce((entry) => {
			add(entry);
			conversations.disconnect(id);
		});
		const result = await bed.run([itemFor(ada, id)], checked, { onError });
		expect(jsonOf(result, 1)).toEqual([]);
		expect(jsonOf(result, 2)).toMatchObject([
			{ details: { reason: 'network', delivered: 'unknown', attempts: 2 } },
		]);
		expect(bed.calls(AGENTLESS)).toBe(1);
	});

	it.each(['  ', undefined])('needs a conversation ID, not %j', async (id) => {
		const bed = await openBed();
		const result = await bed.run([itemFor(ada, id)], checked);
		expect(result.error?.message).toContain("'Conversation ID' is empty");
		expect(result.error?.description).toContain('Check Session First');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it('names the conversation when it does not exist, and sends nothing', async () => {
		const bed = await openBed();
		const result = await bed.run([itemFor(ada, 'no-such')], messageBy('sms', fields), { onError });
		expect(jsonOf(result, 1)).toEqual([having({ error: textLike(/conversation/i) })]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});

	it('tries the look again when it fails, even at most once', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', endpoint: 'read', times: 2 }] });
		const { id } = talkTo(bed, ada);
		const delivery = { uncertain: 'fail' };
		const result = await bed.run([itemFor(ada, id)], { ...checked, delivery });
		expect(jsonOf(result)).toMatchObject([{ status: 'sent', attempts: 3 }]);
		expect(bed.calls(AGENTLESS)).toBe(1);
	});

	it('that never succeeds says that the message was not delivered', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', endpoint: 'read', times: 9 }] });
		const { id } = talkTo(bed, ada);
		const result = await bed.run([itemFor(ada, id)], checked, { onError });
		expect(jsonOf(result, 2)).toMatchObject([
			{ error: textLike(/Nothing was sent/), details: { reason: 'network', delivered: 'no' } },
		]);
		expect(bed.calls(AGENTLESS)).toBe(0);
	});

	it.each([
		['does not know the conversation any more', 404],
		['gets no answer', 503],
	])('that %s hides no message that may have arrived', async (_what, status) => {
		const look = { kind: 'status', status, endpoint: 'read', nth: 2, times: 9 } as const;
		const bed = await openBed({ faults: [{ kind: 'reset', accept: true, times: 9 }, look] });
		const { id } = talkTo(bed, ada);
		const result = await bed.run([itemFor(ada, id)], checked, { onError });
		expect(jsonOf(result, 2)).toMatchObject([
			{
				error: textLike(/^The connection.* may have been delivered/),
				details: { reason: 'network', delivered: 'unknown' },
			},
		]);
		expect(bed.reached()).toEqual([ada]);
	});

	it('is not made without the option, whatever the conversation ID', async () => {
		const bed = await openBed();
		const plain = messageBy('sms', { options: { conversationId: '../x' } });
		const result = await bed.run([itemFor(ada)], plain);
		expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
		expect(bed.calls(CONVERSATION)).toBe(0);
	});
});
