import { EVENTS, findEvent } from '../../../nodes/GenesysCloud/events';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';

const AT = '2026-11-22T12:00:00.000Z';
const LATER = '2026-11-22T12:05:00.000Z';

/** A conversation as a queue's topic tells it; `rest`: as the API gives it. */
function conversation(form: 'topic' | 'rest', changes: JsonObject = {}): JsonObject {
	const message = (id: string, type: string, messageStatus: string) => ({
		...(form === 'topic' ? { message: { id } } : { messageId: id }),
		messageTime: AT,
		messageStatus,
		messageMetadata: { type },
	});
	return {
		id: 'c1',
		participants: [
			{
				id: 'p1',
				purpose: 'customer',
				type: 'webmessaging',
				state: 'connected',
				startTime: AT,
				externalContact: { id: 'contact' },
				attributes: { customerKey: 'k' },
				messages: [message('m1', 'Text', 'received'), message('m2', 'Event', 'received')],
				...changes,
			},
			{ id: 'p2', purpose: 'acd', queue: { id: 'q1' }, startTime: LATER },
			{ id: 'p3', purpose: 'agent', messages: [message('m3', 'Structured', 'sent')] },
		],
	};
}

const TOPIC = 'v2.routing.queues.q1.conversations.messages';

const sighting = (event: string, body: JsonObject, topic = TOPIC) =>
	findEvent(event)?.sightingOf({ topic, body, source: 'live' });

