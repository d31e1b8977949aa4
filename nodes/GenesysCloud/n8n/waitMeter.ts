/**
 * Measures for how long a run waited for the rate limit, as a person would: ten messages that wait
 * together for a minute make one minute.
 */
export class WaitMeter {
	private waiting = 0;
	private since = 0;
	private total = 0;

	/** @param now tells the current time in ms since 1970 */
	constructor(private readonly now: () => number) {}

	/** The time waited so far, in ms. */
	get totalMs(): number {
		return this.total + (this.waiting > 0 ? this.now() - this.since : 0);
	}

	/**
	 * Counts the time until a wait ends.
	 *
	 * @param wait the wait
	 * @returns when it has ended
	 */
	async during(wait: Promise<void>): Promise<void> {
		if (this.waiting++ === 0) this.since = this.now();
		await wait;
		if (--this.waiting === 0) this.total += this.now() - this.since;
	}
}
