import type {
	ILoadOptionsFunctions,
	INodeListSearchItems,
	INodeListSearchResult,
	INodePropertyOptions,
} from 'n8n-workflow';

import { asObject, listIn } from '../api/json';
import type { JsonObject } from '../delivery/types';
import { loadAll, loadPage, type PickList } from './list';
import { deployments, queues } from './lists';

/** `GET /api/v2/notifications/availabletopics`: those that a client's token gets over a WebSocket. */
const topics: PickList = {
	what: 'topics',
	permission: 'of no kind',
	otherwise: "choose 'By ID' and enter the topic",
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
	const rules = listIn(permissionDetails).map(asObject);
	if (rules.length > 0 && rules.every(({ type }) => PERSONAL.has(String(type)))) return undefined;
	const needs = listIn(requiresPermissions);
	const permissions = needs.length === 0 ? [] : [`Needs ${needs.join(', ')}`];
	const texts = [...(typeof description === 'string' ? [description] : []), ...permissions];
	return { name: id, value: id, ...(texts.length > 0 && { description: texts.join('. ') }) };
}

/** The trigger's pick-lists, by the names that its fields use. */
export const triggerLists = {
	loadOptions: {
		async getQueues(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await loadAll(this, queues);
		},
		async getDeployments(this: ILoadOptionsFunctions): Promise<INodePropertyOptions[]> {
			return await loadAll(this, { ...deployments, otherwise: queues.otherwise });
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
