import { begin, end, enqueue, resume } from './conversation';
import type {
	Attributes,
	Conversation,
	ConversationParties,
	KeptConversation,
} from './conversation';

const keyOf = ({ channel, fromAddress, recipient }: ConversationParties): string =>
	[channel, fromAddress, recipient].join('|');

/** What a customer brings into a conversation. */
interface Arrival {
	/** The queue to go to; null = none, a bot alone has it; default what `defaultQueueId` says. */
	queueId?: string | null;
	attributes?: Attributes;
}

/** What the conversations need from their simulator. */
interface ConversationsHost {
	/** The threading timeline in force. */
	timelineMinutes(): number;
	/** The queue of conversations for which none is named; undefined = a bot alone has them. */
	defaultQueueId(): string | undefined;
	/** Called at every change; `happened` = what is due to be told of it. */
	changed(conversation: Conversation, happened?: 'conversationStarted' | 'conversationEnded'): void;
}

/** The message conversations. */
export class Conversations {
	readonly #byId = new Map<string, KeptConversation>();
	readonly #latest = new Map<string, KeptConversation>();
	readonly #host: ConversationsHost;

	constructor(host: ConversationsHost) {
		this.#host = host;
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
	 * Adds an agentless message to the parties' conversation: the connected one, the one that ended
	 * within the threading timeline, else a new one. When the message is there, `touch` tells of it.
	 *
	 * @param state how the conversation is left when it was not connected before
	 */
	addMessage(
		parties: ConversationParties,
		messageId: string,
		state: Conversation['state'],
	): Conversation {
		const conversation = this.#threaded(parties, 'outbound');
		conversation.messageIds.push(messageId);
		if (conversation.state === 'connected') return conversation;
		if (state === 'connected') resume(conversation);
		else end(conversation, 'peer');
		return conversation;
	}

	/** Adds a message of the customer, an agent or a bot. Returns false when the ID is unknown. */
	addTo(id: string, messageId: string): boolean {
		return this.#byId.get(id)?.messageIds.push(messageId) !== undefined;
	}

	/** Tells that something about a conversation changed. */
	touch(id: string): void {
		const conversation = this.#byId.get(id);
		if (conversation !== undefined) this.#host.changed(conversation);
	}

	/** The customer takes part (threaded as `addMessage` does): a queue and an agent get it. */
	connect(parties: ConversationParties, arrival: Arrival = {}): Conversation {
		return this.#join(this.#threaded(parties, 'inbound'), arrival);
	}

	/** The customer begins a conversation of its own. */
	start(parties: ConversationParties, arrival: Arrival = {}): Conversation {
		return this.#join(this.#begin(parties, 'inbound'), arrival);
	}

	/** The agent leaves, or joins again. Returns false when there is no such conversation. */
	setAgent(id: string, agent: 'connected' | 'left'): boolean {
		const conversation = this.#byId.get(id);
		if (conversation?.state !== 'connected') return false;
		conversation.agent = agent;
		this.#host.changed(conversation);
		return true;
	}

	/** Moves a conversation to a queue. Returns false when it is unknown. */
	transfer(id: string, queueId: string): boolean {
		const conversation = this.#byId.get(id);
		if (conversation === undefined) return false;
		enqueue(conversation, queueId);
		this.#host.changed(conversation);
		return true;
	}

	/** Ends a conversation. Returns false when it is unknown. */
	disconnect(id: string, disconnectType = 'client'): boolean {
		const conversation = this.#byId.get(id);
		if (conversation?.state === 'connected') {
			end(conversation, disconnectType);
			this.#host.changed(conversation, conversation.joined ? 'conversationEnded' : undefined);
		}
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

	#join(conversation: KeptConversation, { queueId, attributes }: Arrival): Conversation {
		const queue = queueId === undefined ? this.#host.defaultQueueId() : (queueId ?? undefined);
		if (conversation.queueId === undefined && queue !== undefined) enqueue(conversation, queue);
		conversation.attributes = { ...conversation.attributes, ...attributes };
		conversation.agent = conversation.queueId === undefined ? 'none' : 'connected';
		const isNew = !conversation.joined;
		conversation.joined = true;
		resume(conversation);
		this.#host.changed(conversation, isNew ? 'conversationStarted' : undefined);
		return conversation;
	}

	#threaded(parties: ConversationParties, direction: Conversation['direction']): KeptConversation {
		const latest = this.#latest.get(keyOf(parties));
		if (latest?.state === 'connected') return latest;
		const since = performance.now() - (latest?.endedAt ?? 0);
		if (latest !== undefined && since < this.#host.timelineMinutes() * 60_000) return latest;
		return this.#begin(parties, direction);
	}

	#begin(parties: ConversationParties, direction: Conversation['direction']): KeptConversation {
		const conversation = begin(parties, direction);
		this.#byId.set(conversation.id, conversation);
		this.#latest.set(keyOf(parties), conversation);
		return conversation;
	}
}
