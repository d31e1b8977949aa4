import type { Clock } from '../../../nodes/GenesysCloud/delivery/types';
import type { Deduplication } from '../../../nodes/GenesysCloud/n8n/keyStore';

type Output = Awaited<ReturnType<Deduplication['checkProcessedAndRecord']>>;
type Act = () => void;

/** A worker of n8n: it may be killed or stopped at any moment. */
export class Worker {
	isKilled = false;
	isStopped = false;
	/** The event before which it is killed or stopped, counted from 1. */
	killAt = 0;
	stopAt = 0;
	private events = 0;
	private readonly onStop: Act[] = [];
	private readonly onKill: Act[] = [];

	/** @param faults the share of its database calls that fail, before or after the change */
	constructor(readonly faults: number) {}

	/** One event of the worker; a killed one has none. */
	step(act: Act): void {
		this.events++;
		if (this.events === this.killAt) this.kill();
		if (this.events === this.stopAt) this.stop();
		if (!this.isKilled) act();
	}

	whenStopped(act: Act): void {
		this.onStop.push(act);
	}

	whenKilled(act: Act): void {
		this.onKill.push(act);
	}

	private kill(): void {
		this.isKilled = true;
		for (const act of this.onKill) act();
	}

	private stop(): void {
		this.isStopped = true;
		for (const act of this.onStop) act();
	}
}

/** Enough for any draw; more means that somebody waits for ever. */
const MAX_EVENTS = 20_000;
/** The longest time on the way to the database or the API, in ms. */
const MAX_LATENCY_MS = 8;
/** At most so long between two polls of a lock that nobody will release: they change nothing, and time is spared. */
const DEAD_LOCK_POLL_MS = 2_500;

/** Waits from here on are no traffic. */
const LONG_MS = 1_000;

interface Due {
	readonly at: number;
	readonly act: Act;
}

/** Virtual time: what happens next is what is due first. */
export class World {
	now = Date.UTC(2026, 10, 22, 12);
	/** Who holds the node's lock and knows it, while it is taken. */
	lockHolder: Worker | 'nobody' | undefined;
	/** In the order in which they are due. */
	private readonly events: Due[] = [];

	constructor(readonly random: () => number) {}

	after(ms: number, act: Act): Act {
		const event = { at: this.now + ms, act };
		const index = this.events.findIndex(({ at }) => at > event.at);
		this.events.splice(index < 0 ? this.events.length : index, 0, event);
		return () => {
			const index = this.events.indexOf(event);
			if (index >= 0) this.events.splice(index, 1);
		};
	}

	/** Resolves after a time on the way, unless the worker is killed before. */
	async travel(worker: Worker): Promise<void> {
		await new Promise<void>((arrive) => {
			this.after(this.random() * MAX_LATENCY_MS, () => worker.step(arrive));
		});
	}

	/** The clock of an execution; with `isStoppable` its waits end when it is stopped. */
	clockOf(worker: Worker, isStoppable: boolean): Clock {
		const wait = async (ms: number, cut: (cancel: Act) => void = () => undefined) =>
			await new Promise<void>((resolve) => {
				if (isStoppable && worker.isStopped) {
					resolve();
					return;
				}
				const cancel = this.after(ms, () => worker.step(resolve));
				cut(cancel);
				if (isStoppable) worker.whenStopped(resolve);
			});
		return {
			now: () => this.now,
			stopped: () => isStoppable && worker.isStopped,
			sleep: async (ms) => await wait(this.isLockDead ? DEAD_LOCK_POLL_MS * this.random() : ms),
			within: async (work, ms) => {
				let cancel: Act = () => undefined;
				const limit = wait(ms, (cut) => (cancel = cut)).then(() => undefined);
				const done = await Promise.race([work.finally(() => cancel()), limit]);
				return done;
			},
		};
	}

