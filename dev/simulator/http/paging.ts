import type { ApiCall } from './apiRoute';
import { badField, queryValues } from './fields';

const DEFAULT_SIZE = 25;
const MAX_SIZE = 500;

/** A page of a list, as Genesys Cloud's entity listings are. */
export interface Page<Entity> {
	entities: Entity[];
	pageSize: number;
	pageNumber: number;
	total: number;
	pageCount: number;
	firstUri?: string;
	lastUri?: string;
	selfUri?: string;
	nextUri?: string;
	previousUri?: string;
}

function readNumber(value: unknown, field: string, fallback: number, max: number): number {
	if (value === undefined) return fallback;
	const number = Number(value);
	if (Number.isInteger(number) && number >= 1 && number <= max) return number;
	throw badField(field, 'field.invalid');
}

/**
 * Cuts a page out of a list.
 *
 * @param wanted `pageSize` (25, at most 500) and `pageNumber` (1)
 * @throws ApiError 400 when one of them does not fit
 */
export function slicePage<Entity>(
	all: readonly Entity[],
	wanted: { pageSize?: unknown; pageNumber?: unknown },
): Page<Entity> {
	const pageSize = readNumber(wanted.pageSize, 'pageSize', DEFAULT_SIZE, MAX_SIZE);
	const pageNumber = readNumber(wanted.pageNumber, 'pageNumber', 1, Number.MAX_SAFE_INTEGER);
	const start = (pageNumber - 1) * pageSize;
	const pageCount = Math.ceil(all.length / pageSize);
	const entities = all.slice(start, start + pageSize);
	return { entities, pageSize, pageNumber, total: all.length, pageCount };
}

function uriOf(path: string, query: ApiCall['query'], changes: Record<string, string>): string {
	const search = new URLSearchParams();
	for (const [name, value = []] of Object.entries({ ...query, ...changes })) {
		for (const one of typeof value === 'string' ? [value] : value) search.append(name, one);
	}
	return `${path}?${search.toString()}`;
}

/**
 * The page of a list that a call asks for in its query string, with the addresses of the others.
 *
 * @param path the endpoint's path
 * @throws ApiError 400 when `pageSize` or `pageNumber` does not fit
 */
export function pageOf<Entity>(
	{ query }: ApiCall,
	path: string,
	all: readonly Entity[],
): Page<Entity> {
	const page = slicePage(all, query);
	const { pageSize, pageNumber, pageCount } = page;
	const uri = (number: number): string =>
		uriOf(path, query, { pageSize: String(pageSize), pageNumber: String(number) });
	page.selfUri = uri(pageNumber);
	page.firstUri = uri(1);
	page.lastUri = uri(Math.max(1, pageCount));
	if (pageNumber < pageCount) page.nextUri = uri(pageNumber + 1);
	if (pageNumber > 1) page.previousUri = uri(pageNumber - 1);
	return page;
}

const CURSOR = 'base64url';

function position(call: ApiCall, name: 'after' | 'before', ids: readonly string[]): number {
	const [cursor] = queryValues(call, name);
	if (cursor === undefined) return name === 'after' ? -1 : ids.length;
	const index = ids.indexOf(Buffer.from(cursor, CURSOR).toString());
	if (index < 0) throw badField(name, 'field.invalid');
	return index;
}

/**
 * The part of a list that a call asks for by the cursors `after` and `before`.
 *
 * @param path the endpoint's path
 * @param defaultSize how many entities a part has unless `pageSize` says otherwise
 * @throws ApiError 400 when `pageSize` or a cursor does not fit
 */
export function cursorPageOf<Entity extends { id?: string }>(
	call: ApiCall,
	path: string,
	all: readonly Entity[],
	defaultSize: number,
): { entities: Entity[]; total: number; selfUri: string; nextUri?: string; previousUri?: string } {
	const size = readNumber(call.query.pageSize, 'pageSize', defaultSize, Number.MAX_SAFE_INTEGER);
	const ids = all.map(({ id = '' }) => id);
	const end = position(call, 'before', ids);
	const backwards = call.query.before !== undefined;
	const start = backwards ? Math.max(0, end - size) : position(call, 'after', ids) + 1;
	const entities = all.slice(start, Math.min(end, start + size));
	const last = start + entities.length - 1;
	const uri = (name: 'after' | 'before', index: number): string =>
		uriOf(
			path,
			{},
			{
				pageSize: String(size),
				[name]: Buffer.from(ids[index] ?? '').toString(CURSOR),
			},
		);
	return {
		entities,
		total: all.length,
		selfUri: uriOf(path, call.query, { pageSize: String(size) }),
		...(last + 1 < all.length && { nextUri: uri('after', last) }),
		...(start > 0 && { previousUri: uri('before', start) }),
	};
}
