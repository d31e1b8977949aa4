import { asObject, isText, objectsIn } from '../../api/json';
import { isSaid } from '../../api/conversations';
import type { JsonObject } from '../../delivery/types';

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
const CUSTOMER_PURPOSES = new Set<unknown>(['customer', 'external']);
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

/**
 * The IDs of a conversation's messages, oldest first, each once; events and receipts that it marks as such are
 * left out.
 */
export function messageIds(conversation: JsonObject): string[] {
	const messages = objectsIn(conversation.participants)
		.flatMap((participant) => objectsIn(participant.messages))
		.filter(({ messageMetadata }) => isSaid(messageMetadata))
		.map(({ messageId, messageTime }) => ({ id: messageId, at: momentOf(messageTime) }));
	// One without a time keeps its place at the end.
	messages.sort((a, b) => (a.at || Number.MAX_VALUE) - (b.at || Number.MAX_VALUE));
	return [...new Set(messages.map(({ id }) => id).filter(isText))];
}

/** A time of the API in ms since 1970; NaN where it is none. */
export function momentOf(time: unknown): number {
	return isText(time) ? Date.parse(time) : Number.NaN;
}

function isCustomer({ purpose }: JsonObject): boolean {
	return CUSTOMER_PURPOSES.has(purpose);
}

function timesOf(participant: JsonObject): string[] {
	const messages = objectsIn(participant.messages).map(({ messageTime }) => messageTime);
	return [...TIMES.map((name) => participant[name]), ...messages].filter(isText);
}
