import type { Channel } from './messaging/channels';

/** One message that was really accepted. */
export interface JournalEntry {
	/** The message ID of the answer. */
	readonly id: string;
	/**
	 * Who got it: the contact ID of the web session; of an agentless message to an address, the
	 * address.
	 */
	readonly contactId: string;
	/** `bot` or `agent`; `agentless` of an agentless message. */
	readonly type: string;
	readonly message: string;
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	/** The access token that sent it, by its number; never the bearer value. */
	readonly tokenId: string;
	/* Of agentless messages alone: */
	readonly channel?: Channel;
	/** The number, integration or deployment that sent it. */
	readonly fromAddress?: string;
	readonly toAddress?: string;
	readonly externalContactId?: string;
	readonly conversationId?: string;
	/** The messaging template that was sent; `message` is its text with the parameters put in. */
	readonly templateId?: string;
}

/**
 * What was really accepted, in order. Adding is one push; the index by contact is made when it is
 * asked for and then only for what is new, so that a journal of 200,000 entries stays cheap.
 */
export class Journal {
	#entries: JournalEntry[] = [];
	#index = new Map<string, JournalEntry[]>();
	#indexed = 0;

	/** How many messages were accepted. */
	get count(): number {
		return this.#entries.length;
	}

	/** Adds an accepted message. */
	add(entry: JournalEntry): void {
		this.#entries.push(entry);
	}

	/** All accepted messages, oldest first. */
	all(): readonly JournalEntry[] {
		return this.#entries;
	}

	/** The accepted messages of each contact, oldest first. */
	byContact(): ReadonlyMap<string, readonly JournalEntry[]> {
		for (const entry of this.#entries.slice(this.#indexed)) {
			const known = this.#index.get(entry.contactId);
			if (known === undefined) this.#index.set(entry.contactId, [entry]);
			else known.push(entry);
		}
		this.#indexed = this.#entries.length;
		return this.#index;
	}

	/** Forgets all messages. What was handed out before stays as it was. */
	clear(): void {
		this.#entries = [];
		this.#index = new Map();
		this.#indexed = 0;
	}
}
