import type { PickList } from './list';
import { nextNumberedPage, PAGE_SIZE, pageNumber } from './numberedPages';
import { text } from './text';

/** Message templates: canned responses of that type, by `POST /api/v2/responsemanagement/responses/query`. */
export const templates: PickList = {
	what: 'message templates',
	permission: 'responses:response:view',
	request: (page, filter) => ({
		method: 'POST',
		path: '/api/v2/responsemanagement/responses/query',
		body: {
			pageSize: PAGE_SIZE,
			pageNumber: pageNumber(page),
			...(filter.trim() !== '' && { queryPhrase: filter.trim() }),
		},
	}),
	toItem: ({ id, name, responseType }) =>
		responseType === 'MessagingTemplate' ? { name: text(name), value: text(id) } : undefined,
	nextPage: nextNumberedPage,
};
