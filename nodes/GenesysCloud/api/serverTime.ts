import { LONGEST_CLOSED_MS } from './gate';
import { headerOnce, type HttpResponse } from './http';

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
		const date = httpDate(headerOnce(response, 'date'));
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

/**
 * How long an answer asks to wait: `Retry-After` in seconds or as an HTTP date (RFC 9110, 10.2.3),
 * else, on a 429, `inin-ratelimit-reset` in seconds. Other answers tell the window's end as well, but
 * do not ask to wait for it.
 *
 * @param now the current time in ms since 1970
 * @returns the wait in ms, 0 for a moment in the past, or `undefined` when the answer names none or
 *   something that is neither
 */
export function retryAfterMs(response: HttpResponse, now: number): number | undefined {
	const asked = headerOnce(response, 'retry-after');
	const reset = response.status === 429 ? headerOnce(response, 'inin-ratelimit-reset') : '';
	const resetMs = seconds(reset) ?? Number.POSITIVE_INFINITY;
	// No window is longer: it names a moment instead, or nonsense.
	const known = resetMs <= LONGEST_CLOSED_MS ? resetMs : undefined;
	return seconds(asked) ?? untilDate(asked, response, now) ?? known;
}

/** Seconds, whole or with a fraction, in ms; `undefined` when it is none. */
export function seconds(value: string): number | undefined {
	return /^\s*\d{1,15}(?:\.\d{1,20})?\s*$/.test(value) ? Number(value) * 1000 : undefined;
}

/** The server's own clock counts, where it tells its time: this machine's may be wrong. */
function untilDate(asked: string, response: HttpResponse, now: number): number | undefined {
	const date = httpDate(asked);
	const sentAt = httpDate(headerOnce(response, 'date')) ?? now;
	return date === undefined ? undefined : Math.max(0, date - sentAt);
}

/** Every form of HTTP date has a time of day; without one, Date.parse would take nearly anything. */
function httpDate(value: string): number | undefined {
	if (!/\d{2}:\d{2}:\d{2}/.test(value)) return undefined;
	// The oldest form names no zone; all of them are UTC.
	const time = Date.parse(
		/\b(?:GMT|UTC)\b|Z$|[+-]\d{2}:?\d{2}$/.test(value) ? value : `${value} GMT`,
	);
	return Number.isNaN(time) ? undefined : time;
}
