import { hash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import type { KeyState, KeyStore } from '../delivery/sentKeys';
import type { Clock } from '../delivery/types';
import { StoreLock, type LockHelpers } from './storeLock';

/** n8n's deduplication helpers, as far as they are used here. */
export type Deduplication = LockHelpers &
	Pick<IExecuteFunctions['helpers'], 'removeProcessed' | 'getProcessedDataCount'>;

type Kind = 'claim' | 'accept' | 'forget' | 'peek';

/** One change that waits for its turn. */
interface Change {
	readonly kind: Kind;
	readonly entries: Entries;
	readonly done: (state: KeyState) => void;
	readonly failed: (error: unknown) => void;
}

/** The three entries of a key. */
interface Entries {
	readonly claimed: string;
	readonly sent: string;
	readonly sentToo: string;
}

const SCOPE = 'workflow';
/** n8n keeps the newest entries of a workflow: 50,000 keys of two entries take about 3 MB in its database. */
const MAX_ENTRIES = 100_100;
const OPTIONS = { mode: 'entries', maxEntries: MAX_ENTRIES } as const;
/** A question must not push out anybody's entries. */
const PEEK_OPTIONS = { mode: 'entries' } as const;
/** Tells the node's keys from those of Remove Duplicates nodes in the same workflow. */
const PREFIX = 'genesysCloud:';
/** The oldest of the node's entries: when it is gone, so are keys. */
const CANARY = `${PREFIX}keys`;
/** n8n compares each entry with all stored ones: larger batches would block its event loop. */
const MAX_BATCH = 100;
/** Within the time for which the lock may be held. */
const MAX_REMOVE_TRIES = 4;
const REMOVE_PAUSE_MS = 250;

/**
 * The keys of a workflow in n8n's deduplication store. Changes that wait together are made together, each batch
 * under the lock of the node.
 *
 * The store can add entries, telling which were new, and remove them; it cannot be asked without a change.
 * So the state of a key is kept in three entries, such that what a claim adds changes nothing of a key that
 * was sent, wherever a kill interrupts it:
 *
 * | state    | claimed | sent | sent too | a claim adds `claimed` and `sent` |
 * | -------- | ------- | ---- | -------- | --------------------------------- |
 * | new      |         |      |          | both are new                      |
 * | in doubt | x       |      |          | `sent` is new, and removed        |
 * | sent     |         | x    | x        | `claimed` is new, and removed     |
 *
 * With `claimed` and `sent` both known, a claim was interrupted before it removed one: then `sent too` tells.
 * Each question that is interrupted uses up one of the entries that tell the states apart, and no encoding can
 * ask without one. So a key that was sent stays so whatever happens; a doubt outlives one interruption of its
 * check, but after a second one in a row (a kill, or a lost answer of the database, in the same milliseconds at
 * the same key) it counts as sent.
 *
 * Two nodes of one workflow share the record but not the lock: run at the same time, they may lose each other's
 * changes.
 */
export class WorkflowKeyStore implements KeyStore {
	private waiting: Change[] = [];
	private readonly lock: StoreLock;

	/** @param node names the node, whose executions in this process take turns */
	constructor(
		private readonly helpers: Deduplication,
		private readonly clock: Pick<Clock, 'now' | 'sleep' | 'within'>,
		node: string,
	) {
		this.lock = new StoreLock(helpers, clock, node);
	}

	/**
	 * Makes sure that the store is there and has lost no keys.
	 *
	 * @param hadKeys whether this workflow has stored keys before
	 * @returns false when it had keys, and others have pushed them out
	 * @throws what n8n throws when it has no store
	 */
	async open(hadKeys: boolean): Promise<boolean> {
		let isWhole = true;
		await this.lock.during(async () => {
			const count = await this.helpers.getProcessedDataCount(SCOPE, OPTIONS);
			const added = await this.add([CANARY]);
			// In a full record, the node's own limit has pushed it out; an empty one was cleared on purpose.
			const isFull = count >= MAX_ENTRIES - MAX_BATCH;
			isWhole = added.size === 0 || !hadKeys || isFull || count === 0;
		});
		return isWhole;
	}

	async claim(key: string): Promise<KeyState> {
		return await this.change('claim', key);
	}

	async accept(key: string): Promise<void> {
		await this.change('accept', key);
	}

	async forget(key: string): Promise<void> {
		await this.change('forget', key);
	}

	async peek(key: string): Promise<KeyState> {
		return await this.change('peek', key);
	}

	private async change(kind: Kind, key: string): Promise<KeyState> {
		return await new Promise<KeyState>((done, failed) => {
			this.waiting.push({ kind, entries: entriesOf(key), done, failed });
			if (this.waiting.length === 1) void this.makeChanges();
		});
	}

	private async makeChanges(): Promise<void> {
		while (this.waiting.length > 0) {
			let batch: ReadonlySet<Change> = new Set();
			const makeNext = async () => {
				// Chosen now: what came while others had the lock is made, too.
				batch = this.nextBatch();
				await this.makeBatch([...batch]);
			};
			await this.lock.during(makeNext).catch((error: unknown) => {
				// Without the lock, nobody's change can be made.
				if (batch.size === 0) batch = new Set(this.waiting);
				for (const { failed } of batch) failed(error);
			});
			this.waiting = this.waiting.filter((change) => !batch.has(change));
		}
	}

	/** The next changes that may share calls: of the same kind, and none before an earlier one of its key. */
	private nextBatch(): Set<Change> {
		const batch = new Set<Change>();
		const overtaken = new Set<string>();
		for (const change of this.waiting) {
			const { claimed } = change.entries;
			const fits = change.kind === this.waiting[0]?.kind && !overtaken.has(claimed);
			if (fits && batch.size < MAX_BATCH) batch.add(change);
			overtaken.add(claimed);
		}
		return batch;
	}

	private async makeBatch(batch: readonly Change[]): Promise<void> {
		const kind = batch[0]?.kind;
		if (kind !== 'accept') {
			await this.ask(batch, kind);
			return;
		}
		const all = batch.map(({ entries }) => entries);
		await this.add(all.flatMap(({ sent, sentToo }) => [sent, sentToo]));
		await this.remove(all.map(({ claimed }) => claimed));
		for (const { done } of batch) done('sent');
	}

	/**
	 * Claims; questions that leave everything as it was; and keys to forget, unless another worker has sent
	 * them. These are asked as well, because another worker's check may have been interrupted meanwhile.
	 */
	private async ask(batch: readonly Change[], kind: Kind | undefined): Promise<void> {
		const peeks = kind === 'peek';
		const all = batch.flatMap(({ entries: { claimed, sent } }) => [claimed, sent]);
		const added = await this.add(all, peeks);
		const isInterrupted = ({ claimed, sent }: Entries) => !added.has(claimed) && !added.has(sent);
		const interrupted = batch.map(({ entries }) => entries).filter(isInterrupted);
		const addedToo =
			interrupted.length === 0
				? new Set<unknown>()
				: await this.add(
						interrupted.map(({ sentToo }) => sentToo),
						peeks,
					);
		const stateOf = ({ claimed, sent, sentToo }: Entries): KeyState => {
			if (!added.has(sent) && !addedToo.has(sentToo)) return 'sent';
			return added.has(claimed) ? 'new' : 'inDoubt';
		};
		const removed: string[] = [];
		const answers = batch.map(({ entries, done }) => {
			const state = stateOf(entries);
			const isLeft = kind === 'claim' || (peeks && state === 'inDoubt');
			if (state === 'sent' || !isLeft) removed.push(entries.claimed);
			if (state !== 'sent') removed.push(entries.sent);
			if (addedToo.has(entries.sentToo)) removed.push(entries.sentToo);
			return () => done(state);
		});
		await this.remove(removed);
		for (const answer of answers) answer();
	}

	/** @returns those that were new; either all are stored, or none */
	private async add(entries: string[], peeks = false): Promise<ReadonlySet<unknown>> {
		const options = peeks ? PEEK_OPTIONS : OPTIONS;
		const { new: added } = await this.helpers.checkProcessedAndRecord(entries, SCOPE, options);
		return new Set<unknown>(added);
	}

	/** Tried again when it fails: an entry that a question has added must not stay. */
	private async remove(entries: string[]): Promise<void> {
		for (let tries = 1; ; tries++) {
			const [removed] = await Promise.allSettled([
				this.helpers.removeProcessed(entries, SCOPE, OPTIONS),
			]);
			if (removed.status === 'fulfilled') return;
			if (tries === MAX_REMOVE_TRIES) throw removed.reason as Error;
			await this.clock.sleep(REMOVE_PAUSE_MS, 'backoff');
		}
	}
}

/** A key may hold an address of the customer: n8n is given its hash alone. */
function entriesOf(key: string): Entries {
	const name = PREFIX + hash('sha256', key, 'base64url');
	return { claimed: `${name}?`, sent: name, sentToo: `${name}!` };
}
