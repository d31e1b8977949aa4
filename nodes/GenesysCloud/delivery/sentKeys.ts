import { keyStoreFailure, STOPPED, type Failure } from '../failures/failure';
import type { End, Known, Memory } from './memory';
import type { Clock, Message } from './types';

/** What the store knows of a key: nothing, that it was sent, or that an execution never learned the end. */
export type KeyState = 'new' | 'sent' | 'inDoubt';

/**
 * A store of keys that outlives the execution. Each method makes its change whole, or not at all, and
 * a key that is known as sent is never put in doubt, not even by a claim that a kill interrupts.
 */
export interface KeyStore {
	/** Puts a key that was not sent in doubt, and tells what was known of it before. */
	claim(key: string): Promise<KeyState>;
	/** The message of a claimed key was sent. */
	accept(key: string): Promise<void>;
	/** The message of a claimed key was certainly not sent. */
	forget(key: string): Promise<void>;
	/** What is known of a key, without a claim. */
	peek(key: string): Promise<KeyState>;
}

/** How long a store may take for an answer, in ms: the lock of a killed worker is waited for. */
export const STORE_LIMIT_MS = 60_000;
/** How long the end of a stopped execution may wait for the store, in ms. */
const END_LIMIT_MS = 60_000;

/**
 * Remembers which keys were sent, for this and later executions. While a message is in flight its key is in
 * doubt; when the host is killed before the end is known, or no answer came, it stays so.
 *
 * | end      | store              |
 * | -------- | ------------------ |
 * | accepted | the key is sent    |
 * | refused  | the key is unknown |
 * | unknown  | the doubt stays    |
 */
export class SentKeys implements Memory {
	/** The ends of the keys of this run: true when it was sent. */
	private readonly ends = new Map<string, Promise<boolean>>();
	private readonly settle = new Map<string, (sent: boolean) => void>();

	/**
	 * @param store the keys of this and earlier executions
	 * @param notStored told when a message was sent or refused, but its key could not be stored
	 * @param option the option that asks for keys, for the texts
	 */
	constructor(
		private readonly store: KeyStore,
		private readonly clock: Clock,
		private readonly notStored: (error: unknown) => void,
		private readonly option?: string,
	) {}

	async begin({ keys }: Message): Promise<Known> {
		const claimed = new Map<string, 'new' | 'inDoubt'>();
		for (const key of keys) {
			const known = await this.claim(key);
			if (known.state === 'sent' || known.state === 'unavailable') {
				await this.release(claimed);
				return known;
			}
			claimed.set(key, known.state);
		}
		const isInDoubt = [...claimed.values()].includes('inDoubt');
		return isInDoubt ? { state: 'inDoubt', doubt: {} } : { state: 'new' };
	}

	async end(message: Message, { state }: End): Promise<void> {
		const ends = message.keys.map(async (key) => await this.endOf(key, state));
		await Promise.all([...ends, this.endOfLate(message.lateKeys?.() ?? [], state)]);
	}

	/** They were not claimed before the call. */
	private async endOfLate(keys: readonly string[], state: End['state']): Promise<void> {
		if (state === 'refused') return;
		const claimed = keys.map(async (key) => {
			const known = await this.store.claim(key);
			if (state === 'accepted' && known !== 'sent') await this.store.accept(key);
		});
		await Promise.all(claimed.map(async (change) => await this.stored(change)));
	}

	/** While a message with the same key is in flight in this run, its end is awaited. */
	private async claim(key: string): Promise<Known> {
		for (let end = this.ends.get(key); end !== undefined; end = this.ends.get(key)) {
			if (await end) return { state: 'sent' };
		}
		this.ends.set(key, new Promise((resolve) => this.settle.set(key, resolve)));
		const known = await this.claimInStore(key);
		if (known.state === 'sent' || known.state === 'unavailable') {
			this.settled(key, known.state === 'sent');
		}
		return known;
	}

	private async claimInStore(key: string): Promise<Known> {
		const claim = this.store.claim(key);
		try {
			const state = await this.clock.within(claim, STORE_LIMIT_MS);
			if (state === 'inDoubt') return { state, doubt: {} };
			if (state !== undefined) return { state };
		} catch (error) {
			return { state: 'unavailable', failure: keyStoreFailure(error, this.option) };
		}
		// Nobody waits for the claim any more: what it may still do is undone.
		void claim.then(
			async (state) => {
				if (state === 'new') await this.store.forget(key).catch(this.notStored);
			},
			() => undefined,
		);
		return { state: 'unavailable', failure: noAnswerOf(this.clock, this.option) };
	}

	/** Leaves each key as it was before its claim. */
	private async release(claimed: ReadonlyMap<string, 'new' | 'inDoubt'>): Promise<void> {
		await Promise.all(
			[...claimed].map(
				async ([key, state]) => await this.endOf(key, state === 'new' ? 'refused' : 'unknown'),
			),
		);
	}

	private async endOf(key: string, state: End['state']): Promise<void> {
		try {
			if (state !== 'unknown') {
				const change = state === 'accepted' ? this.store.accept(key) : this.store.forget(key);
				await this.stored(change);
			}
		} finally {
			// Not before: who waits for this key would find it in the store, and take it for sent.
			this.settled(key, state === 'accepted');
		}
	}

	/** An end is stored even after Stop, but nobody waits for it then. */
	private async stored(change: Promise<void>): Promise<void> {
		const told = change.catch(this.notStored);
		if (!this.clock.stopped()) await this.clock.within(told, END_LIMIT_MS);
	}

	private settled(key: string, sent: boolean): void {
		if (!sent) this.ends.delete(key);
		this.settle.get(key)?.(sent);
		this.settle.delete(key);
	}
}

/** The failure of a message, or a run, for which the store's answer did not come in time. */
export function noAnswerOf(clock: Pick<Clock, 'stopped'>, option?: string): Failure {
	const tooLate = new Error('it did not answer in time');
	return clock.stopped() ? STOPPED : keyStoreFailure(tooLate, option);
}
