import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { pageOf } from '../../http/paging';
import type { Integration } from '../../model/directory/records';

const PATH = '/api/v2/conversations/messaging/integrations';
const CREATED = '2026-02-10T08:00:00.000Z';

function integrationOf(integration: Integration): Models.MessagingIntegration {
	const { id, name, status, messengerType } = integration;
	return {
		id,
		name,
		status,
		messengerType,
		dateCreated: CREATED,
		dateModified: CREATED,
		version: 1,
		selfUri: `${PATH}/${messengerType}/${id}`,
	};
}

/** The messaging integrations of all channels. */
export const integrationsRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	permission: 'messaging:integration:view',
	answer(call): Models.MessagingIntegrationEntityListing {
		return pageOf(call, PATH, call.state.directory.integrations.all().map(integrationOf));
	},
};
