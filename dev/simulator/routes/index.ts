import type { ApiRoute } from '../http/apiRoute';
import { analyticsDetailsRoute } from './analytics/conversationDetails';
import { contactsRoute } from './lists/contacts';
import { deploymentsRoute } from './lists/deployments';
import { identifierLookupRoute } from './lists/identifierLookup';
import { integrationsRoute } from './lists/integrations';
import { queuesRoute } from './lists/queues';
import { responseRoute } from './lists/responses';
import { responsesQueryRoute } from './lists/responsesQuery';
import { smsNumbersRoute } from './lists/smsNumbers';
import { agentlessMessageRoute } from './messaging/agentlessMessage';
import { conversationRoute } from './messaging/conversation';
import { messageDetailsRoute } from './messaging/messageDetails';
import { messagesBulkRoute } from './messaging/messagesBulk';
import { webMessagingRoute } from './messaging/webMessaging';
import { availableTopicsRoute } from './notifications/availableTopics';
import { channelRoutes } from './notifications/channels';
import { subscriptionRoutes } from './notifications/subscriptions';
import { tokensMeRoute } from './tokensMe';

/** All endpoints of the simulated API; an endpoint is one file and one line here. */
export const API_ROUTES: readonly ApiRoute[] = [
	tokensMeRoute,
	webMessagingRoute,
	agentlessMessageRoute,
	messageDetailsRoute,
	messagesBulkRoute,
	conversationRoute,
	analyticsDetailsRoute,
	contactsRoute,
	identifierLookupRoute,
	deploymentsRoute,
	integrationsRoute,
	smsNumbersRoute,
	responseRoute,
	responsesQueryRoute,
	queuesRoute,
	...channelRoutes,
	...subscriptionRoutes,
	availableTopicsRoute,
];
