import type { Clock, WaitReason } from '../../../nodes/GenesysCloud/delivery/types';

/** One wait that was asked of a FakeClock. */
interface Wait {
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

	/** The time limits of what was waited for, in ms, in order. */
	readonly limits: number[] = [];
	private readonly cuts = new Set<() => void>();

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

	/** The work as it comes; it is cut short by `cut`, whatever its time limit. */
	async within<T>(work: Promise<T>, ms: number): Promise<T | undefined> {
		this.limits.push(ms);
		return await Promise.race([
			work,
			new Promise<undefined>((resolve) => this.cuts.add(() => resolve(undefined))),
		]);
	}

	/** Ends every `within`, as its time limit or a stop of the execution does. */
	cut(): void {
		for (const end of this.cuts) end();
	}

	stopped(): boolean {
		return this.isStopped;
	}

	/** The waits' lengths in ms, in order. */
	get waitedMs(): number[] {
		return this.waits.map(({ ms }) => ms);
	}
}
