import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
} from 'n8n-workflow';

import { sentences, type Explanation } from '../failures/explain';
import { onlyKnown, type Failure } from '../failures/failure';

/** What is known of a message that was not sent: the `details` of its item. */
interface FailureDetails extends IDataObject {
	reason: string;
	httpCode?: string;
	code?: string;
	apiMessage?: string;
	correlationId?: string;
	attempts: number;
	delivered: 'no' | 'unknown';
	retryAfterSeconds?: number;
	sendAfter?: string;
}

/** The details of a failure, for an item's JSON; what is not known is left out. */
export function failureDetails(failure: Failure, attempts: number): FailureDetails {
	const { reason, httpCode, code, apiMessage, correlationId, delivered, retryAfterMs, sendAfter } =
		failure;
	return onlyKnown({
		reason,
		httpCode,
		code,
		apiMessage,
		correlationId,
		attempts,
		delivered,
		retryAfterSeconds: retryAfterMs && Math.ceil(retryAfterMs / 1000),
		sendAfter,
	});
}

/**
 * The item of a message that was not sent, for both Continue modes. Exactly these keys: with any
 * other one n8n would take the item for a success. On the error output n8n merges the input item's fields into it.
 *
 * @param nested whether the details must stand within `error`, see `needsNestedDetails`
 */
export function errorItem(
	explanation: Explanation,
	details: FailureDetails,
	itemIndex: number,
	nested = false,
): INodeExecutionData {
	const text = sentences(explanation);
	return {
		json: nested ? { error: { message: text, details } } : { error: text, details },
		pairedItem: { item: itemIndex },
	};
}

/** The failure that ends a run, together with its texts. */
interface FinalFailure {
	readonly failure: Failure;
	readonly explanation: Explanation;
	readonly itemIndex: number;
	readonly attempts: number;
	/** Whom the item is for, and how far the run came; empty parts are left out. */
	readonly notes: readonly string[];
}

/**
 * The error that ends the node, for the error panel; n8n adds the item's number. It is made from the failure's
 * texts alone, so it cannot hold the request, its token or the secret.
 *
 * @returns a `NodeOperationError` for input, a `NodeApiError` for everything else
 */
export function nodeError(
	node: INode,
	{ failure, explanation, itemIndex, attempts, notes }: FinalFailure,
): NodeApiError | NodeOperationError {
	const { message } = explanation;
	const description = [explanation.description, ...notes].filter(Boolean).join(' ');
	if (failure.reason === 'invalidInput') {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	const error = apiError(node, { message, description }, failure.httpCode, itemIndex);
	error.context.data = failureDetails(failure, attempts);
	return error;
}

/** The error of what Genesys Cloud, or the way to it, has said no to. */
export function apiError(
	node: INode,
	{ message, description }: Explanation,
	httpCode?: string,
	itemIndex?: number,
): NodeApiError {
	const options = onlyKnown({ message, description, httpCode, itemIndex });
	const error = new NodeApiError(node, { message }, options);
	// n8n replaces a message that contains the name of a network code by a text of its own.
	error.message = message;
	return error;
}