describe('the events of the trigger', () => {
	it('are found by their names', () => {
		for (const event of EVENTS) expect(findEvent(event.value)).toBe(event);
		expect(findEvent('nothing')).toBeUndefined();
	});

	it.each([
		['customerMessage', TOPIC],
		['conversationStarted', TOPIC],
		['conversationEnded', TOPIC],
		['messageStatus', TOPIC],
		['messageUndelivered', 'v2.webmessaging.deployments.q1.undelivered.messages'],
		['topic', 'q1'],
	])('%s listens to %s', (event, topic) => {
		expect(findEvent(event)?.topicOf('q1')).toBe(topic);
	});

	it.each(['topic', 'rest'] as const)('read a conversation in the form of the %s', (form) => {
		expect(sighting('customerMessage', conversation(form))).toMatchObject({
			kind: 'snapshot',
			conversationId: 'c1',
			externalContactId: 'contact',
			participantId: 'p1',
			channel: 'webmessaging',
			queueId: 'q1',
			attributes: { customerKey: 'k' },
			ended: false,
			facts: [{ id: 'm1', messageId: 'm1', status: 'received', time: Date.parse(AT) }],
		});
	});

	it('conversationStarted counts from when the conversation came to the queue', () => {
		const facts = sighting('conversationStarted', conversation('topic'))?.facts;
		expect(facts).toEqual([{ id: 'started', time: Date.parse(LATER) }]);
	});

	it.each([
		['disconnected', { state: 'disconnected', endTime: LATER }, Date.parse(LATER)],
		['terminated, without a time', { state: 'terminated' }, undefined],
	])('conversationEnded is told of a customer who is %s', (_what, changes, time) => {
		const found = sighting('conversationEnded', conversation('topic', changes));
		expect(found?.ended).toBe(true);
		expect(found?.facts).toEqual([{ id: `ended ${Date.parse(AT)}`, time, isEnd: true }]);
	});

	it('conversationEnded is not told while the customer is there', () => {
		expect(sighting('conversationEnded', conversation('topic'))?.facts).toEqual([]);
	});

	it('messageStatus tells of messages to the customer only', () => {
		expect(sighting('messageStatus', conversation('topic'))?.facts).toEqual([
			{ id: 'm3 sent', messageId: 'm3', status: 'sent', participantId: 'p3', time: Date.parse(AT) },
		]);
	});

	it('messageStatus takes no time of a later status for granted, and knows the last message', () => {
		const body = conversation('topic') as {
			participants: { messages?: { messageStatus: string }[] }[];
		};
		body.participants[2]!.messages![0]!.messageStatus = 'delivery-failed';
		expect(sighting('messageStatus', body)?.facts).toEqual([
			{
				...{ id: 'm3 delivery-failed', messageId: 'm3', status: 'delivery-failed' },
				participantId: 'p3',
				change: {
					sentAt: Date.parse(AT),
					others: expect.arrayContaining(['m3 sent', 'm3 read']) as string[],
					isLast: true,
				},
			},
		]);
	});

	it('messageStatus does not tell that a message is queued', () => {
		const body = conversation('topic') as {
			participants: { messages?: { messageStatus: string }[] }[];
		};
		body.participants[2]!.messages![0]!.messageStatus = 'queued';
		expect(sighting('messageStatus', body)?.facts).toEqual([]);
	});

	it('messageUndelivered tells of each message', () => {
		const body = {
			conversationId: 'c1',
			externalContactId: 'contact',
			participantId: 'p1',
			messages: [{ id: 'm1', eventTimeMs: 7 }, { id: 'm2' }, { id: 4 }],
			eventTimeMs: 9,
		};
		expect(sighting('messageUndelivered', body)).toMatchObject({
			kind: 'occurrence',
			conversationId: 'c1',
			facts: [
				{ id: 'm1', messageId: 'm1', status: 'undelivered', time: 7 },
				{ id: 'm2', messageId: 'm2', status: 'undelivered', time: 9 },
			],
		});
	});

	it('topic takes the same content with another correlation ID for another event', () => {
		const event = findEvent('topic')!;
		const idOf = (correlationId: string) =>
			event.sightingOf({ topic: 'v2.x', body: { a: 1 }, correlationId, source: 'live' })?.facts[0]
				?.id;
		expect(idOf('a')).toBe(idOf('a'));
		expect(idOf('a')).not.toBe(idOf('b'));
	});

	it.each<[string, JsonObject]>([
		['nothing', {}],
		['participants that are no list', { id: 'c1', participants: 'x' }],
		['participants that are no objects', { id: 'c1', participants: [null, 4, 'x', []] }],
		['no ID', { participants: [{ purpose: 'customer' }] }],
	])('make nothing of a body with %s', (_what, body) => {
		for (const event of EVENTS.filter(({ value }) => value !== 'topic')) {
			expect(event.sightingOf({ topic: TOPIC, body, source: 'live' })).toBeUndefined();
		}
	});

	it('bear with participants that have nothing of what is expected', () => {
		const body = { id: 'c1', participants: [{ messages: [null, {}, { messageId: 4 }] }] };
		expect(sighting('customerMessage', body)).toMatchObject({ facts: [], ended: false });
		expect(sighting('conversationEnded', body)).toMatchObject({ facts: [] });
	});

	it('bear with times that are missing or are none', () => {
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

	it('count a customer who is transferred, or comes back as another participant, as one', () => {
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

	it('tell a message of one of two customers with its own writer', () => {
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

	it('tell the messages of a notification the oldest first, whoever wrote them', () => {
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

	it('do not take typing for a message, also where its kind is not named', () => {
		const typing = { messageId: 'm1', messageMetadata: { events: [{ eventType: 'Typing' }] } };
		const body = { id: 'c1', participants: [{ purpose: 'customer', messages: [typing] }] };
		expect(sighting('customerMessage', body)?.facts).toEqual([]);
	});

	it('know the channel by the last customer who has one', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const body = { id: 'c1', participants: [first!, { id: 'p8', purpose: 'external' }, ...others] };
		expect(sighting('customerMessage', body)?.channel).toBe('webmessaging');
	});

	it('know the channel by another participant where no customer has one', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const agent = { id: 'p4', purpose: 'agent', type: 'whatsapp' };
		const body = { id: 'c1', participants: [{ ...first, type: null }, ...others, agent] };
		expect(sighting('customerMessage', body)?.channel).toBe('whatsapp');
	});

	it('tell the messages of two customers of a conference, and its end when both have left', () => {
		const [first, ...others] = conversation('topic').participants as JsonObject[];
		const second = {
			...{ id: 'p8', purpose: 'external', state: 'disconnected' },
			messages: [{ messageId: 'm8' }],
		};
		const one = { id: 'c1', participants: [second, first!, ...others] };
		expect(sighting('customerMessage', one)?.facts.map(({ id }) => id)).toEqual(['m8', 'm1']);
		expect(sighting('conversationEnded', one)?.ended).toBe(false);
		const none = { ...one, participants: [second, { ...first, endTime: LATER }] };
		expect(sighting('conversationEnded', none)?.ended).toBe(true);
	});
});