	/** Moves time on until `isDone`; when nothing is due any more, the rest was killed. */
	async run(isDone: () => boolean): Promise<void> {
		for (let count = 0; count < MAX_EVENTS; count++) {
			// What an event has set off goes on before the next one, above all before a long wait ends.
			for (let turn = 0; turn < 8; turn++) await Promise.resolve();
			if (!this.isNextSoon()) await new Promise((resolve) => setImmediate(resolve));
			if (isDone()) return;
			const next = this.events.shift();
			if (next === undefined) return;
			this.now = next.at;
			next.act();
		}
		throw new Error('somebody waits for ever');
	}

	private get isLockDead(): boolean {
		return this.lockHolder === 'nobody' || this.lockHolder?.isKilled === true;
	}

	private isNextSoon(): boolean {
		const [next] = this.events;
		return next !== undefined && next.at - this.now < LONG_MS;
	}
}

/**
 * n8n's deduplication store as it is (deduplication-helper.ts): a workflow's entries are one row, which is read
 * and then written back whole, without a transaction. Only the insert of a missing row is atomic. A call may fail
 * before its change, or after it.
 */
export class DeduplicationTable {
	private entries: readonly string[] | undefined;
	private latest: number | undefined;

	constructor(private readonly world: World) {}

	/** All entries of the workflow. */
	get all(): readonly string[] {
		return this.entries ?? [];
	}

	/** A Remove Duplicates node of the same workflow, with a history of so many entries. */
	removeDuplicates(entry: string, history: number): void {
		this.entries = [...this.all, entry].slice(-history);
	}

	helpersOf(worker: Worker): Deduplication {
		const helpers = {
			checkProcessedAndRecord: async (items: (string | number)[], scope: string) =>
				await (scope === 'node'
					? this.checkLatest(worker, items.map(Number))
					: this.checkEntries(worker, items.map(String))),
			removeProcessed: async (items: string[]) => await this.removeEntries(worker, items),
			clearAllProcessedItems: async () =>
				await this.locking(worker, () => {
					this.latest = undefined;
					this.world.lockHolder = undefined;
				}),
			getProcessedDataCount: async () => await this.statement(worker, () => this.all.length),
		};
		return helpers as unknown as Deduplication;
	}

	/** One statement. A kill before the worker's next event is one before its answer. */
	private async statement<T>(worker: Worker, act: () => T): Promise<T> {
		const fails = this.world.random() < worker.faults;
		const isBefore = this.world.random() < 0.5;
		await this.world.travel(worker);
		if (fails && isBefore) throw new Error('database is locked');
		const done = act();
		if (fails) throw new Error('connection lost');
		return done;
	}

	/** A statement that takes or releases the lock: after a failure, its worker does not know that it has it. */
	private async locking(worker: Worker, act: Act): Promise<void> {
		try {
			await this.statement(worker, act);
		} catch (error) {
			if (this.world.lockHolder === worker) this.world.lockHolder = 'nobody';
			throw error;
		}
	}

	private async checkLatest(worker: Worker, items: number[]): Promise<Output> {
		const before = await this.statement(worker, () => this.latest);
		if (before === undefined) {
			await this.locking(worker, () => {
				if (this.latest !== undefined) throw new Error('duplicate key value');
				this.latest = Math.max(...items);
				this.world.lockHolder = worker;
			});
			return { new: items, processed: [] };
		}
		const after = Math.max(before, ...items);
		await this.statement(worker, () => {
			if (this.latest !== undefined) this.latest = after;
		});
		return {
			new: items.filter((item) => item > before),
			processed: items.filter((item) => item <= before),
		};
	}

	private async checkEntries(worker: Worker, items: string[]): Promise<Output> {
		const before = await this.statement(worker, () => this.entries);
		const added = items.filter((item) => before?.includes(item) !== true);
		await this.statement(worker, () => {
			if (before === undefined && this.entries !== undefined) {
				throw new Error('duplicate key value');
			}
			this.entries = [...(before ?? []), ...added];
		});
		return { new: added, processed: items.filter((item) => before?.includes(item)) };
	}

	private async removeEntries(worker: Worker, items: string[]): Promise<void> {
		const before = await this.statement(worker, () => this.entries);
		if (before === undefined) return;
		await this.statement(worker, () => {
			this.entries = before.filter((entry) => !items.includes(entry));
		});
	}
}
