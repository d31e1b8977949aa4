import type { ApiRoute } from '../http/apiRoute';
import { deploymentsRoute } from './lists/deployments';
import { identifierLookupRoute } from './lists/identifierLookup';
import { integrationsRoute } from './lists/integrations';
import { responseRoute } from './lists/responses';
import { responsesQueryRoute } from './lists/responsesQuery';
import { smsNumbersRoute } from './lists/smsNumbers';
import { agentlessMessageRoute } from './messaging/agentlessMessage';
import { conversationRoute } from './messaging/conversation';
import { messageDetailsRoute } from './messaging/messageDetails';
import { webMessagingRoute } from './messaging/webMessaging';
import { tokensMeRoute } from './tokensMe';

/** All endpoints of the simulated API; an endpoint is one file and one line here. */
export const API_ROUTES: readonly ApiRoute[] = [
	tokensMeRoute,
	webMessagingRoute,
	agentlessMessageRoute,
	messageDetailsRoute,
	conversationRoute,
	identifierLookupRoute,
	deploymentsRoute,
	integrationsRoute,
	smsNumbersRoute,
	responseRoute,
	responsesQueryRoute,
];
