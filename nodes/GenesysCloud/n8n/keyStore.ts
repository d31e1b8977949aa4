import { hash } from 'node:crypto';

import type { IExecuteFunctions } from 'n8n-workflow';

import { InputError } from '../failures/inputError';
import type { KeyStore } from '../delivery/sendOnce';
import { StoreLock, type LockHelpers } from './storeLock';

/** n8n's deduplication helpers, as far as they are used here. */
type Deduplication = LockHelpers &
	Pick<IExecuteFunctions['helpers'], 'removeProcessed' | 'getProcessedDataCount'>;

/** One change that waits for its turn. */
interface Change {
	readonly kind: 'add' | 'remove';
	readonly entry: string;
	readonly done: (isNew: boolean) => void;
	readonly failed: (error: unknown) => void;
}

const SCOPE = 'workflow';
/**
 * n8n keeps the newest entries of a workflow: 100,000 keys, which take about 3 MB in its database, and a
 * second entry for each message in flight.
 */
const OPTIONS = { mode: 'entries', maxEntries: 100_050 } as const;
/** Tells the node's keys from those of Remove Duplicates nodes in the same workflow. */
const PREFIX = 'genesysCloud:';
/** n8n compares each entry with all stored ones: larger batches would block its event loop. */
const MAX_BATCH = 100;

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

	async add(key: string): Promise<boolean> {
		return await this.change('add', key);
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
			const batch = this.nextBatch();
			await this.lock
				.during(async () => await this.makeBatch([...batch]))
				.catch((error: unknown) => {
					for (const { failed } of batch) failed(error);
				});
			this.waiting = this.waiting.filter((change) => !batch.has(change));
		}
	}

	/** The waiting changes of the first one's kind; no change overtakes another one of its entry. */
	private nextBatch(): Set<Change> {
		const batch = new Set<Change>();
		const overtaken = new Set<string>();
		for (const change of this.waiting) {
			const fits = change.kind === this.waiting[0]?.kind && !overtaken.has(change.entry);
			if (fits && batch.size < MAX_BATCH) batch.add(change);
			else overtaken.add(change.entry);
		}
		return batch;
	}

	private async makeBatch(batch: readonly Change[]): Promise<void> {
		const entries = batch.map(({ entry }) => entry);
		if (batch[0]?.kind === 'remove') {
			await this.helpers.removeProcessed(entries, SCOPE, OPTIONS);
			for (const { done } of batch) done(true);
			return;
		}
		const { new: added } = await this.helpers.checkProcessedAndRecord(entries, SCOPE, OPTIONS);
		const isNew = new Set(added);
		for (const { done, entry } of batch) done(isNew.has(entry));
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
