import type { Models } from 'purecloud-platform-client-v2';

import { messageDataOf } from '../../formats/messageData';
import type { ApiRoute } from '../../http/apiRoute';
import { ApiError, documentedError } from '../../http/errors';
import { badField } from '../../http/fields';

const MAX = 1000;

/** Many messages of one conversation by their IDs; those that are not its own are left out. */
export const messagesBulkRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/conversations/messages/:conversationId/messages/bulk',
	endpoint: 'read',
	anyPermission: ['conversation:message:view', 'conversation:webmessaging:view'],
	answer({ state, params, body }): Models.TextMessageListing {
		if (!Array.isArray(body)) throw documentedError(400);
		if (body.length > MAX) {
			throw new ApiError(400, 'bad.request', `At most ${MAX} messages can be read at once`);
		}
		if (!body.every((id) => typeof id === 'string')) throw badField('id', 'field.invalid');
		const { conversationId } = params;
		if (state.conversations.get(conversationId ?? '') === undefined) throw documentedError(404);
		const entities = body
			.map((id) => state.messages.get(id))
			.filter((message) => message?.conversationId === conversationId)
			.filter((message) => message !== undefined)
			.map((message) => messageDataOf(state, message));
		return { entities };
	},
};
