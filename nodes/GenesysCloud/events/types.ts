import type { JsonObject } from '../delivery/types';
import type { Notification } from '../notifications/types';

/** What the user chooses for an event: where to listen. */
export type TargetKind = 'queues' | 'deployments' | 'topic';

/** Something that happened in a conversation, and that a workflow is told of once. */
export interface Fact {
	/** Unique for this event in its conversation. */
	readonly id: string;
	/** When it happened, in ms since 1970, where Genesys Cloud says so. */
	readonly time?: number;
	readonly messageId?: string;
	readonly status?: string;
	/** The end of the conversation, which comes once until it goes on. */
	readonly isEnd?: true;
	readonly change?: StatusChange;
	/** Who wrote the message, where that is not the customer of the sighting. */
	readonly participantId?: string;
	/** Of that writer, if it is another customer. */
	readonly externalContactId?: string;
	readonly attributes?: JsonObject;
}

/** What is known of a message's later status: Genesys Cloud does not say since when it has it. */
interface StatusChange {
	/** When the message was sent, in ms since 1970. */
	readonly sentAt?: number;
	/** The facts that tell of its statuses. */
	readonly statuses: readonly string[];
	/** Of the last message to the customer. */
	readonly isLast: boolean;
}

/** What a notification shows of a conversation. */
export type Sighting = Snapshot | Occurrence;

interface Shown {
	readonly facts: readonly Fact[];
	readonly externalContactId?: string;
	/** The customer's. */
	readonly participantId?: string;
	readonly channel?: string;
	readonly queueId?: string;
	readonly attributes?: JsonObject;
}

/** What has just happened. */
interface Occurrence extends Shown {
	readonly kind: 'occurrence';
	readonly conversationId?: string;
}

/** The conversation as a whole, sent again at each change, so most of its facts are old. */
export interface Snapshot extends Shown {
	readonly kind: 'snapshot';
	readonly conversationId: string;
	/** No customer is there any more. */
	readonly ended: boolean;
	/** When a customer left last, in ms since 1970; so are all times here. */
	readonly leftAt?: number;
	/** When a customer came or wrote last. */
	readonly customerAt?: number;
	/** The latest moment that it names. */
	readonly latest?: number;
}

/** One event of the trigger. Adding one is adding a file with such an object and a line in index.ts. */
export interface TriggerEvent {
	readonly value: string;
	/** Title Case: the entry of the Event dropdown. */
	readonly name: string;
	readonly description: string;
	readonly targets: TargetKind;
	/** The topic of a queue, a deployment, or the topic itself. */
	topicOf(target: string): string;
	/** What a notification on such a topic shows; `undefined` for what is none of this event's business. */
	sightingOf(notification: Notification): Sighting | undefined;
	/** Whether its facts are messages whose text can be fetched. */
	readonly hasText: boolean;
	/** Whether the item always holds the event as Genesys Cloud sent it. */
	readonly alwaysRaw?: true;
}
