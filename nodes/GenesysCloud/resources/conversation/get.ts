import { conversationRequest, isCustomer } from '../../api/conversations';
import { asObject, isText, objectsIn } from '../../api/json';
import type { JsonObject } from '../../delivery/types';
import type { Explanation } from '../../failures/explain';
import type { Failure } from '../../failures/failure';
import { idField } from '../fields';
import type { ReadOperation } from '../types';

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

/** The state of a message conversation, as far as a sender needs to know it. */
interface ConversationState {
	/** Whether the customer is still in the conversation. */
	readonly connected: boolean;
	readonly customerState?: string;
	readonly disconnectType?: string;
	readonly channel?: string;
	readonly externalContactId?: string;
	/** The latest time that the conversation tells of, in ISO 8601. */
	readonly lastActivity?: string;
}

/** A conversation that is parked waits for the customer; it is not over. */
const OPEN_STATES = new Set<unknown>(['connected', 'parked']);
const TIMES = ['startTime', 'connectedTime', 'endTime', 'parkTime', 'resumeTime'] as const;

/** Reads the state of a MessageConversation (of the SDKs): the customer's latest participation counts. */
export function conversationState(conversation: JsonObject): ConversationState {
	const participants = objectsIn(conversation.participants);
	const customer = participants.filter(isCustomer).at(-1);
	const contact = participants
		.map(({ externalContact }) => asObject(externalContact).id)
		.find(isText);
	const lastActivity = participants.flatMap(timesOf).sort().at(-1);
	return {
		connected: OPEN_STATES.has(customer?.state),
		...(isText(customer?.state) && { customerState: customer.state }),
		...(isText(customer?.disconnectType) && { disconnectType: customer.disconnectType }),
		...(isText(customer?.type) && { channel: customer.type }),
		...(contact !== undefined && { externalContactId: contact }),
		...(lastActivity !== undefined && { lastActivity }),
	};
}

function timesOf(participant: JsonObject): string[] {
	const messages = objectsIn(participant.messages).map(({ messageTime }) => messageTime);
	return [...TIMES.map((name) => participant[name]), ...messages].filter(isText);
}
