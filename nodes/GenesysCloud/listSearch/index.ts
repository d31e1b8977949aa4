import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import type { JsonObject } from '../delivery/types';
import { loadPage, type PickList } from './list';

/** How many records a page of a pick-list has. */
const PAGE_SIZE = 100;

const text = (value: unknown) => (typeof value === 'string' ? value : '');
const pageNumber = (page: string) => (page === '' ? 1 : Number(page));

function nextNumberedPage({ pageCount }: JsonObject, page: string): string | undefined {
	const next = pageNumber(page) + 1;
	return typeof pageCount === 'number' && next <= pageCount ? String(next) : undefined;
}

/** Messenger deployments: `GET /api/v2/webdeployments/deployments`, paged by cursor. */
export const deployments: PickList = {
	what: 'deployments',
	permission: 'webDeployments:deployment:view',
	request: (page) => ({
		method: 'GET',
		path: `/api/v2/webdeployments/deployments?pageSize=${PAGE_SIZE}${page === '' ? '' : `&after=${encodeURIComponent(page)}`}`,
	}),
	toItem: ({ id, name, status }) => ({
		name: `${text(name)}${status === 'Inactive' ? ' (inactive)' : ''}`,
		value: text(id),
	}),
	nextPage: ({ nextUri }) => cursorOf(nextUri),
};

/** The next page's address carries the cursor. */
function cursorOf(nextUri: unknown): string | undefined {
	if (typeof nextUri !== 'string') return undefined;
	return new URLSearchParams(nextUri.split('?')[1] ?? '').get('after') ?? undefined;
}

/** SMS numbers of the organization: `GET /api/v2/routing/sms/phonenumbers`. */
const smsNumbers: PickList = {
	what: 'SMS numbers',
	permission: 'sms:phoneNumber:view',
	request: (page) => ({
		method: 'GET',
		path: `/api/v2/routing/sms/phonenumbers?pageSize=${PAGE_SIZE}&pageNumber=${pageNumber(page)}`,
	}),
	toItem: ({ phoneNumber, name }) => ({
		name: [text(phoneNumber), text(name)].filter((part) => part !== '').join(' - '),
		value: text(phoneNumber),
	}),
	nextPage: nextNumberedPage,
};

/** Message templates: canned responses of that type, by `POST /api/v2/responsemanagement/responses/query`. */
const templates: PickList = {
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

/** Messaging integrations of a channel: `GET /api/v2/conversations/messaging/integrations`. */
function integrations(channel: unknown): PickList {
	return {
		what: 'integrations',
		permission: 'messaging:integration:view',
		request: (page) => ({
			method: 'GET',
			path: `/api/v2/conversations/messaging/integrations?pageSize=${PAGE_SIZE}&pageNumber=${pageNumber(page)}`,
		}),
		toItem: ({ id, name, messengerType }) =>
			messengerType === undefined || messengerType === channel
				? { name: text(name), value: text(id) }
				: undefined,
		nextPage: nextNumberedPage,
	};
}

type Search = (
	this: ILoadOptionsFunctions,
	filter?: string,
	paginationToken?: string,
) => Promise<INodeListSearchResult>;

function searchOf(list: PickList): Search {
	return async function (filter, paginationToken) {
		return await loadPage(this, list, filter, paginationToken);
	};
}

/** The node's pick-lists, by the names that its fields use. */
export const listSearch: Record<string, Search> = {
	searchDeployments: searchOf(deployments),
	searchSmsNumbers: searchOf(smsNumbers),
	searchTemplates: searchOf(templates),
	/** Each channel has its own kind of integration. */
	async searchIntegrations(filter, paginationToken) {
		const channel = this.getCurrentNodeParameter('channel');
		return await loadPage(this, integrations(channel), filter, paginationToken);
	},
};
