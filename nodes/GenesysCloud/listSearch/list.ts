import {
	NodeApiError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
} from 'n8n-workflow';

import { listOf } from '../api/answer';
import type { ApiRequest } from '../api/client';
import { hostClock } from '../api/clock';
import { connect, CREDENTIAL } from '../api/connect';
import { httpOf } from '../api/httpFunctions';
import { deliver } from '../delivery/retry';
import type { JsonObject } from '../delivery/types';
import { explain } from '../failures/explain';
import type { Failure } from '../failures/failure';

/** One of the node's pick-lists. */
export interface PickList {
	/** What the list holds, for the error text. */
	readonly what: string;
	/** The permission that the list needs, as Genesys Cloud names it. */
	readonly permission: string;
	/** The request for a page. */
	request(page: string, filter: string): ApiRequest;
	/** The entry of a record, or `undefined` for one that does not belong into the list. */
	toItem(record: JsonObject): INodeListSearchItems | undefined;
	/** What leads to the next page, if there is one. */
	nextPage(list: JsonObject, page: string): string | undefined;
}

/** A person waits for the list: a few quick attempts, no long waits. */
const RETRY = { maxAttempts: 3, backoffMs: 500, maxWaitMs: 5_000, uncertain: 'retry' } as const;
const TIMEOUT_MS = 15_000;

/**
 * Loads a page of a pick-list.
 *
 * @param filter what the user typed
 * @param page what led to this page; empty for the first one
 * @returns the entries that fit, and what leads to the next page
 * @throws NodeApiError that names the missing permission and says that 'By ID' goes on working
 */
export async function loadPage(
	context: ILoadOptionsFunctions,
	list: PickList,
	filter = '',
	page = '',
): Promise<INodeListSearchResult> {
	const clock = hostClock();
	const { call } = connect(await context.getCredentials(CREDENTIAL), {
		http: httpOf(context.helpers),
		clock,
		maxTokens: 1,
		timeoutMs: TIMEOUT_MS,
		maxWaitMs: RETRY.maxWaitMs,
	});
	const request: ApiRequest = { ...list.request(page, filter), answer: 'list', reads: true };
	const result = await deliver(async () => await call(request), RETRY, clock);
	if (result.ok) return toResult(list, listOf(result.value), filter, page);
	throw listError(context, list, result.failure);
}

function toResult(
	list: PickList,
	answer: JsonObject,
	filter: string,
	page: string,
): INodeListSearchResult {
	const records = (answer.entities as (JsonObject | null)[]).filter((record) => record !== null);
	const wanted = filter.trim().toLowerCase();
	const results = records
		.map((record) => list.toItem(record))
		.filter((item) => item !== undefined)
		.filter(({ name, value }) => `${name} ${String(value)}`.toLowerCase().includes(wanted));
	const paginationToken = list.nextPage(answer, page);
	return { results, ...(paginationToken !== undefined && { paginationToken }) };
}

function listError(
	context: ILoadOptionsFunctions,
	{ what, permission }: PickList,
	failure: Failure,
): NodeApiError {
	const { message, description } = explain(failure);
	const forbidden = failure.reason === 'forbidden';
	const text = forbidden ? `The list of ${what} needs the permission ${permission}` : message;
	const remedy = forbidden
		? `Give the OAuth client a role that has it, or choose 'By ID' and enter the ID. ${description}`
		: `${description} 'By ID' goes on working.`;
	return new NodeApiError(
		context.getNode(),
		{ message: text },
		{ message: text, description: remedy },
	);
}
