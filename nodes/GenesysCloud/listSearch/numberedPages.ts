import type { JsonObject } from '../api/answer';

/** How many records a page of a pick-list has. */
export const PAGE_SIZE = 100;

/**
 * The number of a page.
 *
 * @param page what led to the page; empty for the first one
 * @returns the number, from 1
 */
export function pageNumber(page: string): number {
	return page === '' ? 1 : Number(page);
}

/**
 * What leads to the page after this one, where pages are numbered.
 *
 * @param list the answer, with its `pageCount`
 * @param page what led to this page
 * @returns the next page's number as text, or `undefined` on the last page
 */
export function nextNumberedPage({ pageCount }: JsonObject, page: string): string | undefined {
	const next = pageNumber(page) + 1;
	return typeof pageCount === 'number' && next <= pageCount ? String(next) : undefined;
}
