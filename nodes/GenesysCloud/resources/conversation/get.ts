import { idInPath } from '../addresses';
import { requiredText } from '../parameters';
import { readDeliveryField, simplifyField } from '../sharedFields';
import type { ReadOperation } from '../types';
import { conversationRequest, conversationState } from './state';

/** `GET /api/v2/conversations/messages/{conversationId}`: is the session still open? */
export const get: ReadOperation = {
	kind: 'read',
	value: 'get',
	name: 'Get',
	action: 'Get a conversation',
	description:
		'Retrieve a message conversation with its participants and state, for example to see whether the session of the customer is still open',
	fields: [
		{
			displayName: 'Conversation ID',
			name: 'conversationId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
			description: "The ID of the conversation, for example from the output of 'Send a message'",
		},
		simplifyField,
		readDeliveryField,
	],

	buildRequest(context, itemIndex) {
		const id = requiredText(context.getNodeParameter('conversationId', itemIndex), {
			displayName: 'Conversation ID',
			maxLength: 256,
			remedy: 'Map the ID of the conversation',
		});
		return conversationRequest(idInPath('Conversation ID', id));
	},

	toOutput: (response) => ({ id: response.id, ...conversationState(response) }),
	refineFailure: (failure) => failure,
	explain: (failure) =>
		failure.reason === 'notFound'
			? {
					message: 'The conversation does not exist in Genesys Cloud',
					description:
						"Check the 'Conversation ID', and that the credential is of the same organization.",
				}
			: undefined,
};
