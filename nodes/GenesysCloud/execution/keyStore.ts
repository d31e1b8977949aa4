import { hash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../api/inputError';
import type { KeyStore } from '../delivery/sendOnce';
import { StoreLock, type LockHelpers } from './storeLock';

/** n8n's deduplication helpers, as far as they are used here. */
type Deduplication = LockHelpers &
	Pick<IExecuteFunctions['helpers'], 'removeProcessed' | 'getProcessedDataCount'>;

/** One look or change that waits for its turn. */
interface Change {
	readonly kind: 'has' | 'add' | 'remove';
	readonly entry: string;
	readonly done: (wasThere: boolean) => void;
	readonly failed: (error: unknown) => void;
}

const SCOPE = 'workflow';
/** n8n keeps the newest entries of a workflow; 100,000 hashes take about 3 MB in its database. */
const OPTIONS = { mode: 'entries', maxEntries: 100_000 } as const;
/** Tells the node's keys from those of Remove Duplicates nodes in the same workflow. */
const PREFIX = 'genesysCloud:';
/** Tells that an entry is being looked up. */
const LOOKING = 'genesysCloudLooking:';
/** n8n compares each entry with all stored ones: larger batches would block its event loop. */
const MAX_BATCH = 100;
/** What a look adds for a moment must push no key out. */
const LOOK_OPTIONS = { ...OPTIONS, maxEntries: OPTIONS.maxEntries + 2 * MAX_BATCH } as const;

/**
 * n8n reads and writes a workflow's keys as one record: changes must follow one another, those of this
 * process by taking turns, those of other processes by the lock.
 */
let turn: Promise<unknown> = Promise.resolve();

/** The keys of a workflow in n8n's deduplication store. Changes that wait together are made together. */
export class WorkflowKeyStore implements KeyStore {
	private waiting: Change[] = [];
	private readonly lock: StoreLock;

	/** @param helpers the execution's helpers */
	constructor(private readonly helpers: Deduplication) {
		this.lock = new StoreLock(helpers);
	}

	/**
	 * Makes sure that this n8n has the store.
	 *
	 * @throws InputError that names the option when it has not
	 */
	async check(): Promise<void> {
		try {
			await this.helpers.getProcessedDataCount(SCOPE, OPTIONS);
		} catch {
			unavailable();
		}
	}

	async has(key: string): Promise<boolean> {
		return await this.change('has', key);
	}

	async add(key: string): Promise<boolean> {
		return !(await this.change('add', key));
	}

	async remove(key: string): Promise<void> {
		await this.change('remove', key);
	}

	private async change(kind: Change['kind'], key: string): Promise<boolean> {
		return await new Promise<boolean>((done, failed) => {
			this.waiting.push({ kind, entry: entryOf(key), done, failed });
			if (this.waiting.length === 1) turn = turn.then(async () => await this.makeChanges());
		});
	}

	private async makeChanges(): Promise<void> {
		while (this.waiting.length > 0) {
			const kind = this.waiting[0]?.kind;
			const other = this.waiting.findIndex((change) => change.kind !== kind);
			const count = Math.min(other === -1 ? this.waiting.length : other, MAX_BATCH);
			const batch = this.waiting.slice(0, count);
			await this.lock
				.during(async () => await this.makeBatch(batch))
				.catch((error: unknown) => {
					for (const { failed } of batch) failed(error);
				});
			this.waiting.splice(0, count);
		}
	}

	private async makeBatch(batch: readonly Change[]): Promise<void> {
		const entries = batch.map(({ entry }) => entry);
		const there = await this.makeOne(batch[0]?.kind, entries);
		for (const { done, entry } of batch) done(there.has(entry));
	}

	/** @returns those of the entries that were there before */
	private async makeOne(
		kind: Change['kind'] | undefined,
		entries: readonly string[],
	): Promise<ReadonlySet<string>> {
		if (kind === 'has') return await this.lookUp(entries);
		if (kind === 'add') return await this.record(entries, OPTIONS);
		await this.helpers.removeProcessed([...entries], SCOPE, OPTIONS);
		return new Set();
	}

	/**
	 * n8n cannot look up an entry without recording it. What was not there is taken out again; if the
	 * process is killed before, the mark is left to tell that the entry means nothing.
	 */
	private async lookUp(entries: readonly string[]): Promise<ReadonlySet<string>> {
		const marks = entries.map((entry) => LOOKING + entry);
		const known = await this.record([...entries, ...marks], LOOK_OPTIONS);
		const there = entries.filter((entry) => known.has(entry) && !known.has(LOOKING + entry));
		const isThere = new Set(there);
		const absent = entries.filter((entry) => !isThere.has(entry));
		await this.helpers.removeProcessed([...marks, ...absent], SCOPE, OPTIONS);
		return isThere;
	}

	/** @returns those of the entries that were recorded before */
	private async record(
		entries: readonly string[],
		options: typeof OPTIONS | typeof LOOK_OPTIONS,
	): Promise<ReadonlySet<string>> {
		const { processed } = await this.helpers.checkProcessedAndRecord([...entries], SCOPE, options);
		return new Set(processed.map(String));
	}
}

/** A key may hold an address of the customer: n8n is given its hash alone. */
function entryOf(key: string): string {
	return PREFIX + hash('sha256', key, 'base64url');
}

function unavailable(): never {
	throw new InputError(
		'Send Once Key',
		"needs n8n's deduplication store, which this n8n does not offer",
		'Remove the option, or update n8n and save the workflow before you run it',
	);
}
