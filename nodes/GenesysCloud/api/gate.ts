/** Nothing closes a gate for longer, in ms: some answers ask for days, or name a date instead of seconds. */
export const LONGEST_CLOSED_MS = 3_600_000;
/** A 429 that asks for no wait at all must not become a storm; it doubles with each probe that is refused. */
const SHORTEST_CLOSED_MS = 100;
const MOST_UNASKED_MS = 400;
/** When to look again while calls in flight decide. */
export const LOOK_AGAIN_MS = 25;
/** So many calls in flight after a 429 count as unlimited again. */
const FULL_FLIGHT = 64;

/** A call that was let through; hand it back with the call's end. */
export interface Passage {
	readonly closings: number;
}

/**
 * Lets calls through until one is refused for its rate. Then one call probes, and as calls succeed more may be
 * in flight at once: no header tells how many a limit allows that is not the token's.
 */
export class Gate {
	private flying = 0;
	private mostFlying = Number.POSITIVE_INFINITY;
	private closedUntil = 0;
	private closings = 0;
	private shortestMs = SHORTEST_CLOSED_MS;

	/** Calls that were let through and have not ended. */
	get inFlight(): number {
		return this.flying;
	}

	/** How long to wait before the next call, in ms; 0 when it may start now. */
	msUntilOpen(now: number): number {
		if (now < this.closedUntil) return this.closedUntil - now;
		return this.flying >= Math.floor(this.mostFlying) ? LOOK_AGAIN_MS : 0;
	}

	/** Counts a call that starts now. */
	pass(): Passage {
		this.flying++;
		return { closings: this.closings };
	}

	/** @param gotThrough whether the limit let the call through; one from before the gate closed is no probe */
	end({ closings }: Passage, gotThrough: boolean): void {
		this.flying--;
		if (closings !== this.closings) return;
		if (!gotThrough) {
			// The probe: the limit has not opened.
			if (this.mostFlying === 1) this.shortestMs = Math.min(2 * this.shortestMs, MOST_UNASKED_MS);
			return;
		}
		this.shortestMs = SHORTEST_CLOSED_MS;
		// One more for each round of successes: whatever is in flight when the limit is met is refused.
		if (this.mostFlying < FULL_FLIGHT) this.mostFlying += 1 / this.mostFlying;
		else this.mostFlying = Number.POSITIVE_INFINITY;
	}

	/** A call that was let through was not made after all. */
	cancel(): void {
		this.flying--;
	}

	/**
	 * No call before the server says so, and then one alone.
	 *
	 * @param ms how long the server asked to wait; never for more than an hour
	 * @returns until when it is closed
	 */
	close(now: number, ms: number): number {
		const closedMs = Math.min(Math.max(ms, this.shortestMs), LONGEST_CLOSED_MS);
		this.closedUntil = Math.max(this.closedUntil, now + closedMs);
		this.mostFlying = 1;
		this.closings++;
		return this.closedUntil;
	}
}
