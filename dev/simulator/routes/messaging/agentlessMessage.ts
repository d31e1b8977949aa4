import type { Models } from 'purecloud-platform-client-v2';

import { deprecatedFields, messageDataOf, messageUri } from '../../formats/messageData';
import type { ApiRoute } from '../../http/apiRoute';
import { bodyOf } from '../../http/fields';
import { isRecord } from '../../support/checks';
import { readAgentlessRequest } from './agentlessRequest';
import { sendAgentless } from './sendAgentless';

/** Sends a message by one of the documented channels; the answer says that it is queued. */
export const agentlessMessageRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/conversations/messages/agentless',
	endpoint: 'send',
	permission: 'conversation:message:create',
	contactIdOf({ body }) {
		if (!isRecord(body)) return undefined;
		const recipient = body.toAddress ?? body.externalContactId;
		return typeof recipient === 'string' ? recipient : undefined;
	},
	statusOf: ({ agentlessStatus }) => agentlessStatus,
	answer(call): Models.SendAgentlessOutboundMessageResponse {
		const { state, token, query } = call;
		const request = readAgentlessRequest(bodyOf(call), state.settings);
		const message = sendAgentless(state, request, token.id);
		return {
			id: message.id,
			conversationId: message.conversationId,
			fromAddress: message.fromAddress,
			toAddress: message.toAddress,
			messengerType: message.channel,
			useExistingActiveConversation: request.useExistingActiveConversation,
			message: messageDataOf(state, message),
			timestamp: message.timestamp,
			selfUri: messageUri(message),
			...deprecatedFields(state, query, message),
		};
	},
};
