import {
	ApiClient,
	ConversationsApi,
	ExternalContactsApi,
	ResponseManagementApi,
	RoutingApi,
	WebDeploymentsApi,
} from 'purecloud-platform-client-v2';

import {
	DEFAULT_CLIENT,
	DEMO_CUSTOMERS,
	prepareDemo,
	SEEDED,
	startSimulator,
} from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { SMS, webMessageTo, WHATSAPP } from './messagingSupport';
import { anyText } from './support';

const [ada] = DEMO_CUSTOMERS;

describe('official SDK: messaging', () => {
	let simulator: Simulator;

	beforeAll(async () => {
		simulator = await startSimulator({ prepare: prepareDemo });
		const { hostname, port } = new URL(simulator.url);
		const client = ApiClient.instance;
		client.config.setGateway({ host: hostname, protocol: 'http', port: Number(port) });
		await client.loginClientCredentialsGrant(DEFAULT_CLIENT.clientId, DEFAULT_CLIENT.clientSecret);
	});
	afterAll(async () => await simulator.stop());

	it.each([
		['sms', SMS],
		['whatsapp', WHATSAPP],
		['webmessaging', webMessageTo(ada.externalContactId)],
	])('sends by %s and follows the message', async (channel, body) => {
		const api = new ConversationsApi();
		const sent = await api.postConversationsMessagesAgentless(body);
		const [id, conversationId] = [sent.id!, sent.conversationId!];
		expect(sent).toMatchObject({ messengerType: channel, message: { status: 'queued' } });
		simulator.messages.setStatus(id, 'delivery-success');
		const details = await api.getConversationsMessageDetails(id);
		expect(details.status).toBe('delivery-success');
		expect(details.normalizedReceipts?.at(-1)).toMatchObject({ status: 'Delivered' });
		const conversation = await api.getConversationsMessage(conversationId);
		const [customer, sender] = conversation.participants ?? [];
		expect(customer).toMatchObject({ purpose: 'customer', type: channel });
		expect(sender?.messages).toMatchObject([{ messageId: id }]);
	});

	it('is told of a refusal as by Genesys Cloud', async () => {
		const api = new ConversationsApi();
		await expect(
			api.postConversationsMessagesAgentless(webMessageTo('nobody')),
		).rejects.toMatchObject({ status: 404, code: 'not.found' });
		const { fromAddress } = SMS;
		const recipient = '+12025550188';
		simulator.conversations.connect({ channel: 'sms', fromAddress, recipient });
		await expect(
			api.postConversationsMessagesAgentless({ ...SMS, toAddress: recipient }),
		).rejects.toMatchObject({
			status: 400,
			message: 'An active conversation is already in progress',
		});
	});

	it('looks up external contacts', async () => {
		const api = new ExternalContactsApi();
		const found = await api.postExternalcontactsIdentifierlookupContacts(
			{ type: 'Phone', value: ada.phone },
			{ expand: ['identifiers'] },
		);
		expect(found).toMatchObject({
			id: ada.externalContactId,
			cellPhone: { e164: ada.phone },
			identifiers: [{ type: 'Phone' }, { type: 'Email' }],
		});
		await expect(
			api.postExternalcontactsIdentifierlookupContacts({ type: 'Email', value: 'no@example.com' }),
		).rejects.toMatchObject({ status: 404 });
	});

	it('reads the lists', async () => {
		const deployments = await new WebDeploymentsApi().getWebdeploymentsDeployments({
			pageSize: '2',
		});
		expect(deployments).toMatchObject({ total: 4, nextUri: anyText });
		const conversations = new ConversationsApi();
		const query = { pageSize: 2, pageNumber: 2 };
		const integrations = await conversations.getConversationsMessagingIntegrations(query);
		expect(integrations).toMatchObject({ total: 5, pageNumber: 2, pageCount: 3 });
		const numbers = await new RoutingApi().getRoutingSmsPhonenumbers({
			phoneNumberType: ['mobile', 'tollfree'],
		});
		expect(numbers.entities?.map(({ name }) => name)).toEqual(['Shop UK', 'Service line']);
		const responses = new ResponseManagementApi();
		const { results } = await responses.postResponsemanagementResponsesQuery({
			queryPhrase: 'stock',
		});
		expect(results.entities?.map(({ name }) => name)).toEqual(['Back in stock']);
		const one = await responses.getResponsemanagementResponse(SEEDED.templateId);
		expect(one.messagingTemplate?.whatsApp?.name).toBe('order_shipped');
	});
});
