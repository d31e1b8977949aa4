import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../apiRoute';
import type { Integration } from '../directory/records';
import { pageOf } from '../paging';

const PATH = '/api/v2/conversations/messaging/integrations';
const CREATED = '2026-02-10T08:00:00.000Z';

function commonOf({ id, name, status, messengerType }: Integration): {
	id: string;
	name: string;
	status: string;
	dateCreated: string;
	dateModified: string;
	selfUri: string;
} {
	const selfUri = `${PATH}/${messengerType}/${id}`;
	return { id, name, status, dateCreated: CREATED, dateModified: CREATED, selfUri };
}

function whatsappOf(integration: Integration): Models.WhatsAppIntegration {
	return { ...commonOf(integration), phoneNumber: '+12025550110', version: 1 };
}

function openOf(integration: Integration): Models.OpenIntegration {
	return {
		...commonOf(integration),
		outboundNotificationWebhookUrl: 'https://loyalty.example.com/genesys',
		outboundNotificationWebhookSignatureSecretToken: '',
	};
}

function appleOf(integration: Integration): Models.AppleIntegration {
	return {
		...commonOf(integration),
		messagesForBusinessId: '7d2e4c10-3001-4b6f-8a21-000000000001',
		businessName: 'Shop',
	};
}

function channelRoute(
	messengerType: Integration['messengerType'],
	shape: (integration: Integration) => object,
): ApiRoute {
	const url = `${PATH}/${messengerType}`;
	return {
		method: 'GET',
		url,
		endpoint: 'read',
		permission: 'messaging:integration:view',
		answer(call) {
			const ofChannel = call.state.directory.integrations
				.all()
				.filter((integration) => integration.messengerType === messengerType);
			return pageOf(call, url, ofChannel.map(shape));
		},
	};
}

/** The messaging integrations of all channels. */
export const integrationsRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	permission: 'messaging:integration:view',
	answer(call): Models.MessagingIntegrationEntityListing {
		const all = call.state.directory.integrations.all().map((integration) => ({
			...commonOf(integration),
			messengerType: integration.messengerType,
			version: 1,
		}));
		return pageOf(call, PATH, all);
	},
};

/** The messaging integrations of one channel each. */
export const channelIntegrationsRoutes: readonly ApiRoute[] = [
	channelRoute('whatsapp', whatsappOf),
	channelRoute('open', openOf),
	channelRoute('apple', appleOf),
];
