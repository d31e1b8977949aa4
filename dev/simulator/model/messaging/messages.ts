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

/** Who wrote a message: the agentless messages API, an agent, a bot, or the customer. */
export type Author = 'api' | 'agent' | 'bot' | 'customer';

/** The messaging template of a message, its parameters put in. */
export interface SentTemplate {
	readonly id: string;
	readonly language: string;
	readonly parameters: readonly { name: string; text: string }[];
}

/** A message of a conversation. */
export interface Message {
	readonly id: string;
	readonly conversationId: string;
	readonly channel: Channel;
	readonly author: Author;
	/** Of the customer's own messages their address, or external contact ID. */
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
	readonly status: MessageStatus | 'received';
	/** Why it failed, when it did. */
	readonly reason?: FailureReason;
}

const hasFailed = (status: MessageStatus): boolean =>
	status === 'failed' || status === 'delivery-failed';

/** All messages. A status is judged when it is looked at. */
export class Messages {
	readonly #messages = new Map<string, Message>();
	readonly #set = new Map<string, Progress>();
	readonly #times: () => MessagingSettings['messageStatusTimes'];

	/**
	 * @param times when statuses move on, now in force
	 * @param moved called when a status was set, which time moves no more
	 */
	constructor(
		times: () => MessagingSettings['messageStatusTimes'],
		private readonly moved: (message: Message, status: MessageStatus) => void,
	) {
		this.#times = times;
	}

	/** Adds a message. */
	add(message: Message): void {
		this.#messages.set(message.id, message);
	}

	/** One message, or undefined when the ID is unknown. */
	get(id: string): Message | undefined {
		return this.#messages.get(id);
	}

	/** All messages, oldest first. */
	all(): Message[] {
		return [...this.#messages.values()];
	}

	/** How far a message has come: as it was set, else by the time since it was accepted. */
	progress({ id, author, acceptedAt, failure }: Message, now = performance.now()): Progress {
		if (author === 'customer') return { status: 'received' };
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

	/** Whether time moves a message's status, because nobody has set it. */
	movesByTime(id: string): boolean {
		return !this.#set.has(id);
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
		if (message === undefined || message.author === 'customer') return false;
		const why = hasFailed(status) ? (reason ?? message.failure ?? 'GeneralError') : undefined;
		this.#set.set(id, why === undefined ? { status } : { status, reason: why });
		this.moved(message, status);
		return true;
	}

	/** Forgets all messages. */
	clear(): void {
		this.#messages.clear();
		this.#set.clear();
	}
}
