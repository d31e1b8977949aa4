import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../delivery/types';

/** n8n's deduplication helpers, as far as the lock needs them. */
export type LockHelpers = Pick<
	IExecuteFunctions['helpers'],
	'checkProcessedAndRecord' | 'clearAllProcessedItems'
>;

/** The node's own record, which nothing but the lock uses. */
const SCOPE = 'node';
const OPTIONS = { mode: 'latestIncrementalKey' } as const;
/** Always the same: it is new only to the process whose call has made the record. */
const HELD = 1;
const MIN_POLL_MS = 5;
const MAX_POLL_MS = 25;
/** It is held for milliseconds: a holder older than this has died. */
const MAX_HELD_MS = 10_000;
/** Two processes that take it at once get an error, too; so many in a row mean that the store is away. */
const MAX_ERRORS = 5;

/**
 * A lock for all executions of a node, in this process and in those of queue mode, made of n8n's deduplication
 * store: the first entry of a node inserts the node's record, which the database lets one process do alone.
 */
export class StoreLock {
	constructor(
		private readonly helpers: LockHelpers,
		private readonly clock: Clock,
	) {}

	/**
	 * Runs `work` while holding the lock.
	 *
	 * @throws what `work` throws, or what the store throws when it is away
	 */
	async during(work: () => Promise<void>): Promise<void> {
		await this.take();
		try {
			await work();
		} finally {
			// One that cannot be released now is taken over later.
			await this.release().catch(() => undefined);
		}
	}

	private async take(): Promise<void> {
		let errors = 0;
		// Spread, so that two that wait for the same killed process do not take over at once.
		let takeOverAt = this.clock.now() + MAX_HELD_MS * (1 + Math.random() / 2);
		for (;;) {
			const [tried] = await Promise.allSettled([this.insert()]);
			if (tried.status === 'fulfilled' && tried.value) return;
			errors = tried.status === 'rejected' ? errors + 1 : 0;
			if (tried.status === 'rejected' && errors === MAX_ERRORS) throw tried.reason as Error;
			// A stopped execution waits for nobody; who asked has gone already.
			if (this.clock.stopped()) throw new Error('the execution was stopped');
			if (this.clock.now() >= takeOverAt) {
				await this.release();
				takeOverAt = this.clock.now() + MAX_HELD_MS;
			}
			await this.clock.sleep(MIN_POLL_MS + Math.random() * (MAX_POLL_MS - MIN_POLL_MS), 'backoff');
		}
	}

	/** @returns whether this call has made the record */
	private async insert(): Promise<boolean> {
		const { new: added } = await this.helpers.checkProcessedAndRecord([HELD], SCOPE, OPTIONS);
		return added.length > 0;
	}

	private async release(): Promise<void> {
		await this.helpers.clearAllProcessedItems(SCOPE, OPTIONS);
	}
}
