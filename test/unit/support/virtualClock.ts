import { setImmediate as macrotask } from 'node:timers/promises';

import type { Clock } from '../../../nodes/GenesysCloud/delivery/types';

interface Timer {
	readonly at: number;
	readonly ring: () => void;
}

/** A clock for many waits at once: time stands still until all that can happen has happened. */
export class VirtualClock implements Clock {
	private readonly timers: Timer[] = [];
	private time = Date.UTC(2026, 10, 22, 12);

	now(): number {
		return this.time;
	}

	stopped(): boolean {
		return false;
	}

	async sleep(ms: number): Promise<void> {
		await new Promise<void>((ring) => this.timers.push({ at: this.time + ms, ring }));
	}

	async within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
		return await Promise.race([work, this.sleep(ms).then(() => undefined)]);
	}

	/**
	 * Moves time on until the work is done.
	 *
	 * @throws Error when the work waits for something that never comes
	 */
	async run(work: Promise<unknown>): Promise<void> {
		const state = { done: false };
		const ended = work.finally(() => {
			state.done = true;
		});
		for (;;) {
			await macrotask();
			if (state.done) break;
			const next = this.timers.reduce<Timer | undefined>(
				(first, timer) => (first && first.at <= timer.at ? first : timer),
				undefined,
			);
			if (!next || next.at === Number.POSITIVE_INFINITY)
				throw new Error('deadlock: everybody waits, but for no time');
			this.timers.splice(this.timers.indexOf(next), 1);
			this.time = Math.max(this.time, next.at);
			next.ring();
		}
		await ended;
	}
}
