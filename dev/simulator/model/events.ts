import type { Channel } from './messaging/channels';

/** What can happen that a subscriber is to be told. */
export type EventKind =
	| 'conversationStarted'
	| 'customerMessage'
	| 'messageStatus'
	| 'conversationEnded'
	| 'messageUndelivered'
	| 'topic';

/** Something that happened, and that is due to be told once to each who subscribed to it. */
export interface DueEvent {
	/** Counted from 1. */
	readonly number: number;
	readonly event: EventKind;
	/** ISO 8601, UTC. */
	readonly time: string;
	readonly conversationId?: string;
	readonly channel?: Channel;
	/** Undefined = the conversation is on no queue, so that no topic tells of it. */
	readonly queueId?: string;
	/** Of `messageUndelivered`. */
	readonly deploymentId?: string;
	/** `toAddress`, of web messaging the external contact ID. */
	readonly recipient?: string;
	readonly messageId?: string;
	/** Of `messageStatus`. */
	readonly status?: string;
	/** Of `topic`. */
	readonly topicName?: string;
}

/**
 * The journal of what was due to be told, whoever listened and whatever a fault did to it: with it a
 * test proves that each event was told exactly once.
 */
export class Events {
	#entries: DueEvent[] = [];

	/** Adds what happened now. */
	add(event: Omit<DueEvent, 'number' | 'time'>): DueEvent {
		const due = { number: this.#entries.length + 1, time: new Date().toISOString(), ...event };
		this.#entries.push(due);
		return due;
	}

	/** What happened, oldest first: everything, or one kind. */
	all(kind?: string): readonly DueEvent[] {
		return kind === undefined ? this.#entries : this.#entries.filter(({ event }) => event === kind);
	}

	/** Forgets what happened. */
	clear(): void {
		this.#entries = [];
	}
}
