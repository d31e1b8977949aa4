import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import type { ApiClient } from '../api/client';
import type { ApiRequest } from '../api/request';
import type { Clock, JsonObject, Receipt } from '../delivery/types';
import type { Explain } from '../failures/explain';
import type { Failure, Result } from '../failures/failure';
import type { ItemReader } from './parameters';

/** What an operation that takes more than one call works with. */
export interface Calls {
	/** Makes one call; waits for the rate limit. */
	readonly call: ApiClient;
	readonly clock: Clock;
}

/** One item's work, with its parameters read and checked. */
interface Prepared {
	readonly request: ApiRequest;
	/** Makes one attempt where a single call is not enough; must not reject. */
	attempt?(calls: Calls): Promise<Result<JsonObject>>;
	/** The simplified output of the API's answer; several items for a list. */
	output(answer: JsonObject): JsonObject | readonly JsonObject[];
}

/** A look-up: it may be repeated at will. */
export interface PreparedRead extends Prepared {
	/** The output without Simplify, where it is not the answer as it came. */
	raw?(answer: JsonObject): readonly JsonObject[];
}

/** A message: the ledger keeps it from being repeated. */
export interface PreparedSend extends Prepared {
	/** Channel and address of the customer: part of the message's identity. */
	readonly recipient: readonly string[];
	/** What is said: the text, or the template with its values. */
	readonly content: unknown;
	/** What the ledger keeps of the answer. */
	receipt(answer: JsonObject): Receipt;
	/** The fields of the output that are known without an answer. */
	known(): JsonObject;
	/** What a dry run tells beside them. */
	preview?(): JsonObject;
	/**
	 * The same message with what must be looked up before it can be sent; must not reject. A dry run makes these
	 * calls too.
	 */
	lookUp?(calls: Calls): Promise<Result<PreparedSend>>;
}

/** Entries of the node panel that choose an operation and the value of one of its parameters. */
interface Shortcuts {
	/** The heading over them. */
	readonly name: string;
	readonly parameter: string;
	/** The entries' texts, by value. */
	readonly actions: Readonly<Record<string, string>>;
}

/** What sending and reading operations have in common. */
interface OperationBase {
	readonly value: string;
	/** Title Case, without the resource: the entry of the Operation dropdown. */
	readonly name: string;
	/** Sentence case, with the resource: the entry of the node panel, also read by AI agents. */
	readonly action: string;
	readonly description: string;
	/** Further entries of the node panel, each for a value of one parameter. */
	readonly shortcuts?: Shortcuts;
	/** The operation's own fields; the common ones come by its kind. */
	readonly fields: readonly INodeProperties[];
	/** The entries of its collection Options, beside those that come by its kind. */
	readonly options?: readonly INodeProperties[];
	/** Title Case names of the two outputs, where the second one is offered. */
	readonly outputs?: readonly [string, string];
	/** Turns a general failure into this endpoint's own, for example a 404 into "contact not found". */
	readonly recognise?: (failure: Failure) => Failure;
	/** This endpoint's own words for a failure. */
	readonly explain?: Explain;
}

/** An operation that a customer notices. */
export interface SendOperation extends OperationBase {
	readonly kind: 'send';
	/**
	 * Whom the item is for, as the item has it.
	 *
	 * @throws InputError when that cannot be read
	 */
	recipient(read: ItemReader): string;
	/** @throws InputError that names the field when a value cannot be used */
	prepare(read: ItemReader): PreparedSend;
}

/** An operation that only looks something up. */
export interface ReadOperation extends OperationBase {
	readonly kind: 'read';
	/** @throws InputError that names the field when a value cannot be used */
	prepare(read: ItemReader): PreparedRead;
}

/**
 * One operation of the node. Adding one is adding a file with such an object and its name in the registry
 * (index.ts).
 */
export type Operation = SendOperation | ReadOperation;

/** A resource of the node with its operations. */
export interface Resource {
	readonly value: string;
	readonly name: string;
	/** The first one is the default. */
	readonly operations: readonly [Operation, ...Operation[]];
}

/** An entry of the Operation dropdown. */
export type OperationOption = INodePropertyOptions & { readonly action: string };
