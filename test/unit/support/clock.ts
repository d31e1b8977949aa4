import type { Clock, WaitReason } from '../../../nodes/GenesysCloud/delivery/types';

/** One wait that was asked of a FakeClock. */
export interface Wait {
	readonly ms: number;
	readonly reason: WaitReason;
}

/** Waits that no test needs: a loop that waits for ever is stopped here instead of hanging jest. */
const MAX_WAITS = 500;

/** A clock whose waits take no real time: each one moves the virtual time on. */
export class FakeClock implements Clock {
	readonly waits: Wait[] = [];
	isStopped = false;
	/** Called in each wait, for example to stop the execution. */
	onWait: (wait: Wait) => void = () => undefined;

	constructor(public time = Date.UTC(2026, 10, 22, 12)) {}

	now(): number {
		return this.time;
	}

	async sleep(ms: number, reason: WaitReason): Promise<void> {
		const wait = { ms, reason };
		this.waits.push(wait);
		this.time += ms;
		this.onWait(wait);
		if (this.waits.length >= MAX_WAITS) this.isStopped = true;
		await Promise.resolve();
	}

	stopped(): boolean {
		return this.isStopped;
	}

	/** The waits' lengths in ms, in order. */
	get waitedMs(): number[] {
		return this.waits.map(({ ms }) => ms);
	}
}
