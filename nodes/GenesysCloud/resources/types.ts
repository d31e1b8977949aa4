import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { JsonObject } from '../api/answer';
import type { ApiClient, ApiRequest } from '../api/client';
import type { ApiFailure } from '../failures/failure';
import type { Receipt } from '../delivery/ledger';
import type { Attempt, Clock } from '../delivery/types';

/** How an operation reads the user's parameters: expressions are resolved for the item. */
export interface ParameterReader {
	getNodeParameter(
		name: string,
		itemIndex: number,
		fallback?: unknown,
		options?: { readonly extractValue?: boolean; readonly rawExpressions?: boolean },
	): unknown;
}

/** What a failure means to the user: what happened and what to do. */
export interface Explanation {
	readonly message: string;
	readonly description: string;
}

/** What an operation that takes more than one call works with. */
export interface Performance {
	/** Makes one call; waits for the rate limit. */
	readonly call: ApiClient;
	readonly clock: Clock;
}

/** What sending and reading operations have in common. */
interface OperationBase<Request extends ApiRequest> {
	readonly value: string;
	/** Title Case, without the resource: the entry of the Operation dropdown. */
	readonly name: string;
	/** Sentence case, with the resource: the entry of the node panel, also read by AI agents. */
	readonly action: string;
	readonly description: string;
	/** The operation's fields; the registry shows them for this operation only. */
	readonly fields: readonly INodeProperties[];
	/**
	 * Builds the request of one item.
	 * @throws InputError that names the field when a value cannot be used
	 */
	buildRequest(context: ParameterReader, itemIndex: number): Request;
	/** Makes one attempt where a single call is not enough; must not reject. */
	perform?(performance: Performance, request: Request): Promise<Attempt<JsonObject, ApiFailure>>;
	/** The simplified output of the API's answer. */
	toOutput(response: JsonObject, request: Request): JsonObject;
	/** Turns a general failure into this endpoint's own, for example a 404 into "contact not found". */
	refineFailure(failure: ApiFailure): ApiFailure;
	/** This endpoint's own explanation of a failure; `undefined` leaves it to the general one. */
	explain(failure: ApiFailure): Explanation | undefined;
}

/** An operation that a customer notices: the ledger keeps it from being repeated. */
export interface SendOperation<
	Request extends ApiRequest = ApiRequest,
> extends OperationBase<Request> {
	readonly kind: 'send';
	/** What the ledger keeps of the answer. */
	toReceipt(response: JsonObject): Receipt;
	/** The output of a message that was sent already; a later execution knows no receipt. */
	toRecordedOutput(request: Request, receipt?: Receipt): JsonObject;
}

/** An operation that only looks something up: it may be repeated at will. */
export interface ReadOperation<
	Request extends ApiRequest = ApiRequest,
> extends OperationBase<Request> {
	readonly kind: 'read';
}

/**
 * One operation of the node. Adding one is adding a file with such an object and a line in its
 * resource's list.
 */
export type Operation<Request extends ApiRequest = ApiRequest> =
	SendOperation<Request> | ReadOperation<Request>;

/** A resource of the node with its operations. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	/** The first one is the default. */
	readonly operations: readonly [Operation, ...Operation[]];
}

/** An entry of the Operation dropdown. */
export type OperationOption = INodePropertyOptions & { readonly action: string };
