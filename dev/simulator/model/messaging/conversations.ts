import { begin, end, resume } from './conversation';
import type { Conversation, ConversationParties, KeptConversation } from './conversation';

const keyOf = ({ channel, fromAddress, recipient }: ConversationParties): string =>
	[channel, fromAddress, recipient].join('|');

/** The message conversations. */
export class Conversations {
	readonly #byId = new Map<string, KeptConversation>();
	readonly #latest = new Map<string, KeptConversation>();
	readonly #timelineMinutes: () => number;

	/** @param timelineMinutes the threading timeline in force */
	constructor(timelineMinutes: () => number) {
		this.#timelineMinutes = timelineMinutes;
	}

	/** The latest conversation between the parties. */
	latest(parties: ConversationParties): Conversation | undefined {
		return this.#latest.get(keyOf(parties));
	}

	/** One conversation, or undefined when the ID is unknown. */
	get(id: string): Conversation | undefined {
		return this.#byId.get(id);
	}

	/** All conversations, oldest first. */
	all(): Conversation[] {
		return [...this.#byId.values()];
	}

	/**
	 * Adds a message to the parties' conversation: the connected one, the one that ended within the
	 * threading timeline, else a new one.
	 *
	 * @param state how the conversation is left when it was not connected before
	 */
	addMessage(
		parties: ConversationParties,
		messageId: string,
		state: Conversation['state'],
	): Conversation {
		const conversation = this.#threaded(parties);
		conversation.messageIds.push(messageId);
		if (conversation.state === 'connected') return conversation;
		if (state === 'connected') resume(conversation);
		else end(conversation, 'peer');
		return conversation;
	}

	/** The customer writes: the conversation (threaded as `addMessage` does) is with an agent now. */
	connect(parties: ConversationParties): Conversation {
		const conversation = this.#threaded(parties);
		resume(conversation);
		conversation.withAgent = true;
		return conversation;
	}

	/** Ends a conversation. Returns false when it is unknown. */
	disconnect(id: string, disconnectType = 'client'): boolean {
		const conversation = this.#byId.get(id);
		if (conversation?.state === 'connected') end(conversation, disconnectType);
		return conversation !== undefined;
	}

	/** Ends the web conversations of an external contact whose session expired. */
	endWebSession(externalContactId: string): void {
		for (const { id, channel, recipient, state } of this.#latest.values()) {
			if (state !== 'connected' || channel !== 'webmessaging') continue;
			if (recipient === externalContactId) this.disconnect(id, 'session.expired');
		}
	}

	/** Forgets all conversations. */
	clear(): void {
		this.#byId.clear();
		this.#latest.clear();
	}

	#threaded(parties: ConversationParties): KeptConversation {
		const latest = this.#latest.get(keyOf(parties));
		if (latest?.state === 'connected') return latest;
		const since = performance.now() - (latest?.endedAt ?? 0);
		if (latest !== undefined && since < this.#timelineMinutes() * 60_000) return latest;
		const conversation = begin(parties);
		this.#byId.set(conversation.id, conversation);
		this.#latest.set(keyOf(parties), conversation);
		return conversation;
	}
}
