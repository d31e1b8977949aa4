import { setImmediate as macrotask } from 'node:timers/promises';

import type { StoppableClock } from '../../../nodes/GenesysCloud/notifications/types';

interface Timer {
	readonly at: number;
	readonly owner: object;
	readonly ring: () => void;
}

/** Time that stands still until a test moves it on, for any number of clocks. */
export class VirtualTime {
	now = Date.UTC(2026, 10, 22, 12);
	private readonly timers: Timer[] = [];

	/** A clock of this time; `stop` ends its waits. */
	clock(): StoppableClock {
		const owner = {};
		let stopped = false;
		const sleep = async (ms: number, timerOwner: object = owner) => {
			if (!stopped) await this.sleep(ms, timerOwner);
		};
		const limits = new Set<object>();
		return {
			now: () => this.now,
			stopped: () => stopped,
			sleep: async (ms) => await sleep(ms),
			within: async (work, ms) => {
				const limit = {};
				limits.add(limit);
				try {
					return await Promise.race([work, sleep(ms, limit).then(() => undefined)]);
				} finally {
					limits.delete(limit);
					this.ringAll((timer) => timer.owner === limit);
				}
			},
			stop: () => {
				stopped = true;
				this.ringAll((timer) => timer.owner === owner || limits.has(timer.owner));
			},
		};
	}

	/** Waits that have not ended, all clocks together. */
	get waits(): number {
		return this.timers.length;
	}

	/** Does something later. */
	after(ms: number, action: () => void): void {
		void this.sleep(ms, this).then(action);
	}

	/** Moves time on by `ms` milliseconds; whatever can happen on the way happens. */
	async advance(ms: number): Promise<void> {
		const end = this.now + ms;
		for (;;) {
			await macrotask();
			const next = Math.min(...this.timers.map(({ at }) => at));
			if (next > end) break;
			this.now = Math.max(this.now, next);
			this.ringAll(({ at }) => at <= this.now);
		}
		this.now = end;
		await macrotask();
	}

	/** Moves time on, a second at a time, until something is so. */
	async until(condition: () => boolean, mostMs = 3_600_000): Promise<void> {
		const end = this.now + mostMs;
		await macrotask();
		while (!condition()) {
			if (this.now >= end) throw new Error('it did not come to pass');
			await this.advance(1_000);
		}
	}

	private async sleep(ms: number, owner: object): Promise<void> {
		await new Promise<void>((ring) => this.timers.push({ at: this.now + ms, owner, ring }));
	}

	private ringAll(due: (timer: Timer) => boolean): void {
		const ringing = this.timers.filter(due);
		for (const timer of ringing) this.timers.splice(this.timers.indexOf(timer), 1);
		for (const { ring } of ringing) ring();
	}
}
