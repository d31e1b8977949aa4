import { randomUUID } from 'node:crypto';

import type { Channel } from './channels';

/** Between whom a conversation is: who sends, and the recipient's address or external contact. */
export interface ConversationParties {
	readonly channel: Channel;
	readonly fromAddress: string;
	/** `toAddress`, of web messaging the external contact ID. */
	readonly recipient: string;
}

/** A message conversation. */
export interface Conversation extends ConversationParties {
	readonly id: string;
	readonly startTime: string;
	/** Of the participants and of their communications. */
	readonly ids: Readonly<
		Record<'customer' | 'sender' | 'agent' | 'customerLeg' | 'senderLeg', string>
	>;
	readonly messageIds: readonly string[];
	readonly state: 'connected' | 'disconnected';
	/** Whether an agent takes part, since the customer wrote. */
	readonly withAgent: boolean;
	readonly disconnectType?: string;
	readonly endTime?: string;
}

/** A conversation as it is kept. */
export interface KeptConversation extends Conversation {
	messageIds: string[];
	state: Conversation['state'];
	withAgent: boolean;
	disconnectType?: string;
	endTime?: string;
	/** On the clock of `performance.now()`. */
	endedAt: number;
}

/** A new conversation, not connected. */
export function begin({ channel, fromAddress, recipient }: ConversationParties): KeptConversation {
	return {
		id: randomUUID(),
		channel,
		fromAddress,
		recipient,
		startTime: new Date().toISOString(),
		ids: {
			customer: randomUUID(),
			sender: randomUUID(),
			agent: randomUUID(),
			customerLeg: randomUUID(),
			senderLeg: randomUUID(),
		},
		messageIds: [],
		state: 'disconnected',
		withAgent: false,
		endedAt: performance.now(),
	};
}

/** Connects a conversation. */
export function resume(conversation: KeptConversation): void {
	conversation.state = 'connected';
	conversation.disconnectType = undefined;
	conversation.endTime = undefined;
}

/** Ends a conversation, with one of the documented types of an end. */
export function end(conversation: KeptConversation, disconnectType: string): void {
	conversation.state = 'disconnected';
	conversation.disconnectType = disconnectType;
	conversation.endTime = new Date().toISOString();
	conversation.endedAt = performance.now();
}
