import type { IExecuteFunctions } from 'n8n-workflow';

import type { Clock } from '../delivery/types';
import { DeadHolder, HELD, MAX_HELD_MS } from './deadHolder';

/** n8n's deduplication helpers, as far as the lock needs them. */
export type LockHelpers = Pick<
	IExecuteFunctions['helpers'],
	'checkProcessedAndRecord' | 'clearAllProcessedItems'
>;

/** The node's own record, which nothing but the lock uses. */
const SCOPE = 'node';
const OPTIONS = { mode: 'latestIncrementalKey' } as const;
const MIN_POLL_MS = 5;
const MAX_POLL_MS = 25;
/** Of those that take it at once, all but one get an error. Errors alone for this long: the store is away. */
const AWAY_AFTER_MS = 2_000;

/**
 * A lock for all executions of a node, in this process and in those of queue mode, made of n8n's deduplication
 * store: the first entry of a node inserts the node's record, which the database lets one process do alone.
 *
 * A holder that was killed leaves the record, and one of the waiters takes it over (see `DeadHolder`). What nobody can
 * tell is a holder that is slow from one that is dead: a database call that takes longer than this and is carried
 * out after all may undo the changes of the next holder.
 */
export class StoreLock {
	/**
	 * @param clock must not end its waits when the execution is stopped: what was sent is still to be stored
	 * @param node names the node: its executions in this process take turns before they ask the store
	 */
	constructor(
		private readonly helpers: LockHelpers,
		private readonly clock: Pick<Clock, 'now' | 'sleep' | 'within'>,
		private readonly node: string,
	) {}

	/**
	 * Runs `work` while holding the lock.
	 *
	 * @throws what `work` throws, or what the store throws when it is away
	 */
	async during(work: () => Promise<void>): Promise<void> {
		await inTurn(this.node, this.clock, async () => await this.locked(work));
	}

	private async locked(work: () => Promise<void>): Promise<void> {
		await this.take();
		const since = this.clock.now();
		try {
			await work();
		} finally {
			// After so long it may be another's. One that cannot be released now is taken over later.
			if (this.clock.now() - since < MAX_HELD_MS) await this.release().catch(() => undefined);
		}
	}

	private async take(): Promise<void> {
		let failingSince: number | undefined;
		const holder = new DeadHolder(this.clock.now());
		for (;;) {
			const entries = holder.entries(this.clock.now());
			const [tried] = await Promise.allSettled([this.insert(entries)]);
			const now = this.clock.now();
			if (tried.status === 'rejected') {
				failingSince ??= now;
				if (now - failingSince >= AWAY_AFTER_MS) throw tried.reason as Error;
				holder.isDead(undefined, now);
			} else {
				failingSince = undefined;
				if (tried.value.has(HELD)) return;
				if (holder.isDead(tried.value, now)) await this.release();
			}
			await this.clock.sleep(MIN_POLL_MS + Math.random() * (MAX_POLL_MS - MIN_POLL_MS), 'backoff');
		}
	}

	/** Makes the record if there is none. @returns which entries were new to it */
	private async insert(entries: number[]): Promise<ReadonlySet<unknown>> {
		const { new: added } = await this.helpers.checkProcessedAndRecord(entries, SCOPE, OPTIONS);
		return new Set<unknown>(added);
	}

	private async release(): Promise<void> {
		await this.helpers.clearAllProcessedItems(SCOPE, OPTIONS);
	}
}

/** The turn of one execution. */
interface Turn {
	readonly begun: Promise<void>;
	readonly ended: Promise<void>;
}

/** How long the next one waits for a turn that has begun: nobody may block others by a call that hangs. */
const PATIENCE_MS = 1_000;

/** Who came last, by what they want. */
const last = new Map<string, Turn>();

/**
 * Lets the executions of this process that want the same thing take turns. It spares a database a thousand
 * executions that ask it again and again for the same lock, and promises nothing: a turn that takes too long
 * is overtaken.
 *
 * @param wanted what they want
 * @param clock waits for a turn that takes too long
 * @param work what is done in turn
 */
export async function inTurn(
	wanted: string,
	clock: Pick<Clock, 'within'>,
	work: () => Promise<void>,
): Promise<void> {
	const before = last.get(wanted);
	let begin: (() => void) | undefined;
	let end: (() => void) | undefined;
	const turn: Turn = {
		begun: new Promise((resolve) => (begin = resolve)),
		ended: new Promise((resolve) => (end = resolve)),
	};
	last.set(wanted, turn);
	await before?.begun;
	if (before) await clock.within(before.ended, PATIENCE_MS);
	begin?.();
	try {
		await work();
	} finally {
		end?.();
		if (last.get(wanted) === turn) last.delete(wanted);
	}
}
