import type { Clock } from './types';

/** How long work that waits for nothing may keep the process to itself, in ms. */
const MAX_STRETCH_MS = 10;

/**
 * Lets other executions of the process take turns, and Stop come through: messages that need no call (a dry
 * run, those that were sent before, bad input) never wait by themselves.
 */
export class Turns {
	private since: number;

	constructor(private readonly clock: Pick<Clock, 'now' | 'sleep'>) {
		this.since = clock.now();
	}

	/** Waits a moment when it is somebody else's turn. */
	async next(): Promise<void> {
		if (this.clock.now() - this.since < MAX_STRETCH_MS) return;
		await this.clock.sleep(0, 'turn');
		this.since = this.clock.now();
	}
}
