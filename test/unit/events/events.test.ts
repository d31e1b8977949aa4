import { EVENTS, findEvent } from '../../../nodes/GenesysCloud/events';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { AT, conversation, LATER, sighting, TOPIC } from '../support/sightings';

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

	it.each<[string, JsonObject[], string | undefined]>([
		[
			'came to another queue, and to an agent, before',
			[
				{ purpose: 'acd', queue: { id: 'q2' }, startTime: AT },
				{ purpose: 'agent', queue: { id: 'q1' }, startTime: AT },
				{ purpose: 'acd', queue: { id: 'q1' }, startTime: LATER },
			],
			LATER,
		],
		[
			'came to it three times, once at a time that is not said',
			[
				{ purpose: 'acd', queue: { id: 'q1' }, startTime: LATER },
				{ purpose: 'acd', queue: { id: 'q1' } },
				{ purpose: 'acd', queue: { id: 'q1' }, startTime: AT },
			],
			AT,
		],
		[
			'came to it at a time that is not said: when the customer came',
			[
				{ purpose: 'external', startTime: LATER },
				{ purpose: 'acd', queue: { id: 'q1' } },
			],
			LATER,
		],
		['names no time', [{ purpose: 'customer' }], undefined],
	])('conversationStarted has the time of a conversation that %s', (_what, participants, at) => {
		const facts = sighting('conversationStarted', { id: 'c1', participants })?.facts;
		expect(facts?.[0]?.time).toBe(at === undefined ? undefined : Date.parse(at));
	});

	it.each([
		['disconnected', { state: 'disconnected', endTime: LATER }, Date.parse(LATER)],
		['terminated, without a time', { state: 'terminated' }, undefined],
	])('conversationEnded is told of a customer who is %s', (_what, changes, time) => {
		const found = sighting('conversationEnded', conversation('topic', changes));
		expect(found).toMatchObject({ ended: true });
		expect(found?.facts).toEqual([{ id: `ended ${Date.parse(AT)}`, time, isEnd: true }]);
	});

	it('conversationEnded is not told while the customer is there, or not there yet', () => {
		expect(sighting('conversationEnded', conversation('topic'))?.facts).toEqual([]);
		const agent = { purpose: 'agent', state: 'disconnected', endTime: LATER };
		const alone = { id: 'c1', participants: [agent] };
		expect(sighting('conversationEnded', alone)).toMatchObject({ ended: false, facts: [] });
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
					statuses: expect.arrayContaining(['m3 sent', 'm3 read']) as string[],
					isLast: true,
				},
			},
		]);
	});

	it.each(['queued', undefined])('messageStatus does not tell of the status %s', (status) => {
		const body = conversation('topic') as {
			participants: { messages?: { messageStatus?: string }[] }[];
		};
		body.participants[2]!.messages![0]!.messageStatus = status;
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
			externalContactId: 'contact',
			participantId: 'p1',
			channel: 'webmessaging',
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
});
