/**
 * What delivery needs to know of a failed attempt. The API client's failures extend it; delivery
 * itself knows neither HTTP nor Genesys Cloud.
 */
export interface DeliveryFailure {
	/** A short label that the ledger keeps of an uncertain delivery. */
	readonly reason: string;
	/** `no`: the message certainly did not reach the customer. `unknown`: it may have. */
	readonly delivered: 'no' | 'unknown';
	/** Whether the same call may succeed later (rate limit, outage) or never will (bad contact). */
	readonly transient: boolean;
	/** How long the server asked to wait before the next try, in ms. */
	readonly retryAfterMs?: number;
	/** The attempt ended before a call was made: it does not count as one. */
	readonly notCalled?: boolean;
	/** Every further message of this run would fail alike (wrong client secret): make no more calls. */
	readonly endsRun?: boolean;
}

/** What one attempt came to. `stopped`: the execution was stopped before the call was made. */
export type Attempt<Response, Failure extends DeliveryFailure> =
	| { readonly status: 'sent'; readonly response: Response }
	| { readonly status: 'failed'; readonly failure: Failure }
	| { readonly status: 'stopped' };

/** What became of one message after all its attempts. */
export type Delivered<Response, Failure extends DeliveryFailure> =
	| { readonly status: 'sent'; readonly response: Response; readonly attempts: number }
	| { readonly status: 'failed'; readonly failure: Failure; readonly attempts: number }
	| { readonly status: 'stopped' };

/** Why delivery waits: the server asked for it, or its own backoff. */
export type WaitReason = 'rateLimit' | 'backoff';

/** The host's clock and timers, handed in so that tests can replace time. */
export interface Clock {
	/** The current time in ms since 1970. */
	now(): number;
	/**
	 * Resolves after `ms` milliseconds, or at once when the execution is stopped. Never rejects.
	 * The host counts what was waited for the server's rate limit.
	 */
	sleep(ms: number, reason: WaitReason): Promise<void>;
	/** Whether the execution was stopped: start nothing new. */
	stopped(): boolean;
}

/** What to do with a message of which nobody knows whether it was accepted. */
export type UncertainPolicy = 'retry' | 'fail';
