import { conversationRequest } from '../../api/conversations';
import type { Explanation } from '../../failures/explain';
import type { Failure } from '../../failures/failure';
import { idField } from '../fields';
import type { ReadOperation } from '../types';
import { conversationState } from './state';

/** `GET /api/v2/conversations/messages/{conversationId}`: is the session still open? */
export const get: ReadOperation = {
	kind: 'read',
	value: 'get',
	name: 'Get',
	action: 'Get a conversation',
	description:
		'Retrieve a message conversation with its participants and state, for example to see whether the session of the customer is still open',
	fields: [
		idField(
			'Conversation ID',
			'conversationId',
			'The ID of the conversation, for example from the output of Message > Send',
		),
	],

	prepare(read) {
		const id = read.id('conversationId', 'Conversation ID', 'Map the ID of the conversation');
		return {
			request: conversationRequest(id),
			output: (answer) => ({ id: answer.id, ...conversationState(answer) }),
		};
	},

	explain: explainUnknownConversation,
};

/** Says that there is no such conversation. */
export function explainUnknownConversation({ reason }: Failure): Explanation | undefined {
	return reason === 'notFound'
		? {
				message: 'The conversation does not exist in Genesys Cloud',
				description:
					"Check the 'Conversation ID', and that the credential is of the same organization. Only conversations of messages can be read here, no calls and no e-mails.",
			}
		: undefined;
}
