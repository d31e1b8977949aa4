import type { Sighting } from './types';

/** The end of a conversation that had not been seen before. */
export interface NewEnd {
	/** When it was, in ms since 1970; unknown where the customer has come back since that time. */
	readonly time?: number;
	/** Set if it is certainly later than an earlier one, in ms since 1970: when that was. */
	readonly after?: number;
}

/**
 * Whether a conversation has ended. A customer may come back and leave again; late copies of what was before
 * change nothing.
 */
export class Ending {
	/** When it ended last, in ms since 1970. */
	private at: number | undefined;
	private open = true;

	get isOpen(): boolean {
		return this.open;
	}

	/**
	 * @param now in ms since 1970
	 * @returns the end that is new, if there is one
	 */
	see({ ended, leftAt, customerAt, latest }: Sighting, now: number): NewEnd | undefined {
		const { at } = this;
		if (!ended) {
			const isLater = at === undefined || (latest ?? now) > at || (leftAt ?? 0) >= at;
			this.open ||= isLater;
			return undefined;
		}
		if (at === undefined) return this.end(leftAt ?? now, { time: leftAt });
		const hasCome = (customerAt ?? 0) > at;
		const isLater = leftAt === undefined ? hasCome : leftAt > at;
		// Each of these may deceive by itself: a message from just before the end comes late, and the same end
		// comes with a time and without one.
		if ([this.open, hasCome, isLater].filter(Boolean).length < 2) return undefined;
		return leftAt !== undefined && isLater
			? this.end(leftAt, { time: leftAt, after: at })
			: this.end(now, {});
	}

	private end(at: number, end: NewEnd): NewEnd {
		this.at = at;
		this.open = false;
		return end;
	}
}
