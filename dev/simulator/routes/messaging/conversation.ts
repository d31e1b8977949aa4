import { conversationDataOf } from '../../formats/conversationData';
import type { ApiRoute } from '../../http/apiRoute';
import { documentedError } from '../../http/errors';

/** A message conversation: its participants, their state and their messages. Needs no permission. */
export const conversationRoute: ApiRoute = {
	method: 'GET',
	url: '/api/v2/conversations/messages/:conversationId',
	endpoint: 'read',
	answer({ state, params }) {
		if (state.settings.conversationAccess === 'forbidden') throw documentedError(403);
		const conversation = state.conversations.get(params.conversationId ?? '');
		if (conversation === undefined) throw documentedError(404);
		const { channel, recipient } = conversation;
		// Inactivity is judged when somebody looks at the session; it ends the conversation.
		if (channel === 'webmessaging') state.contacts.ofExternalContact(recipient);
		return conversationDataOf(state, conversation);
	},
};
