import type { UncertainPolicy } from './types';

/** A store of keys that outlives the execution. */
export interface KeyStore {
	/** @returns whether the store has a key; a process that is killed meanwhile leaves it as it was */
	has(key: string): Promise<boolean>;
	/** Adds a key. @returns whether it was new */
	add(key: string): Promise<boolean>;
	/** Removes a key. */
	remove(key: string): Promise<void>;
}

/**
 * Sends each key once, in this and in later executions. When the host is killed while a message is in
 * flight, `uncertain` decides: with `retry` a key is stored only after its message was sent (at least
 * once), with `fail` before it is sent (at most once).
 */
export class SendOnce {
	/** What became of the keys of this run; a promise while the message is in flight. */
	private readonly inRun = new Map<string, Promise<boolean> | true>();
	private readonly settle = new Map<string, (sent: boolean) => void>();

	/**
	 * @param store the keys that were sent before
	 * @param uncertain the user's choice between at least and at most once
	 */
	constructor(
		private readonly store: KeyStore,
		private readonly uncertain: UncertainPolicy,
	) {}

	/**
	 * Asks whether a message may be sent. While one with the same key is in flight, its end is awaited.
	 *
	 * @param key the message's key
	 * @returns `sent` when it was sent before; after `send`, `end` must be called
	 * @throws what the store throws
	 */
	async begin(key: string): Promise<'send' | 'sent'> {
		for (let known = this.inRun.get(key); known !== undefined; known = this.inRun.get(key)) {
			if (await known) return 'sent';
		}
		this.inRun.set(key, new Promise((resolve) => this.settle.set(key, resolve)));
		try {
			const before = this.uncertain === 'fail';
			const known = before ? !(await this.store.add(key)) : await this.store.has(key);
			if (known) this.ended(key, true);
			return known ? 'sent' : 'send';
		} catch (error) {
			this.ended(key, false);
			return await Promise.reject(error as Error);
		}
	}

	/**
	 * Notes what became of a message. Only a certain acceptance counts as sent.
	 *
	 * @param key the message's key
	 * @param sent whether the message was accepted
	 * @throws what the store throws
	 */
	async end(key: string, sent: boolean): Promise<void> {
		try {
			if (sent && this.uncertain === 'retry') await this.store.add(key);
			if (!sent && this.uncertain === 'fail') await this.store.remove(key);
		} finally {
			// Not before: who waits for this key would find it in the store, and take it for sent.
			this.ended(key, sent);
		}
	}

	private ended(key: string, sent: boolean): void {
		if (sent) this.inRun.set(key, true);
		else this.inRun.delete(key);
		this.settle.get(key)?.(sent);
		this.settle.delete(key);
	}
}
