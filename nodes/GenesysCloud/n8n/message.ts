import { hash } from 'node:crypto';

import type { JsonObject } from '../api/answer';
import type { ApiClient, ApiRequest } from '../api/client';
import type { ApiFailure } from '../failures/failure';
import type { Message } from '../delivery/batch';
import type { Attempt, Clock } from '../delivery/types';
import type { Operation, ParameterReader } from '../resources/types';
import { inputFailure } from './inputFailure';
import { readSendOnceKey } from './settings';

/** A message with the request it is made of. */
export interface ApiMessage extends Message<JsonObject, ApiFailure> {
	readonly request: ApiRequest;
}

/** What the messages of a run have in common. */
export interface MessageSource {
	readonly parameters: ParameterReader;
	readonly operation: Operation;
	readonly client: ApiClient;
	readonly clock: Clock;
	/** Whether each message has a key of the user's. */
	readonly sendsOnce: boolean;
	/** Loops run a node several times in one execution; each run sends its own messages. */
	readonly runIndex: number;
}

/**
 * Builds the message of an item.
 *
 * @param source what the messages of the run have in common
 * @param itemIndex the item
 * @param built the item's request, if it was built before
 * @returns the message, or the failure that names the field that cannot be used
 */
export function messageOf(
	source: MessageSource,
	itemIndex: number,
	built?: ApiRequest,
): ApiMessage | { readonly invalid: ApiFailure } {
	const { parameters, operation, runIndex, sendsOnce } = source;
	try {
		const request = built ?? operation.buildRequest(parameters, itemIndex);
		return {
			request,
			...(sendsOnce && { onceKey: readSendOnceKey(parameters, itemIndex) }),
			key: `${runIndex}:${itemIndex}:${hashOf(request)}`,
			send: async () => await attempt(source, request),
			receipt: (response) =>
				operation.kind === 'send' ? operation.toReceipt(response) : { id: '' },
		};
	} catch (error) {
		return { invalid: inputFailure(error) };
	}
}

async function attempt(
	{ operation, client, clock }: MessageSource,
	request: ApiRequest,
): Promise<Attempt<JsonObject, ApiFailure>> {
	const result = operation.perform
		? await operation.perform({ call: client, clock }, request)
		: await client(request);
	if (result.status !== 'failed') return result;
	const { failure } = result;
	const own: ApiFailure =
		operation.kind === 'read' && failure.call !== 'token'
			? // Nothing was sent: a look-up may be repeated at will.
				{ ...failure, call: 'read', delivered: 'no' }
			: failure;
	return { status: 'failed', failure: operation.refineFailure(own) };
}

/** 16 characters of SHA-256: enough to tell requests apart, too little to tell what they say. */
function hashOf({ method, path, body }: ApiRequest): string {
	const content = JSON.stringify([method, path, body]);
	return hash('sha256', content, 'base64url').slice(0, 16);
}

const UNCERTAIN_REASONS = ['serverError', 'network', 'timeout', 'unexpectedResponse'] as const;

/**
 * The failure of a message that an earlier run of the node may have delivered, when 'If Delivery Is
 * Uncertain' is set to fail.
 *
 * @param reason what the ledger kept of it
 * @returns the failure; this run made no call
 */
export function uncertainEarlier(reason: string): ApiFailure {
	const known = UNCERTAIN_REASONS.find((candidate) => candidate === reason);
	return { reason: known ?? 'network', delivered: 'unknown', transient: false, earlier: true };
}
