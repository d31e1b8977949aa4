import type { Failure } from '../failures/failure';
import type { StoppableClock } from './types';

/** Why there is no connection. */
export interface Trouble {
	readonly failure: Failure;
	/** A person must act: waiting does not help. */
	readonly fatal: boolean;
}

const FATAL: ReadonlySet<string> = new Set([
	'badRequest',
	'forbidden',
	'invalidCredentials',
	'invalidInput',
	'unauthorized',
]);

/** The trouble that a failed call is. */
export function troubleOf(failure: Failure): Trouble {
	return { failure, fatal: FATAL.has(failure.reason) };
}

/** A trouble in some words, for the log. */
export function whyOf({ failure: { reason, httpCode, code } }: Trouble): string {
	return [reason, httpCode, code].filter(Boolean).join(' ');
}

/** A connection that was lost: the next one is made at once if this one has held for a while. */
export const LOST: Trouble = {
	failure: { reason: 'network', delivered: 'no', transient: true, code: 'LOST', call: 'read' },
	fatal: false,
};

/** The code of a socket that did not open. Why that was, nobody is told. */
export const NO_WEBSOCKET = 'WEBSOCKET';

/** Troubles of the one credential that was used: another trigger's may be right. */
const OF_CREDENTIAL: ReadonlySet<string> = new Set([
	'invalidCredentials',
	'invalidInput',
	'unauthorized',
]);

export function isOfCredential({ reason }: Failure): boolean {
	return OF_CREDENTIAL.has(reason);
}

/** What is neither about the request nor about permissions, whatever the single call was told. */
const PASSING: ReadonlySet<string> = new Set([
	'invalidCredentials',
	'rateLimited',
	'unauthorized',
	'unexpectedResponse',
]);

/** Whether the same call may succeed later: a credential is renewed with the next session, too. */
export function mayPass({ transient, reason }: Failure): boolean {
	return transient || PASSING.has(reason);
}

/** What only a person can mend is told after this time: a gateway may refuse for a moment. In ms. */
export const FATAL_AFTER_MS = 30_000;
/** An outage is told after this time, in ms: most end by themselves before. */
export const OUTAGE_AFTER_MS = 5 * 60_000;

/** How long it is from there to the next time at which people are told, in ms. */
export function untilToldMs(downMs: number): number {
	return ([FATAL_AFTER_MS, OUTAGE_AFTER_MS].find((ms) => ms > downMs) ?? Infinity) - downMs;
}

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;
/** A person must act, and nobody can tell when: the waits grow longer. In ms. */
const LONGEST_FATAL_MS = 15 * 60_000;
/** The longest wait that a server's Retry-After is obeyed for, in ms. */
const LONGEST_ASKED_MS = 15 * 60_000;
/** A connection that has held for this long was a good one, in ms. */
export const GOOD_AFTER_MS = 60_000;
/** Evictions within `EVICTION_WINDOW_MS` that show a circle of clients evicting one another. */
const MAX_EVICTIONS = 3;
const EVICTION_WINDOW_MS = 10 * 60_000;
const EVICTION_WAIT_MS = 5 * 60_000;

/** How long to wait before the next try. Without an end: an outage may last for days. */
export class Backoff {
	private failures = 0;
	private evictions: number[] = [];

	/** @param random from 0 to 1, for the jitter of 20 % to either side */
	constructor(private readonly random: () => number) {}

	/** Counts a failed try. @returns the wait in ms; what the server asks for, if that is longer */
	next({ failure, fatal }: Trouble, now: number): number {
		const longest = fatal ? LONGEST_FATAL_MS : LONGEST_MS;
		const doubled = Math.min(longest, FIRST_MS * 2 ** Math.min(this.failures++, 10));
		const own = this.circles(now) ? EVICTION_WAIT_MS : doubled * (0.8 + 0.4 * this.random());
		return Math.max(own, Math.min(failure.retryAfterMs ?? 0, LONGEST_ASKED_MS));
	}

	/** A connection ended, or was changed. Only one that had held for a while makes the next wait short again. */
	ended(heldMs: number): void {
		if (heldMs >= GOOD_AFTER_MS) this.failures = 0;
	}

	/** Another channel of the OAuth client made Genesys Cloud end this one. */
	evicted(now: number): void {
		this.evictions.push(now);
	}

	/** Whether clients evict one another without end. */
	circles(now: number): boolean {
		this.evictions = this.evictions.filter((at) => now - at < EVICTION_WINDOW_MS);
		return this.evictions.length >= MAX_EVICTIONS;
	}
}

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
