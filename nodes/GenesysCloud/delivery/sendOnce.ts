/** A store of keys that outlives the execution. */
export interface KeyStore {
	/** Adds a key. @returns whether it was new */
	add(key: string): Promise<boolean>;
	/** Removes a key. */
	remove(key: string): Promise<void>;
}

/** What the store knows of a key: nothing, that it was sent, or that an execution never learned the end. */
export type KeyState = 'new' | 'sent' | 'unknown';

/**
 * Remembers which keys were sent, for this and later executions. While a message is in flight, its key
 * is stored together with a doubt, which is taken away once the end is known. When the host is killed
 * before, or no answer came, the doubt stays: the caller decides what to do with such a key.
 */
export class SendOnce {
	/** What became of the keys of this run; a promise while the message is in flight. */
	private readonly inRun = new Map<string, Promise<boolean> | true>();
	private readonly settle = new Map<string, (sent: boolean) => void>();

	/** @param store the keys of this and earlier executions */
	constructor(private readonly store: KeyStore) {}

	/**
	 * Claims a key. While a message with the same key is in flight in this run, its end is awaited.
	 *
	 * @param key the message's key
	 * @returns what is known of the key; after `new` and `unknown`, `end` must be called
	 * @throws what the store throws
	 */
	async begin(key: string): Promise<KeyState> {
		for (let known = this.inRun.get(key); known !== undefined; known = this.inRun.get(key)) {
			if (await known) return 'sent';
		}
		this.inRun.set(key, new Promise((resolve) => this.settle.set(key, resolve)));
		let state: KeyState | undefined;
		try {
			state = await this.claim(key);
			return state;
		} finally {
			if (state === undefined || state === 'sent') this.ended(key, state === 'sent');
		}
	}

	/**
	 * Notes what became of a message.
	 *
	 * @param key the message's key
	 * @param accepted whether the message was accepted
	 * @throws what the store throws
	 */
	async end(key: string, accepted: boolean | 'unknown'): Promise<void> {
		try {
			if (accepted === false) await this.store.remove(key);
			if (accepted !== 'unknown') await this.store.remove(doubtOf(key));
		} finally {
			// Not before: who waits for this key would find it in the store, and take it for sent.
			this.ended(key, accepted === true);
		}
	}

	/** The doubt comes first: a key without one counts as sent. */
	private async claim(key: string): Promise<KeyState> {
		const [undoubted, isNew] = await Promise.all([
			this.store.add(doubtOf(key)),
			this.store.add(key),
		]);
		if (!undoubted) return 'unknown';
		if (isNew) return 'new';
		await this.store.remove(doubtOf(key));
		return 'sent';
	}

	private ended(key: string, sent: boolean): void {
		if (sent) this.inRun.set(key, true);
		else this.inRun.delete(key);
		this.settle.get(key)?.(sent);
		this.settle.delete(key);
	}
}

/** The entry that tells that a key's message may or may not have been sent. No user types a NUL. */
function doubtOf(key: string): string {
	return `${key}\u0000?`;
}
