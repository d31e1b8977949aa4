/** A message as a customer's browser shows it. */
export interface BrowserMessage {
	readonly id: string;
	/** Who wrote it: `bot`, `agent`, `agentless` or `customer`. */
	readonly type: string;
	readonly message: string;
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	readonly conversationId?: string;
}

/** What a contact's browser is told: a message arrived, or look at the session's state again. */
type FeedEvent = { kind: 'message'; message: BrowserMessage } | { kind: 'session' };

/** Takes the events of one contact. */
interface FeedListener {
	event(event: FeedEvent): void;
	/** The simulator stops: end the stream. */
	close(): void;
}

/** Tells the open widget pages what happens to their contact. */
export class Feed {
	readonly #listeners = new Map<string, Set<FeedListener>>();

	/**
	 * Starts to listen to a contact.
	 *
	 * @returns a function that stops listening
	 */
	subscribe(contactId: string, listener: FeedListener): () => void {
		const listeners = this.#listeners.get(contactId) ?? new Set();
		this.#listeners.set(contactId, listeners.add(listener));
		return () => {
			listeners.delete(listener);
			if (listeners.size === 0) this.#listeners.delete(contactId);
		};
	}

	/** Tells an event to all who listen to the contact. */
	publish(contactId: string, event: FeedEvent): void {
		const listeners = this.#listeners.get(contactId);
		if (listeners !== undefined) for (const listener of listeners) listener.event(event);
	}

	/** The contacts somebody listens to. */
	contactIds(): string[] {
		return [...this.#listeners.keys()];
	}

	/** Ends all streams. */
	close(): void {
		for (const listeners of [...this.#listeners.values()]) {
			for (const listener of [...listeners]) listener.close();
		}
		this.#listeners.clear();
	}
}
