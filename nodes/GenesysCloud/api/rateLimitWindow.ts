import { Gate, LONGEST_CLOSED_MS, LOOK_AGAIN_MS, type Passage } from './gate';
import { headerOnce, type HttpResponse } from './http';
import { seconds } from './serverTime';

/** A call that was counted in a window; hand it back with the call's end. */
export interface CountedCall extends Passage {
	readonly windowNumber: number;
}

/** What Genesys Cloud documents for a token of a client credentials grant, in calls a minute. */
const DOCUMENTED_LIMIT = 300;
const DOCUMENTED_WINDOW_MS = 60_000;
/** After the reset, so that a call does not reach the server a moment before it. */
const RESET_MARGIN_MS = 5;

/**
 * The rate-limit window of one access token, as Genesys Cloud's headers tell it:
 * `inin-ratelimit-allowed` calls per window, `-count` made, `-reset` seconds left (rounded up; the
 * window starts with its first call). Every call is counted when it starts, so that the calls in
 * flight never exceed what is left.
 *
 * A 429 closes the window, and one call probes when it opens.
 */
export class RateLimitWindow {
	private allowed: number;
	private used = 0;
	private windowNumber = 0;
	private resetAt: number | undefined;
	private readonly gate = new Gate();

	/** @param allowed calls per window, where another token of the same client told */
	constructor(allowed = DOCUMENTED_LIMIT) {
		this.allowed = allowed;
	}

	/** Calls allowed in a window. */
	get limit(): number {
		return this.allowed;
	}

	/** Calls counted in the present window. */
	get usedCalls(): number {
		return this.used;
	}

	/**
	 * @param now the current time in ms since 1970
	 * @returns how long to wait before the next call, in ms; 0 when it may start now
	 */
	msUntilFree(now: number): number {
		this.startNewWindowIfDue(now);
		const closedMs = this.gate.msUntilOpen(now);
		if (closedMs > 0) return closedMs;
		if (this.used < this.allowed) return 0;
		if (this.resetAt !== undefined) return this.resetAt + RESET_MARGIN_MS - now;
		// Only an answer can tell when the window ends: while none is on its way, one call may ask.
		return this.gate.inFlight > 0 ? LOOK_AGAIN_MS : 0;
	}

	/** Counts a call that starts now. */
	begin(): CountedCall {
		this.used++;
		return { windowNumber: this.windowNumber, ...this.gate.pass() };
	}

	/** A counted call was not made after all. A new window counts the calls in flight, so this one too. */
	cancel(): void {
		this.gate.cancel();
		this.used--;
	}

	/**
	 * Takes in what an answer says about the window, if there was one.
	 *
	 * @param now the current time in ms since 1970
	 */
	end(call: CountedCall, now: number, response?: HttpResponse): void {
		this.gate.end(call, response !== undefined && response.status !== 429);
		const told = response && readHeaders(response);
		const current = this.isCurrent(call);
		if (!told) {
			// An answer without the headers was not counted; a lost answer may have been.
			if (current && response && this.resetAt === undefined) this.used--;
			return;
		}
		this.allowed = told.allowed;
		if (!current) return;
		// More than was counted here: calls of the last window came late. Those in flight come on top.
		if (told.count > this.used) this.used = told.count + this.gate.inFlight;
		// The seconds are rounded up, so each answer gives an upper bound; the least one is the best.
		this.resetAt = Math.min(this.resetAt ?? Number.POSITIVE_INFINITY, now + told.resetMs);
	}

	/** Whether the window had room for a call that was refused: then the limit is another one than the token's. */
	hadRoomFor(call: CountedCall): boolean {
		return this.isCurrent(call) && this.used < this.allowed;
	}

	/**
	 * The server refused a call for its rate: no call before it says so, and then one alone.
	 *
	 * @param now the current time in ms since 1970
	 * @param ms how long the server asked to wait; never for more than an hour
	 */
	close(now: number, ms: number): void {
		this.resetAt = this.gate.close(now, ms);
		this.windowNumber++;
	}

	private isCurrent({ windowNumber }: CountedCall): boolean {
		return windowNumber === this.windowNumber;
	}

	private startNewWindowIfDue(now: number): void {
		const margin = this.used < this.allowed ? 0 : RESET_MARGIN_MS;
		if (this.resetAt === undefined || now < this.resetAt + margin) return;
		this.resetAt = undefined;
		this.windowNumber++;
		this.used = this.gate.inFlight;
	}
}

function readHeaders(response: HttpResponse) {
	const allowed = wholeNumber(response, 'inin-ratelimit-allowed');
	const count = wholeNumber(response, 'inin-ratelimit-count');
	const toldMs = seconds(headerOnce(response, 'inin-ratelimit-reset'));
	if (!allowed || count === undefined || toldMs === undefined) return undefined;
	// No window of a token is that long: a moment, or nonsense.
	const resetMs = toldMs > LONGEST_CLOSED_MS ? DOCUMENTED_WINDOW_MS : toldMs;
	return { allowed, count, resetMs };
}

function wholeNumber(response: HttpResponse, name: string): number | undefined {
	const value = headerOnce(response, name);
	return /^\d{1,9}$/.test(value) ? Number(value) : undefined;
}
