import type { Clock } from './types';

/** How long work that waits for nothing may keep the process to itself, in ms. */
const MAX_STRETCH_MS = 10;
/** After this time it is found out whether others had their turn meanwhile, in ms. */
const ASK_AFTER_MS = 5;

/**
 * Lets other executions of the process take turns, and Stop come through: messages that need no call (a dry
 * run, those that were sent before, bad input) never wait by themselves. Those that wait for an answer give others
 * their turn by that, and are not held up.
 */
export class Turns {
	private since: number;
	/** Comes when everybody else has had a turn. */
	private turn: Promise<void> | undefined;

	constructor(private readonly clock: Pick<Clock, 'now' | 'sleep'>) {
		this.since = clock.now();
	}

	/** Waits a moment when it is somebody else's turn. */
	async next(): Promise<void> {
		const stretchMs = this.clock.now() - this.since;
		if (stretchMs < ASK_AFTER_MS) return;
		this.turn ??= this.everybodyElse();
		if (stretchMs >= MAX_STRETCH_MS) await this.turn;
	}

	private async everybodyElse(): Promise<void> {
		await this.clock.sleep(0, 'turn');
		this.since = this.clock.now();
		this.turn = undefined;
	}
}
