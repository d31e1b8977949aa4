import type { Ledger, Receipt } from './ledger';
import type { RetrySettings } from './retryPolicy';
import type { SendOnce } from './sendOnce';
import type { Attempt, Clock, DeliveryFailure } from './types';

/** One message, ready to be sent. */
export interface Message<Response, Failure extends DeliveryFailure> {
	/** Its key in the ledger: the same message at the same place has the same key. */
	readonly key: string;
	/** A key of the user's that is to be sent once over all executions. */
	readonly onceKey?: string;
	/** Makes one attempt; must not reject. */
	send(): Promise<Attempt<Response, Failure>>;
	/** What the ledger keeps of an accepted message. */
	receipt(response: Response): Receipt;
}

/** What became of one message. */
export type Outcome<Msg, Response, Failure> =
	| {
			readonly status: 'sent';
			readonly message: Msg;
			readonly response: Response;
			readonly attempts: number;
	  }
	| { readonly status: 'alreadySent'; readonly message: Msg; readonly receipt?: Receipt }
	| { readonly status: 'failed'; readonly failure: Failure; readonly attempts: number };

/** A batch of messages and what to do with them. */
export interface Batch<
	Response,
	Failure extends DeliveryFailure,
	Msg extends Message<Response, Failure> = Message<Response, Failure>,
> {
	readonly count: number;
	readonly concurrency: number;
	readonly retry: RetrySettings;
	readonly ledger: Ledger;
	readonly sendOnce?: SendOnce;
	readonly clock: Clock;
	/** Builds message `index` just before it is sent; a failure means that its input is not usable. */
	prepare(index: number): Msg | { readonly invalid: Failure };
	/** The failure of a message that an earlier run may have delivered and that must not be repeated. */
	uncertainEarlier(reason: string): Failure;
	/** The failure of a message whose key could not be looked up. */
	keyNotChecked(error: unknown): Failure;
	/** A message was sent, but its key could not be stored. */
	keyNotStored(error: unknown): void;
	/** Takes each outcome as it comes; `halt` starts no further message. */
	settle(index: number, outcome: Outcome<Msg, Response, Failure>): 'continue' | 'halt';
}
