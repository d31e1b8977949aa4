import type { StoppableClock } from './types';

/** The longest wait at a time, in ms: deadlines are looked at between. */
const STEP_MS = 1_000;

/** The waits of one loop: until something happens, and never long, so that no timer stays behind. */
export class Waits {
	private wake: () => void = () => undefined;

	constructor(private readonly clock: StoppableClock) {}

	/** Something happened: the loop looks at once. */
	ring(): void {
		this.wake();
	}

	/** Waits until something happens or a second has passed. */
	async pause(): Promise<void> {
		const rung = new Promise<void>((resolve) => (this.wake = resolve));
		await Promise.race([rung, this.clock.sleep(STEP_MS, 'backoff')]);
	}

	/** Waits for `ms` milliseconds, or until `enough` says so. */
	async until(ms: number, enough: () => boolean): Promise<void> {
		const end = this.clock.now() + ms;
		while (!this.clock.stopped() && !enough() && this.clock.now() < end) await this.pause();
	}
}
