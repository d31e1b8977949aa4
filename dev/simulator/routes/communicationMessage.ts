import type { ApiRoute } from '../apiRoute';
import { ApiError, documentedError } from '../errors';

/**
 * A message on an existing conversation's communication. Genesys Cloud wants a user's token here;
 * this simulator issues client-credentials tokens alone, so the call is always refused.
 */
export const communicationMessageRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/conversations/messages/:conversationId/communications/:communicationId/messages',
	endpoint: 'send',
	anyPermission: ['conversation:message:create', 'conversation:webmessaging:create'],
	answer({ state }) {
		if (state.settings.communicationRefusal === 'notAuthorized') throw documentedError(403);
		const message =
			'This request requires a user context. Client credentials cannot be used for requests ' +
			'that require a user context.';
		throw new ApiError(400, 'bad.request', message);
	},
};
