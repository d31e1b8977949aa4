import type { ApiRoute } from '../apiRoute';
import { agentlessMessageRoute } from './agentlessMessage';
import { communicationMessageRoute } from './communicationMessage';
import { conversationRoute } from './conversation';
import { deploymentsRoute } from './deployments';
import { identifierLookupRoute } from './identifierLookup';
import { channelIntegrationsRoutes, integrationsRoute } from './integrations';
import { librariesRoute } from './libraries';
import { conversationMessageRoute, messageDetailsRoute } from './messageDetails';
import { responseRoute, responsesRoute } from './responses';
import { responsesQueryRoute } from './responsesQuery';
import { smsNumbersRoute } from './smsNumbers';
import { tokensMeRoute } from './tokensMe';
import { webMessagingRoute } from './webMessaging';

/** All endpoints of the simulated API; an endpoint is one file and one line here. */
export const API_ROUTES: readonly ApiRoute[] = [
	tokensMeRoute,
	webMessagingRoute,
	agentlessMessageRoute,
	communicationMessageRoute,
	messageDetailsRoute,
	conversationMessageRoute,
	conversationRoute,
	identifierLookupRoute,
	deploymentsRoute,
	integrationsRoute,
	...channelIntegrationsRoutes,
	smsNumbersRoute,
	librariesRoute,
	responsesRoute,
	responseRoute,
	responsesQueryRoute,
];
