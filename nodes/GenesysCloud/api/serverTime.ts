import type { HttpResponse } from './http';
import { httpDate } from './retryAfter';

/** `Date` leaves out the milliseconds. */
const SECOND_MS = 1_000;

/**
 * What time it is at the server, by the `Date` of its answers. The clock of this machine may be minutes
 * wrong, or stand still while the machine sleeps, and the server's times are compared with it.
 */
export class ServerTime {
	private aheadMs: number | undefined;

	/** @param own tells the time of this machine in ms since 1970 */
	constructor(private readonly own: () => number) {}

	/**
	 * Learns from an answer. What it allows, and no more, is changed: it was written at some moment of the call.
	 *
	 * @param askedAt when the call began, by the own clock
	 */
	observe(response: HttpResponse, askedAt: number): void {
		const date = httpDate(response.header('date') ?? '');
		if (date === undefined) return;
		const most = date + SECOND_MS - askedAt;
		this.aheadMs = Math.min(Math.max(this.aheadMs ?? 0, date - this.own()), most);
	}

	/** In ms since 1970; by the own clock until the server has told. */
	now(): number {
		return this.own() + (this.aheadMs ?? 0);
	}

	/** This moment in the server's time, which may be known only later. */
	moment(): () => number {
		const own = this.own();
		let known: number | undefined;
		return () => {
			if (this.aheadMs === undefined) return own;
			return (known ??= own + this.aheadMs);
		};
	}
}
