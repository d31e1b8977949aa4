import { onlyKnown, type Failure, type FailureReason } from '../failures/failure';
import type { Message, Receipt } from './types';

/** What an earlier try left open: nobody knows whether the message was accepted. */
export interface Doubt {
	/** Why; `undefined` when the host was killed or stopped while the call was in flight. */
	readonly reason?: FailureReason;
	readonly httpCode?: string;
	readonly code?: string;
	readonly correlationId?: string;
	readonly attempts?: number;
}

/** What a memory knows of a message that is about to be sent. */
export type Known =
	/** Nobody has sent it. It is claimed now, and `end` must follow. */
	| { readonly state: 'new' }
	/** It was sent: leave it. */
	| { readonly state: 'sent'; readonly receipt?: Receipt }
	/** It may have been sent. It is claimed now, and `end` must follow. */
	| { readonly state: 'inDoubt'; readonly doubt: Doubt }
	/** The memory could not be asked, or the execution was stopped: nothing is claimed. */
	| { readonly state: 'unavailable'; readonly failure: Failure };

/** How a claimed message ended. */
export type End =
	| { readonly state: 'accepted'; readonly receipt: Receipt }
	/** It was certainly not accepted: it may be sent another time. */
	| { readonly state: 'refused' }
	| { readonly state: 'unknown'; readonly doubt: Doubt };

/**
 * Remembers who has had the message. Two memories follow this protocol: the ledger, for re-runs of the node
 * in one execution, and the sent keys, for all executions.
 */
export interface Memory {
	/** Must not reject. */
	begin(message: Message): Known | Promise<Known>;
	/** The call that sends is about to be made. */
	calling?(message: Message): void;
	/** Must not reject. */
	end(message: Message, end: End): void | Promise<void>;
}

/** What is kept of a failure that leaves open whether the message was accepted. */
export function doubtOf(failure: Failure, attempts: number): Doubt {
	const { reason, httpCode, code, correlationId } = failure;
	return onlyKnown({ reason, httpCode, code, correlationId, attempts });
}

/** The failure of a message that an earlier try left open, when it must not be sent again. */
export function earlierFailure(doubt: Doubt): Failure {
	const { reason = 'network', httpCode, code, correlationId } = doubt;
	const facts = onlyKnown({ httpCode, code, correlationId });
	return { ...facts, reason, delivered: 'unknown', transient: false, earlier: true };
}
