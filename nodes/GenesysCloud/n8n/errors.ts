import {
	NodeApiError,
	NodeOperationError,
	type IDataObject,
	type INode,
	type INodeExecutionData,
	type JsonObject,
} from 'n8n-workflow';

import type { ApiFailure } from '../failures/failure';
import type { Explanation } from '../resources/types';
import type { ExecutionContext } from './context';

/** What is known of a message that was not sent: the `details` of its item. */
export interface FailureDetails extends IDataObject {
	reason: string;
	httpCode?: string;
	code?: string;
	apiMessage?: string;
	correlationId?: string;
	attempts: number;
	delivered: 'no' | 'unknown';
	retryAfterSeconds?: number;
}

/**
 * The details of a failure, for an item's JSON.
 *
 * @param failure what went wrong
 * @param attempts how often the message was tried
 * @returns the details; what is not known is left out
 */
export function failureDetails(failure: ApiFailure, attempts: number): FailureDetails {
	const { reason, httpCode, code, apiMessage, correlationId, delivered, retryAfterMs } = failure;
	return {
		reason,
		...(httpCode !== undefined && { httpCode }),
		...(code !== undefined && { code }),
		...(apiMessage !== undefined && { apiMessage }),
		...(correlationId !== undefined && { correlationId }),
		attempts,
		delivered,
		...(retryAfterMs !== undefined && { retryAfterSeconds: Math.ceil(retryAfterMs / 1000) }),
	};
}

/**
 * The item of a message that was not sent, for both Continue modes. Exactly these keys: with any
 * other one n8n would take the item for a success.
 *
 * @param explanation what happened and what to do
 * @param details the failure's details
 * @param itemIndex the item
 * @param nested whether the details must stand within `error`, see `needsNestedDetails`
 * @returns the item; n8n merges the input item's fields into it on the error output
 */
export function errorItem(
	{ message, description }: Explanation,
	details: FailureDetails,
	itemIndex: number,
	nested = false,
): INodeExecutionData {
	const text = `${message}. ${description}`;
	return {
		json: nested ? { error: { message: text, details } } : { error: text, details },
		pairedItem: { item: itemIndex },
	};
}

/**
 * Whether this n8n would send an item with `error` and `details` out of the success output. Versions
 * before 2.40 take only an item with nothing but `error` for an error; they have no egress filter
 * either, by which they are told.
 *
 * @param context the execution
 * @returns true on such a host, when the node has an error output
 */
export function needsNestedDetails(
	context: Pick<ExecutionContext, 'getNode' | 'helpers'>,
): boolean {
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	return hasErrorOutput && !('getSecureEgressFilter' in context.helpers);
}

/** A failure of one item together with its texts. */
export interface ItemFailure {
	readonly failure: ApiFailure;
	readonly explanation: Explanation;
	readonly itemIndex: number;
	readonly attempts: number;
	/** How far the run came: "12 of 40 messages were sent; …". Empty for a single item. */
	readonly progress: string;
}

/**
 * The error that ends the node, for the error panel. It is made from the failure's texts alone, so it
 * cannot hold the request, its token or the secret.
 *
 * @param node the node
 * @param item the failure
 * @returns a `NodeOperationError` for input, a `NodeApiError` for everything else
 */
export function nodeError(node: INode, item: ItemFailure): NodeApiError | NodeOperationError {
	const { failure, explanation, itemIndex } = item;
	const message = `${explanation.message} [Item ${itemIndex}]`;
	const description = [explanation.description, item.progress].filter(Boolean).join(' ');
	if (failure.reason === 'invalidInput') {
		return new NodeOperationError(node, message, { description, itemIndex });
	}
	const facts: JsonObject = { message };
	const error = new NodeApiError(node, facts, {
		message,
		description,
		itemIndex,
		...(failure.httpCode !== undefined && { httpCode: failure.httpCode }),
	});
	// n8n replaces a message that contains the name of a network code by a text of its own.
	error.message = message;
	error.context.data = failureDetails(failure, item.attempts);
	return error;
}
