/** The holder's entry: new to the process alone whose call has made the record. */
export const HELD = 1;
/** A waiter's: new when the record was made since a waiter looked last. */
const SEEN = 2;
/** How often a waiter looks whether the lock still changes hands. */
const LOOK_MS = 1_000;
/** It is held for milliseconds: a holder older than this has died. */
export const MAX_HELD_MS = 10_000;

/**
 * Finds out whether the holder of a lock has died, and who takes over. The record of the lock is one number, which
 * entries can only raise. When it has been the same record for 10 seconds, a waiter draws a ticket and adds it; a look
 * later, when all calls of others have been carried out, the one whose ticket is the highest takes over. Two that took
 * over at once would be a danger: the second one would release what the first one has taken.
 */
export class DeadHolder {
	private lookAt: number;
	private deadAt: number;
	private ticket: number | undefined;
	private isLook = false;

	/** @param now the current time, in ms */
	constructor(now: number) {
		this.lookAt = now + LOOK_MS;
		this.deadAt = deadTime(this.lookAt);
	}

	/** What a waiter asks for at its next try. */
	entries(now: number): number[] {
		this.isLook = now >= this.lookAt;
		if (!this.isLook) return [HELD];
		if (this.ticket !== undefined) return [HELD, SEEN, this.ticket, this.ticket + 1];
		if (now < this.deadAt) return [HELD, SEEN];
		this.ticket = ticketAt(now);
		return [HELD, SEEN, this.ticket];
	}

	/**
	 * Whether this waiter is to release the lock in the holder's place.
	 *
	 * @param added the entries that were new; none is known of a call that failed
	 */
	isDead(added: ReadonlySet<unknown> | undefined, now: number): boolean {
		if (!this.isLook) return false;
		this.lookAt = now + LOOK_MS;
		if (!added) return false;
		const { ticket } = this;
		const isSame = !added.has(SEEN);
		if (isSame && (ticket === undefined || added.has(ticket))) return false;
		this.ticket = undefined;
		this.deadAt = deadTime(now);
		return isSame && ticket !== undefined && added.has(ticket + 1);
	}
}

/** An even number above those of waiters that have drawn in earlier seconds, and died since. */
function ticketAt(now: number): number {
	return 2 * Math.floor((Math.floor(now / 1_000) + Math.random()) * 1_000_000);
}

/** Spread, so that most waiters find the lock taken over by another one. */
function deadTime(now: number): number {
	return now + MAX_HELD_MS * (1 + Math.random() / 2);
}
