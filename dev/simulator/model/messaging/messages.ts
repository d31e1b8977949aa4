import type { MessagingSettings } from '../messagingSettings';
import type { Channel } from './channels';
import { isFailureReason } from './failureReasons';
import type { FailureReason } from './failureReasons';

const STATUSES = [
	'queued',
	'sent',
	'failed',
	'delivery-success',
	'delivery-failed',
	'read',
] as const;

/** The status of an outbound message. */
export type MessageStatus = (typeof STATUSES)[number];

/** The messaging template of a message, its parameters put in. */
export interface SentTemplate {
	readonly id: string;
	readonly language: string;
	readonly parameters: readonly { name: string; text: string }[];
}

/** A message that the agentless messages API accepted. */
export interface OutboundMessage {
	readonly id: string;
	readonly conversationId: string;
	readonly channel: Channel;
	readonly fromAddress: string;
	readonly toAddress?: string;
	readonly externalContactId?: string;
	readonly text: string;
	readonly template?: SentTemplate;
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	/** On the clock of `performance.now()`, milliseconds. */
	readonly acceptedAt: number;
	/** Why it will not be delivered. */
	readonly failure?: FailureReason;
}

/** How far a message has come. */
export interface Progress {
	readonly status: MessageStatus;
	/** Why it failed, when it did. */
	readonly reason?: FailureReason;
}

const hasFailed = (status: MessageStatus): boolean =>
	status === 'failed' || status === 'delivery-failed';

/** The accepted agentless messages. A status is judged when it is looked at, so nothing ticks. */
export class Messages {
	readonly #messages = new Map<string, OutboundMessage>();
	readonly #set = new Map<string, Progress>();
	readonly #times: () => MessagingSettings['messageStatusTimes'];

	/** @param times when statuses move on, now in force */
	constructor(times: () => MessagingSettings['messageStatusTimes']) {
		this.#times = times;
	}

	/** Adds an accepted message. */
	add(message: OutboundMessage): void {
		this.#messages.set(message.id, message);
	}

	/** One message, or undefined when the ID is unknown. */
	get(id: string): OutboundMessage | undefined {
		return this.#messages.get(id);
	}

	/** All messages, oldest first. */
	all(): OutboundMessage[] {
		return [...this.#messages.values()];
	}

	/** How far a message has come: as it was set, else by the time since it was accepted. */
	progress({ id, acceptedAt, failure }: OutboundMessage, now = performance.now()): Progress {
		const set = this.#set.get(id);
		if (set !== undefined) return set;
		const times = this.#times();
		const age = now - acceptedAt;
		if (times === null || age < times.sentMs) return { status: 'queued' };
		if (age < times.finalMs) return { status: 'sent' };
		return failure === undefined
			? { status: 'delivery-success' }
			: { status: 'delivery-failed', reason: failure };
	}

	/**
	 * Sets a message's status, which time moves no more.
	 *
	 * @param reason why it failed; default the recipient's reason, else `GeneralError`
	 * @returns false when the message is unknown
	 * @throws Error with one sentence when the status or the reason does not fit
	 */
	setStatus(id: string, status: MessageStatus, reason?: FailureReason): boolean {
		if (!STATUSES.includes(status)) {
			throw new Error(`The status must be one of: ${STATUSES.join(', ')}.`);
		}
		if (reason !== undefined && !(hasFailed(status) && isFailureReason(reason))) {
			throw new Error('A "reason" must be a documented one and is for failed messages alone.');
		}
		const message = this.#messages.get(id);
		if (message === undefined) return false;
		const why = hasFailed(status) ? (reason ?? message.failure ?? 'GeneralError') : undefined;
		this.#set.set(id, why === undefined ? { status } : { status, reason: why });
		return true;
	}

	/** Forgets all messages. */
	clear(): void {
		this.#messages.clear();
		this.#set.clear();
	}
}
