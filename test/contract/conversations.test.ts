import { SEEDED, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { agentlessSenderOf, SMS, webMessageTo } from './messagingSupport';
import { unknownFields } from './sdkTypes';
import { anyText, clientOf, logIn, until } from './support';
import type { Answer, Http } from './support';

const PARTIES = {
	channel: 'sms',
	fromAddress: SEEDED.smsNumber,
	recipient: '+12025550143',
} as const;

describe('conversations', () => {
	let simulator: Simulator;
	let http: Http;
	let send: Awaited<ReturnType<typeof agentlessSenderOf>>;
	let get: (conversationId: string) => Promise<Answer>;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	beforeEach(async () => {
		simulator.reset();
		send = await agentlessSenderOf(http);
		const headers = await logIn(http);
		get = async (id) => await http.get(`/api/v2/conversations/messages/${id}`, { headers });
	});
	afterAll(async () => await simulator.stop());

	it('are read in the documented shape', async () => {
		const { data: sent } = await send(SMS);
		simulator.conversations.connect(PARTIES);
		const { status, data } = await get(sent.conversationId);
		expect(status).toBe(200);
		expect(unknownFields('MessageConversation', data)).toEqual([]);
		expect(data).toMatchObject({
			id: sent.conversationId,
			participants: [
				{
					purpose: 'customer',
					state: 'connected',
					type: 'sms',
					address: '+12025550143',
					name: 'Carla Jensen',
					externalContact: { id: anyText },
				},
				{
					purpose: 'api',
					state: 'disconnected',
					messages: [{ messageId: sent.id, messageStatus: 'queued' }],
				},
				{ purpose: 'acd', queue: { id: SEEDED.queueId } },
				{ purpose: 'agent', state: 'connected' },
			],
		});
	});

	it('are unknown with 404, and refused when only participants may read them', async () => {
		expect((await get('nothing')).status).toBe(404);
		const { data } = await send(SMS);
		simulator.configure({ conversationAccess: 'forbidden' });
		const refused = await get(data.conversationId);
		expect([refused.status, refused.data.code]).toEqual([403, 'not.authorized']);
	});

	it('go on with later messages within the threading timeline', async () => {
		const { data: first } = await send(SMS);
		const { data: second } = await send(SMS);
		expect(second.conversationId).toBe(first.conversationId);
		const { data: other } = await send({ ...SMS, toAddress: '+12025550144' });
		expect(other.conversationId).not.toBe(first.conversationId);
		simulator.configure({ threadingTimelineMinutes: 0.001 });
		const sentAt = performance.now();
		await until(() => performance.now() - sentAt > 65);
		const { data: third } = await send(SMS);
		expect(third.conversationId).not.toBe(first.conversationId);
		simulator.configure({ threadingTimelineMinutes: 0 });
		expect((await send(SMS)).data.conversationId).not.toBe(third.conversationId);
	});

	it('that are connected refuse agentless messages that do not ask to barge in', async () => {
		const { id } = simulator.conversations.connect(PARTIES);
		const refused = await send(SMS);
		expect(refused).toMatchObject({
			status: 400,
			data: { code: 'bad.request', message: 'An active conversation is already in progress' },
		});
		simulator.configure({ activeConversationStatus: 409 });
		expect((await send(SMS)).status).toBe(409);
		expect(simulator.journal.count).toBe(0);
		const { status, data } = await send({ ...SMS, useExistingActiveConversation: true });
		expect([status, data.conversationId]).toEqual([200, id]);
		expect((await get(id)).data).toMatchObject({
			participants: [{ state: 'connected' }, {}, {}, {}],
		});
		simulator.conversations.disconnect(id);
		expect((await send(SMS)).status).toBe(200);
	});

	it('of agentless messages stay connected when it is told so', async () => {
		simulator.configure({ conversationAfterSend: 'connected' });
		expect((await send(SMS)).status).toBe(200);
		expect((await send(SMS)).status).toBe(400);
	});

	it('end with the web session', async () => {
		const contactId = simulator.contacts.open();
		const { externalContactId = '' } = simulator.contacts.get(contactId) ?? {};
		const parties = { channel: 'webmessaging', fromAddress: SEEDED.deploymentId } as const;
		const { id } = simulator.conversations.connect({ ...parties, recipient: externalContactId });
		const body = { ...webMessageTo(externalContactId), useExistingActiveConversation: true };
		expect((await send(body)).data.conversationId).toBe(id);
		simulator.contacts.expire(contactId);
		expect((await get(id)).data).toMatchObject({
			participants: [
				{ state: 'disconnected', disconnectType: 'session.expired', endTime: anyText },
				{},
				{},
				{},
			],
		});
	});
});
