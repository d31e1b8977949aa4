import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { badField, bodyOf, invalidValue, optionalText, requiredText } from '../../http/fields';
import { slicePage } from '../../http/paging';
import { isRecord } from '../../support/checks';
import { responseOf } from './responses';

const NAMES = ['name', 'libraryId', 'text.contentType', 'messagingTemplate', 'responseType'];

type Matches = (value: string, wanted: readonly string[]) => boolean;

const OPERATORS: Record<string, Matches | undefined> = {
	IN: (value, wanted) => wanted.includes(value),
	EQUALS: (value, wanted) => wanted.includes(value),
	NOTEQUALS: (value, wanted) => !wanted.includes(value),
	BEGINS_WITH: (value, wanted) => wanted.some((text) => value.startsWith(text)),
	ENDS_WITH: (value, wanted) => wanted.some((text) => value.endsWith(text)),
	CONTAINS: (value, wanted) => wanted.some((text) => value.includes(text)),
};

/** The values of a response that a filter looks at, in lower case. */
function valuesOf(response: Models.Response, name: string): string[] {
	const { libraries, texts = [], messagingTemplate, responseType } = response;
	const values: Record<string, (string | undefined)[]> = {
		name: [response.name],
		libraryId: libraries.map(({ id }) => id),
		'text.contentType': texts.map(({ contentType }) => contentType),
		messagingTemplate: Object.keys(messagingTemplate ?? {}),
		responseType: [responseType],
	};
	return (values[name] ?? []).map((value = '') => value.toLowerCase());
}

/** Reads a filter; the returned function tells whether a response passes it. */
function readFilter(filter: unknown): (response: Models.Response) => boolean {
	if (!isRecord(filter)) throw badField('filters', 'field.invalid');
	const name = requiredText(filter, 'name');
	if (!NAMES.includes(name)) throw invalidValue('name', name, NAMES);
	const operator = requiredText(filter, 'operator');
	const matches = OPERATORS[operator];
	if (matches === undefined) throw invalidValue('operator', operator, Object.keys(OPERATORS));
	if (!Array.isArray(filter.values)) throw badField('values', 'field.required');
	const wanted = filter.values.map((value) => String(value).toLowerCase());
	if (operator === 'NOTEQUALS') {
		return (response) => valuesOf(response, name).every((value) => matches(value, wanted));
	}
	return (response) => valuesOf(response, name).some((value) => matches(value, wanted));
}

/** Searches the responses of all libraries by words and filters. */
export const responsesQueryRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/responsemanagement/responses/query',
	endpoint: 'read',
	anyPermission: ['responses:response:view'],
	answer(call): Models.ResponseQueryResults {
		const { directory } = call.state;
		const body = bodyOf(call);
		const phrase = optionalText(body, 'queryPhrase')?.toLowerCase() ?? '';
		const filters: unknown = body.filters ?? [];
		if (!Array.isArray(filters)) throw badField('filters', 'field.invalid');
		const passes = filters.map(readFilter);
		const found = directory.templates
			.all()
			.filter(({ name, text }) => `${name}\n${text}`.toLowerCase().includes(phrase))
			.map((template) => responseOf(directory, template))
			.filter((response) => passes.every((pass) => pass(response)));
		return { results: slicePage(found, body) };
	},
};
