import { SEEDED } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { missingFields, unknownFields } from './sdkTypes';
import { anyText, clientOf, logIn, until, withSimulator } from './support';
import type { Answer, Http } from './support';

interface Participant {
	readonly purpose: string;
	readonly startTime: string;
}

const MESSAGES = '/api/v2/conversations/messages';

/** Waits until the clock shows a later millisecond. */
const passes = async (time: string): Promise<void> =>
	await until(() => Date.now() > Date.parse(time));

describe('what customers wrote', () => {
	let simulator: Simulator;
	let http: Http;
	let headers: { Authorization: string };

	withSimulator(async (ready) => {
		simulator = ready;
		http = clientOf(simulator);
		headers = await logIn(http);
	});

	const bulk = async (conversationId: string, ids: unknown): Promise<Answer> =>
		await http.post(`${MESSAGES}/${conversationId}/messages/bulk`, ids, { headers });

	it('is read one by one in the documented shape', async () => {
		const { id } = simulator.people.start();
		const message = simulator.people.write(id, 'Where is my order?');
		const { status, data } = await http.get(`${MESSAGES}/${message.id}/details`, { headers });
		expect(status).toBe(200);
		expect(unknownFields('MessageData', data)).toEqual([]);
		expect(missingFields('MessageData', data)).toEqual([]);
		expect(data).toMatchObject({
			direction: 'inbound',
			messengerType: 'webmessaging',
			status: 'received',
			conversationId: id,
			normalizedReceipts: [],
			normalizedMessage: {
				type: 'Text',
				text: 'Where is my order?',
				direction: 'Inbound',
				originatingEntity: 'Human',
				channel: { to: { id: SEEDED.deploymentId }, from: { externalContactId: anyText } },
			},
		});
	});

	it('is read in bulk, each message of the conversation by its ID', async () => {
		const { id, messageIds } = simulator.people.start({ text: 'Hello' });
		const answer = simulator.people.answer(id, 'Good morning');
		const other = simulator.people.start({ text: 'I am somebody else' });
		const { status, data } = await bulk(id, [...messageIds, ...other.messageIds, 'none']);
		expect(status).toBe(200);
		expect(unknownFields('TextMessageListing', data)).toEqual([]);
		expect(data.entities).toMatchObject([
			{ direction: 'inbound', normalizedMessage: { text: 'Hello' } },
			{ id: answer.id, direction: 'outbound', normalizedMessage: { text: 'Good morning' } },
		]);
	});

	it('is read in bulk of at most 1,000 messages', async () => {
		const { id } = simulator.people.start({ text: 'Hello' });
		const ids = Array.from({ length: 1001 }, (_none, index) => `m-${index}`);
		expect((await bulk(id, ids.slice(1))).status).toBe(200);
		expect((await bulk(id, ids)).status).toBe(400);
		for (const wrong of [{}, [7]]) expect((await bulk(id, wrong)).status).toBe(400);
		expect((await bulk('none', [])).status).toBe(404);
	});

	it('and where is told by the conversation', async () => {
		const toAddress = '+12025550143';
		const attributes = { customerKey: 'shop-3' };
		const { id, messageIds } = simulator.people.start({
			channel: 'sms',
			toAddress,
			attributes,
			text: 'STOP',
		});
		const { data } = await http.get(`${MESSAGES}/${id}`, { headers });
		expect(unknownFields('MessageConversation', data)).toEqual([]);
		expect(data).toMatchObject({
			participants: [
				{
					purpose: 'customer',
					name: 'Carla Jensen',
					direction: 'inbound',
					fromAddress: { addressNormalized: toAddress },
					toAddress: { addressNormalized: SEEDED.smsNumber },
					attributes,
					externalContact: { id: anyText },
					messages: [{ messageId: messageIds[0], messageStatus: 'received' }],
				},
				{ purpose: 'acd', queue: { id: SEEDED.queueId } },
				{ purpose: 'agent', user: { id: anyText } },
			],
		});
	});

	it.each([
		['post', '/simulator/conversations', { contactId: 'nobody', fresh: true }, 400],
		['post', '/simulator/conversations', { queueId: 'none' }, 400],
		['post', '/simulator/conversations', { attributes: { x: 7 } }, 400],
		['post', '/simulator/conversations/none/messages', { text: 'x' }, 404],
		['post', '/simulator/conversations/none/answers', { text: 'x' }, 404],
		['post', '/simulator/contacts/nobody/messages', { text: 'x' }, 404],
		['post', '/simulator/contacts/nobody/leave', undefined, 404],
	] as const)('%s %s %j is refused with one sentence', async (method, url, body, status) => {
		const answer = await http[method](url, body);
		expect(answer).toMatchObject({ status, data: { error: anyText } });
	});

	it('is told of a queue from when the conversation came to it, not from its start', async () => {
		const { id, startTime } = simulator.people.start({ text: 'Hello', queueId: null });
		await passes(startTime);
		simulator.conversations.transfer(id, SEEDED.queueId);
		const { data } = await http.get(`${MESSAGES}/${id}`, { headers });
		const { participants } = data as unknown as { participants: Participant[] };
		const acd = participants.find(({ purpose }) => purpose === 'acd');
		expect(Date.parse(acd!.startTime)).toBeGreaterThan(Date.parse(startTime));
		expect(acd).toMatchObject({ connectedTime: acd!.startTime, queue: { id: SEEDED.queueId } });
	});

	it('is never due as undelivered, nor as a status that moves', async () => {
		simulator.configure({ undeliveredAfterMs: 0, messageStatusTimes: { sentMs: 0, finalMs: 1 } });
		const contactId = simulator.contacts.open();
		const { id } = simulator.people.start({ contactId });
		simulator.contacts.setBrowser(contactId, 'closed');
		simulator.people.write(id, 'I wrote this myself');
		simulator.contacts.setBrowser(contactId, 'closed');
		const { id: messageId } = simulator.people.answer(id, 'Are you there?');
		await until(() => simulator.events.all('messageUndelivered').length > 0);
		const told = ['messageUndelivered', 'messageStatus'].flatMap((kind) => [
			...simulator.events.all(kind),
		]);
		expect(new Set(told.map((event) => event.messageId))).toEqual(new Set([messageId]));
	});

	it('comes by the control API', async () => {
		const { data: begun } = await http.post('/simulator/conversations', { text: 'Hi' });
		const url = `/simulator/conversations/${begun.id}`;
		expect((await http.post(`${url}/messages`, { text: 'Anybody?' })).status).toBe(201);
		expect((await http.post(`${url}/messages`, {})).status).toBe(400);
		await http.post(`${url}/answers`, { text: 'Yes', author: 'bot' });
		await http.post(`${url}/agent/leave`);
		const moved = await http.post(`${url}/transfer`, { queueId: 'q-2' });
		expect(moved.data).toMatchObject({ queueId: 'q-2', agent: 'left' });
		await http.post(`${url}/disconnect`, { disconnectType: 'inactivity' });
		expect((await http.post(`${url}/answers`, { text: 'Still there?' })).status).toBe(400);
		const { id, messageIds } = simulator.conversations.get(begun.id)!;
		const authors = messageIds.map((one) => simulator.messages.get(one)?.author);
		expect(authors).toEqual(['customer', 'customer', 'bot']);
		simulator.people.write(id, 'One more thing');
		expect(simulator.conversations.get(id)).toMatchObject({ state: 'connected' });
		expect(simulator.events.all('conversationStarted')).toHaveLength(1);
	});
});
