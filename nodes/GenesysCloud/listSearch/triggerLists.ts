import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import type { JsonObject } from '../delivery/types';
import { deployments } from './index';
import { loadPage, type PickList } from './list';

const PAGE_SIZE = 100;

/** Queues: `GET /api/v2/routing/queues`. */
const queues: PickList = {
	what: 'queues',
	permission: 'routing:queue:view',
	request: (page) => ({
		method: 'GET',
		path: `/api/v2/routing/queues?pageSize=${PAGE_SIZE}&pageNumber=${page === '' ? '1' : page}`,
	}),
	toItem: ({ id, name }) => ({ name: String(name), value: String(id) }),
	nextPage: ({ pageCount }, page) => {
		const next = (page === '' ? 1 : Number(page)) + 1;
		return typeof pageCount === 'number' && next <= pageCount ? String(next) : undefined;
	},
};

/** Topics that can be had over a WebSocket with a client's token: `GET /api/v2/notifications/availabletopics`. */
const topics: PickList = {
	what: 'topics',
	permission: 'of no kind',
	request: () => ({
		method: 'GET',
		path: '/api/v2/notifications/availabletopics?expand=description,transports,permissionDetails,requiresPermissions',
	}),
	toItem: toTopicItem,
	nextPage: () => undefined,
};

/** Topics with such a rule alone belong to a person, whom a client's token is not. */
const PERSONAL = new Set(['requiresCurrentUser', 'requiresUserBeConversationParticipant']);

function toTopicItem(record: JsonObject): INodeListSearchItems | undefined {
	const { id, description, transports, permissionDetails, requiresPermissions } = record;
	if (typeof id !== 'string' || id.startsWith('v2.system.')) return undefined;
	const ways = Array.isArray(transports) ? transports : ['All'];
	if (!ways.includes('All') && !ways.includes('Websocket')) return undefined;
	const rules = Array.isArray(permissionDetails)
		? (permissionDetails as (JsonObject | null)[])
		: [];
	if (rules.length > 0 && rules.every((rule) => PERSONAL.has(String(rule?.type)))) return undefined;
	const needs = Array.isArray(requiresPermissions) ? requiresPermissions : [];
	const permissions = needs.length === 0 ? [] : [`Needs ${needs.join(', ')}`];
	const texts = [...(typeof description === 'string' ? [description] : []), ...permissions];
	return { name: id, value: id, ...(texts.length > 0 && { description: texts.join('. ') }) };
}

/** A multiple choice has no pages in n8n: it ends after this many. */
const MAX_PAGES = 20;

async function loadAll(
	context: ILoadOptionsFunctions,
	list: PickList,
): Promise<INodePropertyOptions[]> {
	const options: INodePropertyOptions[] = [];
	let page: unknown = '';
	for (let count = 0; count < MAX_PAGES && typeof page === 'string'; count++) {
		const { results, paginationToken }: INodeListSearchResult = await loadPage(
			context,
			list,
			'',
			page,
		);
		options.push(...results.map(({ name, value }) => ({ name, value })));
		page = paginationToken;
	}
	return options.sort((a, b) => a.name.localeCompare(b.name));
}

/** The trigger's pick-lists, by the names that its fields use. */
export const triggerLists = {
	loadOptions: {
		async getQueues(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await loadAll(this, queues);
		},
		async getDeployments(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await loadAll(this, deployments);
		},
	},
	listSearch: {
		async searchTopics(
			this: ILoadOptionsFunctions,
			filter?: string,
		): Promise<INodeListSearchResult> {
			return await loadPage(this, topics, filter);
		},
	},
};
