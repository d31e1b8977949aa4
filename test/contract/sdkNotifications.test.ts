import {
	AnalyticsApi,
	ApiClient,
	ConversationsApi,
	ExternalContactsApi,
	NotificationsApi,
	RoutingApi,
} from 'purecloud-platform-client-v2';

import { DEFAULT_CLIENT, DEMO_CUSTOMERS, SEEDED, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { listen, QUEUE_TOPIC } from './notifications/support';

describe('official SDK: notifications', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator({ messageStatusTimes: null });
		const { hostname, port } = new URL(simulator.url);
		const client = ApiClient.instance;
		client.config.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
		await client.loginClientCredentialsGrant(DEFAULT_CLIENT.clientId, DEFAULT_CLIENT.clientSecret);
	});
	afterAll(async () => await simulator.stop());

	it('subscribes, is told, and reads what the customer wrote', async () => {
		const api = new NotificationsApi();
		const { id = '', connectUri = '' } = await api.postNotificationsChannels();
		const topics = await api.getNotificationsAvailabletopics({ expand: ['transports'] });
		expect(topics.entities?.[0]?.transports).toEqual(['All']);
		const put = await api.putNotificationsChannelSubscriptions(id, [{ id: QUEUE_TOPIC }], {
			ignoreErrors: true,
		});
		expect(put.entities).toMatchObject([{ id: QUEUE_TOPIC, state: 'Permitted' }]);
		const { wait } = await listen(connectUri);
		const conversation = simulator.people.start({ text: 'Where is my order?' });
		const told = await wait(QUEUE_TOPIC, 2);
		expect(told.at(-1)?.eventBody.id).toBe(conversation.id);

		const conversations = new ConversationsApi();
		const { entities } = await conversations.postConversationsMessageMessagesBulk(conversation.id, {
			body: [...conversation.messageIds],
		});
		expect(entities?.[0]?.normalizedMessage?.text).toBe('Where is my order?');
		const [messageId = ''] = conversation.messageIds;
		const details = await conversations.getConversationsMessageDetails(messageId);
		expect(details).toMatchObject({ direction: 'inbound', status: 'received' });
	});

	it('finds, lists and removes', async () => {
		const api = new NotificationsApi();
		const { id = '' } = await api.postNotificationsChannels();
		await api.headNotificationsChannel(id);
		// The SDK rejects with the body of an answer, which that of a HEAD does not have.
		await expect(api.headNotificationsChannel('none')).rejects.toBeUndefined();
		const channels = await api.getNotificationsChannels({ includechannels: 'oauthclient' });
		expect(channels.entities?.map((channel) => channel.id)).toContain(id);
		await api.postNotificationsChannelSubscriptions(id, [{ id: QUEUE_TOPIC }]);
		const topics = await api.getNotificationsChannelSubscriptions(id);
		expect(topics.entities).toMatchObject([{ id: QUEUE_TOPIC }]);
		await api.deleteNotificationsChannelSubscriptions(id);
		expect((await api.getNotificationsChannelSubscriptions(id)).entities).toEqual([]);
	});

	it('fills gaps by analytics', async () => {
		const { id } = simulator.people.start();
		const now = Date.now();
		const [from, to] = [now - 60_000, now + 60_000].map((time) => new Date(time).toISOString());
		const { conversations } = await new AnalyticsApi().postAnalyticsConversationsDetailsQuery({
			interval: `${from}/${to}`,
			segmentFilters: [
				{ type: 'and', predicates: [{ dimension: 'queueId', value: SEEDED.queueId }] },
			],
		});
		expect(conversations?.map(({ conversationId }) => conversationId)).toContain(id);
	});

	it('reads the lists of queues and of external contacts', async () => {
		const routing = new RoutingApi();
		const all = await routing.getRoutingQueues({ pageSize: 2 });
		expect(all).toMatchObject({ total: 3, pageCount: 2 });
		expect(all.entities?.[0]).toMatchObject({ id: SEEDED.queueId, name: 'Service' });
		const found = await routing.getRoutingQueues({ name: 'serv*' });
		expect(found.entities?.map(({ name }) => name)).toEqual(['Service', 'Service Premium']);
		const contacts = await new ExternalContactsApi().getExternalcontactsContacts({ q: 'ada' });
		expect(contacts.entities?.map((contact) => contact.id)).toEqual([
			DEMO_CUSTOMERS[0].externalContactId,
		]);
	});
});
