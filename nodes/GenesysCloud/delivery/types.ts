import type { Failure, Result } from '../failures/failure';

/** Why delivery waits: the server asked for it, its own backoff, or others of the process have their turn. */
export type WaitReason = 'rateLimit' | 'backoff' | 'turn';

/** The host's clock and timers, handed in so that tests can replace time. */
export interface Clock {
	/** The current time in ms since 1970, by a clock that never goes back. */
	now(): number;
	/**
	 * Resolves after `ms` milliseconds, or at once when the execution is stopped. Never rejects.
	 * The host counts what was waited for the server's rate limit.
	 */
	sleep(ms: number, reason: WaitReason): Promise<void>;
	/** Whether the execution was stopped: start nothing new. */
	stopped(): boolean;
	/**
	 * What `work` comes to, or `undefined` when `ms` milliseconds pass or the execution is stopped before.
	 * The work itself goes on; nobody waits for it any more.
	 */
	within<T>(work: Promise<T>, ms: number): Promise<T | undefined>;
}

/** What to do with a message of which nobody knows whether it was accepted. */
export type UncertainPolicy = 'retry' | 'fail';

/** How often and how patiently a message is tried. */
export interface RetrySettings {
	/** Attempts for one message, the first included; waits for a rate limit are not attempts. */
	readonly maxAttempts: number;
	/** The first wait, in ms; it doubles with every further attempt. */
	readonly backoffMs: number;
	/** The longest wait, in ms, that the server may ask for. */
	readonly maxWaitMs: number;
	/** `retry` gives at-least-once delivery, `fail` at-most-once. */
	readonly uncertain: UncertainPolicy;
}

/** A JSON object as it came over the wire or leaves by an output. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** What the API gave an accepted message. */
export interface Receipt {
	readonly id: string;
	/** The conversation that the message opened or continued, where the API tells. */
	readonly conversationId?: string;
}

/** An accepted message: what leaves by the output, and what is kept of it. */
export interface Sent {
	readonly output: JsonObject | readonly JsonObject[];
	readonly receipt: Receipt;
}

/** One message, ready to be sent. */
export interface Message {
	/**
	 * Which message it is, in the ledger: account, channel, recipient and place in the run. The text is not
	 * part of it: one with the time in it differs from run to run.
	 */
	readonly identity: string;
	/** The user's keys, hashed, by which it is sent once over all executions. */
	readonly keys: readonly string[];
	/** Keys that count as well since its last call was made: a day may have begun while it waited. */
	lateKeys?(): readonly string[];
	/**
	 * Makes one attempt; must not reject. Waits for the rate limit by itself.
	 *
	 * @param aboutToCall asked right before the call that sends is made
	 */
	attempt(aboutToCall: () => void): Promise<Result<Sent>>;
	/** The fields of the output that are known without an answer. */
	readonly known: JsonObject;
	/** The OAuth client it goes through: a failure that ends the run ends it for this client. */
	readonly client: string;
	/** An item of this execution has the same key, but is for another recipient. */
	readonly sameKeyAs?: ItemPlace;
}

/** Where an item is in an execution. */
export interface ItemPlace {
	readonly item: number;
	/** The run of the node, from 0, where it is an earlier one: loops run it several times. */
	readonly earlierRun?: number;
}

/** What became of one message. */
export type Outcome =
	| {
			readonly status: 'sent';
			readonly output: JsonObject | readonly JsonObject[];
			readonly attempts: number;
	  }
	| {
			readonly status: 'alreadySent';
			readonly output: JsonObject;
			/** By an earlier run of the node in this execution; else by an earlier execution. */
			readonly inThisExecution: boolean;
	  }
	| { readonly status: 'skipped'; readonly output: JsonObject; readonly sameKeyAs: ItemPlace }
	| { readonly status: 'failed'; readonly failure: Failure; readonly attempts: number };
