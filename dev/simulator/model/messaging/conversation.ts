import { randomUUID } from 'node:crypto';

import type { Channel } from './channels';

/** Between whom a conversation is: who sends, and the recipient's address or external contact. */
export interface ConversationParties {
	readonly channel: Channel;
	readonly fromAddress: string;
	/** `toAddress`, of web messaging the external contact ID. */
	readonly recipient: string;
}

/** Custom attributes of a customer, as a website gives them. */
export type Attributes = Readonly<Record<string, string>>;

/** A message conversation. */
export interface Conversation extends ConversationParties {
	readonly id: string;
	readonly startTime: string;
	/** Who began it: the customer, or the organisation. */
	readonly direction: 'inbound' | 'outbound';
	/** Of the participants and of their communications. */
	readonly ids: Readonly<
		Record<
			'customer' | 'sender' | 'acd' | 'agent' | 'bot' | 'customerLeg' | 'senderLeg' | 'agentLeg',
			string
		>
	>;
	readonly messageIds: readonly string[];
	readonly state: 'connected' | 'disconnected';
	/** Whether the customer has taken part. */
	readonly joined: boolean;
	/** Of the last agent; they join when the customer does, and may leave before the end. */
	readonly agent: 'none' | 'connected' | 'left';
	/** The queue that it came to; undefined = none, a bot alone has it. */
	readonly queueId?: string;
	/** When it came to that queue, ISO 8601, UTC. A bot may have had it before. */
	readonly queuedAt?: string;
	/** Of the customer's participant. */
	readonly attributes: Attributes;
	readonly disconnectType?: string;
	readonly endTime?: string;
}

/** A conversation as it is kept. */
export interface KeptConversation extends Conversation {
	messageIds: string[];
	state: Conversation['state'];
	joined: boolean;
	agent: Conversation['agent'];
	queueId?: string;
	queuedAt?: string;
	attributes: Attributes;
	disconnectType?: string;
	endTime?: string;
	/** On the clock of `performance.now()`. */
	endedAt: number;
}

/** A new conversation, not connected. */
export function begin(
	{ channel, fromAddress, recipient }: ConversationParties,
	direction: Conversation['direction'],
): KeptConversation {
	return {
		id: randomUUID(),
		channel,
		fromAddress,
		recipient,
		direction,
		startTime: new Date().toISOString(),
		ids: {
			customer: randomUUID(),
			sender: randomUUID(),
			acd: randomUUID(),
			agent: randomUUID(),
			bot: randomUUID(),
			customerLeg: randomUUID(),
			senderLeg: randomUUID(),
			agentLeg: randomUUID(),
		},
		messageIds: [],
		state: 'disconnected',
		joined: false,
		agent: 'none',
		attributes: {},
		endedAt: performance.now(),
	};
}

/** Brings a conversation to a queue. */
export function enqueue(conversation: KeptConversation, queueId: string): void {
	if (conversation.queueId === queueId) return;
	conversation.queueId = queueId;
	conversation.queuedAt = new Date().toISOString();
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
