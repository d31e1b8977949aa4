import { deprecatedFields, messageDataOf } from '../../formats/messageData';
import type { ApiRoute } from '../../http/apiRoute';
import { documentedError } from '../../http/errors';

/** One message with its status and receipts, by its ID. */
export const messageDetailsRoute: ApiRoute = {
	method: 'GET',
	url: '/api/v2/conversations/messages/:messageId/details',
	endpoint: 'read',
	anyPermission: ['conversation:message:view', 'conversation:webmessaging:view'],
	answer({ state, params, query }) {
		const message = state.messages.get(params.messageId ?? '');
		if (message === undefined) throw documentedError(404);
		return { ...messageDataOf(state, message), ...deprecatedFields(state, query, message) };
	},
};
