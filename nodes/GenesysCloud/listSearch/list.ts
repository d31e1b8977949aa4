import {
	NodeApiError,
	type ILoadOptionsFunctions,
	type INodeListSearchItems,
	type INodeListSearchResult,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { ApiRequest } from '../api/request';
import { hostClock } from '../api/clock';
import { connect, CREDENTIAL } from '../api/connect';
import { httpOf } from '../api/httpFunctions';
import { objectsIn } from '../api/json';
import { pasted } from '../api/unseen';
import { deliver } from '../delivery/retry';
import type { JsonObject } from '../delivery/types';
import { explain } from '../failures/explain';
import type { Failure, Result } from '../failures/failure';

/** What the panel reads of Genesys Cloud, for the texts of what does not work. */
export interface PanelRead {
	/** What it is, in the plural. */
	readonly what: string;
	/** The permission that it needs, as Genesys Cloud names it. */
	readonly permission: string;
	/** How to go on without it; without a full stop. */
	readonly otherwise: string;
}

/** One of the node's pick-lists. */
export interface PickList extends PanelRead {
	/** Genesys Cloud finds by itself what the user typed; otherwise the entries are looked through here. */
	readonly searches?: true;
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
/** How many pages are looked at for one view of a list: 2,000 records. */
const MAX_PAGES = 20;
/** So many entries fill the view, so that scrolling asks for more. */
const ENTRIES_IN_VIEW = 20;

/**
 * Loads what the panel shows next of a list. A search looks at all pages, as far as 2,000 records; without one, pages
 * are read until the view is full. When a later page fails, the view has those before it.
 *
 * @param filter what the user typed
 * @param page what led to this part of the list; empty for its beginning
 * @returns the entries that fit, and what leads to the rest
 * @throws NodeApiError that names the missing permission and how to go on without the list
 */
export async function loadPage(
	context: ILoadOptionsFunctions,
	list: PickList,
	filter = '',
	page = '',
): Promise<INodeListSearchResult> {
	const read = await panelReader(context);
	const wanted = pasted(filter);
	const enough = wanted === '' ? ENTRIES_IN_VIEW : Number.POSITIVE_INFINITY;
	const results: INodeListSearchItems[] = [];
	const seen = new Set<string>();
	let next: string | undefined = page;
	while (next !== undefined && seen.size < MAX_PAGES && results.length < enough) {
		seen.add(next);
		const result = await read({ ...list.request(next, wanted), answer: 'list' });
		if (!result.ok) {
			// What is in hand can be chosen; scrolling asks for this page again.
			if (results.length > 0) break;
			throw panelError(context, list, result.failure);
		}
		results.push(...entriesOf(list, result.value, wanted));
		const following = list.nextPage(result.value, next);
		// A cursor that leads back would never end.
		next = following !== undefined && seen.has(following) ? undefined : following;
	}
	// n8n asks for more when the user scrolls: an empty list cannot be scrolled.
	return { results, ...(next !== undefined && results.length > 0 && { paginationToken: next }) };
}

/** Loads all of a list, up to 2,000 records, by name: a field that takes several entries has no pages. */
export async function loadAll(
	context: ILoadOptionsFunctions,
	list: PickList,
): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = [];
	let page: unknown = '';
	for (let parts = 0; parts < MAX_PAGES && typeof page === 'string'; parts++) {
		const part: INodeListSearchResult = await loadPage(context, list, '', page);
		options.push(...part.results.map(({ name, value }) => ({ name, value })));
		page = part.paginationToken;
	}
	return options.sort((a, b) => a.name.localeCompare(b.name));
}

/** How many records a page of a pick-list has. */
export const PAGE_SIZE = 100;

/** Makes the panel's calls with its credential. */
export async function panelReader(
	context: ILoadOptionsFunctions,
): Promise<(request: ApiRequest) => Promise<Result<JsonObject>>> {
	const clock = hostClock();
	const { call } = connect(await context.getCredentials(CREDENTIAL), {
		http: httpOf(context.helpers),
		clock,
		maxTokens: 1,
		timeoutMs: TIMEOUT_MS,
		maxWaitMs: RETRY.maxWaitMs,
	});
	return async (request) =>
		await deliver(async () => await call({ ...request, reads: true }), RETRY, clock);
}

/** Filtering again what Genesys Cloud has found would lose what it finds by other fields. */
function entriesOf(list: PickList, answer: JsonObject, wanted: string): INodeListSearchItems[] {
	const entries = objectsIn(answer.entities)
		.map((record) => list.toItem(record))
		.filter((item) => item !== undefined)
		.filter(({ value }) => value !== '');
	if (list.searches) return entries;
	const text = comparable(wanted);
	return entries.filter(({ name, value }) =>
		// Each by itself: a number at the end of a name and one at the start of an ID are not one number.
		[name, String(value)].some((shown) => comparable(shown).includes(text)),
	);
}

/** Capital letters mean nothing in a search, nor do separators (of a phone number) and Unicode's form of an accent. */
function comparable(text: string): string {
	return text
		.normalize('NFC')
		.toLowerCase()
		.replace(/[\s().\p{Pd}]/gu, '');
}

/** What to say when Genesys Cloud does not give the panel what it asks for. */
export function panelError(
	context: ILoadOptionsFunctions,
	{ what, permission, otherwise }: PanelRead,
	failure: Failure,
): NodeApiError {
	const { message, description } = explain(failure);
	const forbidden = failure.reason === 'forbidden';
	const text = forbidden ? `The list of ${what} needs the permission ${permission}` : message;
	const remedy = forbidden
		? `Give the OAuth client a role that has it, or ${otherwise}. ${description}`
		: `${description} To go on without the list, ${otherwise}.`;
	return new NodeApiError(
		context.getNode(),
		{ message: text },
		{ message: text, description: remedy },
	);
}
