import type { ApiCall, ApiRoute } from '../apiRoute';
import { documentedError } from '../errors';
import { deprecatedFields, messageDataOf } from '../messaging/messageData';

const PERMISSIONS = ['conversation:message:view', 'conversation:webmessaging:view'];

function readMessage({ state, params, query }: ApiCall): object {
	const message = state.messages.get(params.messageId ?? '');
	const { conversationId = message?.conversationId } = params;
	if (message === undefined || message.conversationId !== conversationId) {
		throw documentedError(404);
	}
	return { ...messageDataOf(state, message), ...deprecatedFields(state, query, message) };
}

/** One message with its status and receipts, by its ID. */
export const messageDetailsRoute: ApiRoute = {
	method: 'GET',
	url: '/api/v2/conversations/messages/:messageId/details',
	endpoint: 'read',
	anyPermission: PERMISSIONS,
	answer: readMessage,
};

/** One message with its status and receipts, by its conversation and its ID. */
export const conversationMessageRoute: ApiRoute = {
	method: 'GET',
	url: '/api/v2/conversations/messages/:conversationId/messages/:messageId',
	endpoint: 'read',
	anyPermission: PERMISSIONS,
	answer: readMessage,
};
