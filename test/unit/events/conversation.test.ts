import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { AT, conversation, LATER, sighting } from '../support/sightings';

describe('what is read out of a conversation', () => {
	it('bears with participants that have nothing of what is expected', () => {
		const messages = [null, {}, { messageId: 4 }];
		const body = { id: 'c1', participants: [{ messages }, { purpose: 'customer', messages }] };
		expect(sighting('customerMessage', body)).toMatchObject({ facts: [], ended: false });
		expect(sighting('conversationEnded', body)).toMatchObject({ facts: [] });
	});

	it('bears with times that are missing or are none', () => {
		const body = {
			id: 'c1',
			participants: [
				{
					purpose: 'customer',
					connectedTime: AT,
					messages: [{ messageId: 'm1', messageTime: 'x' }],
				},
				{ purpose: 'acd', queue: { id: 'q1' }, connectedTime: LATER, startTime: 7 },
			],
		};
		expect(sighting('customerMessage', body)?.facts).toEqual([{ id: 'm1', messageId: 'm1' }]);
		expect(sighting('conversationStarted', body)?.facts[0]?.time).toBe(Date.parse(LATER));
		for (const eventTimeMs of ['x', 1.8e18, NaN]) {
			const undelivered = { conversationId: 'c1', messages: [{ id: 'm1', eventTimeMs }] };
			expect(sighting('messageUndelivered', undelivered)?.facts[0]?.time).toBeUndefined();
		}
	});

	it('counts a customer who is transferred, or comes back as another participant, as one', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const left = { ...first, state: 'disconnected', endTime: LATER };
		const again = { ...first, id: 'p9', messages: [] };
		const there = { id: 'c1', participants: [...others, left, again] };
		expect(sighting('conversationEnded', there)).toMatchObject({ ended: false, facts: [] });
		expect(sighting('customerMessage', there)).toMatchObject({
			participantId: 'p9',
			facts: [{ id: 'm1' }],
		});
	});

	it.each<[string, JsonObject, JsonObject]>([
		['nothing', {}, { externalContactId: 'contact', attributes: { customerKey: 'k' } }],
		[
			'the same contact and a newer attribute',
			{ externalContact: { id: 'contact' }, attributes: { customerKey: 'n', page: '/pay' } },
			{ externalContactId: 'contact', attributes: { customerKey: 'n', page: '/pay' } },
		],
		[
			'another contact',
			{ externalContact: { id: 'another' } },
			{ externalContactId: 'another', attributes: {} },
		],
	])('keeps what is known of a customer who comes back with %s', (_what, again, customer) => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const messages = [{ message: { id: 'm9' } }];
		const back = { id: 'p9', purpose: 'customer', messages, ...again };
		const body = { id: 'c1', participants: [{ ...first, endTime: LATER }, ...others, back] };
		expect(sighting('customerMessage', body)).toMatchObject({ participantId: 'p9', ...customer });
		expect(sighting('customerMessage', body)?.attributes).toEqual(customer.attributes);
	});

	it('knows nothing of a second customer by the first one, who is still there', () => {
		const [first] = conversation('topic').participants as JsonObject[];
		const second = { id: 'p8', purpose: 'external', messages: [{ messageId: 'm8' }] };
		expect(sighting('customerMessage', { id: 'c1', participants: [first!, second] })).toMatchObject(
			{
				...{ participantId: 'p8', externalContactId: undefined, attributes: {} },
			},
		);
	});

	it('has a message of one of two customers with its own writer', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const second = {
			...{ id: 'p8', purpose: 'external', type: 'webmessaging' },
			externalContact: { id: 'another' },
			messages: [{ messageId: 'm8' }],
		};
		const body = { id: 'c1', participants: [first!, second, ...others] };
		expect(sighting('customerMessage', body)).toMatchObject({
			...{ participantId: 'p8', externalContactId: 'another', attributes: {} },
			facts: [
				{
					...{ id: 'm1', participantId: 'p1', externalContactId: 'contact' },
					attributes: { customerKey: 'k' },
				},
				{ id: 'm8' },
			],
		});
		expect(sighting('customerMessage', body)?.facts[1]).not.toHaveProperty('participantId');
	});

	it('has the messages the oldest first, whoever wrote them', () => {
		const said = (id: string, at?: number) => ({
			messageId: id,
			...(at !== undefined && { messageTime: new Date(at).toISOString() }),
		});
		const customer = (messages: JsonObject[]) => ({ purpose: 'customer', messages });
		const body = {
			id: 'c1',
			participants: [
				customer([said('m4', 4_000), said('m5'), said('m2', 2_000)]),
				customer([said('m1', 1_000), said('m3', 3_000)]),
			],
		};
		expect(sighting('customerMessage', body)?.facts.map(({ id }) => id)).toEqual([
			'm1',
			'm2',
			'm3',
			'm4',
			'm5',
		]);
	});

	it('takes no typing for a message, also where its kind is not named', () => {
		const typing = { messageId: 'm1', messageMetadata: { events: [{ eventType: 'Typing' }] } };
		const body = { id: 'c1', participants: [{ purpose: 'customer', messages: [typing] }] };
		expect(sighting('customerMessage', body)?.facts).toEqual([]);
	});

	it('has the channel of the last customer who has one', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const body = { id: 'c1', participants: [first!, { id: 'p8', purpose: 'external' }, ...others] };
		expect(sighting('customerMessage', body)?.channel).toBe('webmessaging');
	});

	it('has the channel of another participant where no customer has one', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const agent = { id: 'p4', purpose: 'agent', type: 'whatsapp' };
		const body = { id: 'c1', participants: [{ ...first, type: null }, ...others, agent] };
		expect(sighting('customerMessage', body)?.channel).toBe('whatsapp');
	});

	it('has the messages of two customers of a conference, and its end when both have left', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const second = {
			...{ id: 'p8', purpose: 'external', state: 'disconnected' },
			messages: [{ messageId: 'm8' }],
		};
		const one = { id: 'c1', participants: [second, first!, ...others] };
		expect(sighting('customerMessage', one)?.facts.map(({ id }) => id)).toEqual(['m8', 'm1']);
		expect(sighting('conversationEnded', one)).toMatchObject({ ended: false });
		const none = { ...one, participants: [second, { ...first, endTime: LATER }] };
		expect(sighting('conversationEnded', none)).toMatchObject({ ended: true });
	});
});
