import { SEEDED } from '../../../dev/simulator';
import type { Simulator } from '../../../dev/simulator';
import { agentlessSenderOf, SMS, webMessageTo } from '../messagingSupport';
import { unknownFields } from '../sdkTypes';
import { anyText, until, withSimulator } from '../support';
import { listen, QUEUE_TOPIC, subscriberOf } from './support';
import type { Frame, Subscriber } from './support';

const GENERIC_TOPIC = `v2.routing.queues.${SEEDED.queueId}.conversations`;
const UNDELIVERED = `v2.webmessaging.deployments.${SEEDED.deploymentId}.undelivered.messages`;

interface Body {
	id: string;
	participants: {
		purpose: string;
		state: string;
		messages: { message: { id: string }; messageStatus: string }[];
	}[];
}

const bodyOf = (frame: Frame | undefined): Body => frame?.eventBody as unknown as Body;

describe('events', () => {
	let simulator: Simulator;
	let subscriber: Subscriber;

	withSimulator(
		async (ready) => {
			simulator = ready;
			subscriber = await subscriberOf(simulator);
		},
		{ messageStatusTimes: null },
	);

	it('tell the whole conversation again at each change, and no text', async () => {
		const { wait } = await subscriber.subscribe(QUEUE_TOPIC, GENERIC_TOPIC);
		const attributes = { customerKey: 'shop-1' };
		const { id } = simulator.people.start({ attributes, text: 'Is my order on its way?' });
		const answer = simulator.people.answer(id, 'It is.');
		simulator.messages.setStatus(answer.id, 'delivery-success');
		simulator.conversations.setAgent(id, 'left');
		simulator.people.end(id);
		const told = await wait(QUEUE_TOPIC, 6);
		const last = told.at(-1);
		expect(last).toMatchObject({ version: '2', metadata: { CorrelationId: anyText } });
		expect(JSON.stringify(told)).not.toContain('my order');
		const { eventBody = {} } = last ?? {};
		const type = 'QueueConversationMessageEventTopicMessageConversation';
		expect(unknownFields(type, eventBody)).toEqual([]);
		expect(eventBody).toMatchObject({
			id,
			participants: [
				{
					purpose: 'customer',
					state: 'disconnected',
					disconnectType: 'endpoint',
					direction: 'inbound',
					attributes,
					externalContact: { id: anyText },
					messages: [{ messageStatus: 'received', messageMetadata: { type: 'Text' } }],
				},
				{ purpose: 'acd', queue: { id: SEEDED.queueId } },
				{
					purpose: 'agent',
					state: 'disconnected',
					messages: [{ message: { id: answer.id }, messageStatus: 'delivery-success' }],
				},
			],
		});
		const counts = told.map((frame) => bodyOf(frame).participants[0]?.messages.length);
		expect(counts).toEqual([0, 1, 1, 1, 1, 1]);
		const generic = (await wait(GENERIC_TOPIC, 6)).at(-1)?.eventBody ?? {};
		expect(unknownFields('QueueConversationEventTopicConversation', generic)).toEqual([]);
		expect(generic).toMatchObject({
			participants: [{ messages: [{ messages: [{ messageId: anyText }] }] }, {}, {}],
		});
	});

	it('that are due are kept in a journal', async () => {
		const { id, recipient } = simulator.people.start({ text: 'Hello' });
		const message = simulator.people.write(id, 'Anybody there?');
		const answer = simulator.people.answer(id, 'Yes.', 'bot');
		simulator.messages.setStatus(answer.id, 'sent');
		simulator.people.end(id);
		const { data } = await subscriber.http.get('/simulator/events');
		expect(data).toMatchObject({
			count: 5,
			events: [
				{ number: 1, event: 'conversationStarted', conversationId: id, queueId: SEEDED.queueId },
				{ event: 'customerMessage', messageId: anyText },
				{ event: 'customerMessage', messageId: message.id, recipient },
				{ event: 'messageStatus', messageId: answer.id, status: 'sent' },
				{ event: 'conversationEnded', conversationId: id, time: anyText },
			],
		});
		const ended = await subscriber.http.get('/simulator/events?event=conversationEnded');
		expect(ended.data.count).toBe(1);
		await subscriber.http.delete('/simulator/events');
		expect(simulator.events.all()).toEqual([]);
	});

	it('of conversations on another queue, or on none, are not told', async () => {
		const { frames, wait } = await subscriber.subscribe(QUEUE_TOPIC);
		const [, other] = simulator.directory.queues.all();
		simulator.people.start({ queueId: null, text: 'To the bot' });
		simulator.people.start({ queueId: other?.id, text: 'To the other queue' });
		simulator.configure({ conversationQueue: 'none' });
		const bots = simulator.people.start({ text: 'To the bot' });
		const { id } = simulator.people.start({ queueId: SEEDED.queueId });
		const told = await wait(QUEUE_TOPIC, 1);
		expect(frames.map(({ eventBody }) => eventBody.id)).toEqual([id]);
		expect(simulator.events.all('conversationStarted')).toHaveLength(4);
		simulator.conversations.transfer(bots.id, SEEDED.queueId);
		await until(() => frames.length > told.length);
		expect(frames.at(-1)?.eventBody.id).toBe(bots.id);
	});

	it('of the status of messages come by time, while the conversation is on the queue', async () => {
		simulator.configure({ messageStatusTimes: { sentMs: 5, finalMs: 500 } });
		const { wait } = await subscriber.subscribe(QUEUE_TOPIC);
		const send = await agentlessSenderOf(subscriber.http);
		await send(SMS);
		const { id } = simulator.people.start();
		const { id: messageId } = simulator.people.answer(id, 'Hello');
		const told = await wait(QUEUE_TOPIC, 4);
		const agent = told.map((frame) => bodyOf(frame).participants.at(-1)?.messages);
		expect(agent.map((messages) => messages?.[0]?.messageStatus)).toEqual([
			undefined,
			'queued',
			'sent',
			'delivery-success',
		]);
		expect(simulator.events.all('messageStatus')).toMatchObject([
			{ messageId, status: 'sent' },
			{ messageId, status: 'delivery-success' },
		]);
	});

	it('go on in the conversation of an agentless message when the customer replies', async () => {
		const { wait } = await subscriber.subscribe(QUEUE_TOPIC);
		const send = await agentlessSenderOf(subscriber.http);
		const { data: sent } = await send(SMS);
		const reply = { channel: 'sms', toAddress: SMS.toAddress, text: 'Thanks' };
		const { data } = await subscriber.http.post('/simulator/conversations', reply);
		expect(data.id).toBe(sent.conversationId);
		const told = await wait(QUEUE_TOPIC, 2);
		const [customer, api] = bodyOf(told[1]).participants;
		expect(customer).toMatchObject({ purpose: 'customer', messages: [{}] });
		expect(api).toMatchObject({ purpose: 'api', messages: [{ message: { id: sent.id } }] });
	});

	it('tell of web messages to a customer who is away', async () => {
		simulator.configure({ undeliveredAfterMs: 30 });
		const { wait, of } = await subscriber.subscribe(UNDELIVERED);
		const send = await agentlessSenderOf(subscriber.http);
		const contactId = simulator.contacts.open();
		const { externalContactId = '' } = simulator.contacts.get(contactId) ?? {};
		await send(webMessageTo(externalContactId));
		await subscriber.http.post(`/simulator/contacts/${contactId}/leave`);
		const { data: sent } = await send(webMessageTo(externalContactId));
		const [told] = await wait(UNDELIVERED, 1);
		expect(told?.eventBody).toMatchObject({
			conversationId: sent.conversationId,
			deploymentId: SEEDED.deploymentId,
			externalContactId,
			messages: [{ id: sent.id }],
		});
		expect(simulator.events.all('messageUndelivered')).toMatchObject([{ messageId: sent.id }]);

		await send(webMessageTo(externalContactId));
		await subscriber.http.post(`/simulator/contacts/${contactId}/return`);
		// What is due of this one comes after what would be due of the one above.
		const other = simulator.contacts.open();
		simulator.contacts.setBrowser(other, 'closed');
		const { externalContactId: otherId = '' } = simulator.contacts.get(other) ?? {};
		await send(webMessageTo(otherId));
		await wait(UNDELIVERED, 2);
		expect(of(UNDELIVERED)[1]?.eventBody.externalContactId).toBe(otherId);
	});

	it('of campaigns and of any topic come by the control API', async () => {
		const topic = 'v2.outbound.messagingcampaigns.c-1.progress';
		const { wait } = await subscriber.subscribe(topic);
		const { http } = subscriber;
		await http.post('/simulator/campaigns/c-1/progress', { messaged: 50, total: 200 });
		await http.post('/simulator/notifications/events', { topicName: topic, eventBody: { x: 1 } });
		const told = await wait(topic, 2);
		expect(told[0]?.eventBody).toMatchObject({ campaign: { id: 'c-1' }, percentage: 25 });
		expect(told[1]?.eventBody).toEqual({ x: 1 });
		expect(simulator.events.all('topic')).toHaveLength(2);
		const refused = await http.post('/simulator/notifications/events', { topicName: topic });
		expect(refused.status).toBe(400);
	});

	it('reach every channel that is subscribed', async () => {
		const [first, second] = [
			await subscriber.subscribe(QUEUE_TOPIC),
			await subscriber.subscribe(QUEUE_TOPIC),
		];
		const third = await listen((await subscriber.create()).connectUri);
		simulator.people.start();
		await Promise.all([first.wait(QUEUE_TOPIC, 1), second.wait(QUEUE_TOPIC, 1)]);
		expect(third.frames).toEqual([]);
		expect(simulator.notifications.peakSockets).toBe(3);
	});
});
