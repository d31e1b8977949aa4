import type {
	ILoadOptionsFunctions,
	INodeListSearchResult,
	INodePropertyOptions,
	ResourceMapperFields,
} from 'n8n-workflow';

import { loadAll, loadPage, type PickList } from './list';
import {
	deployments,
	externalContacts,
	integrations,
	queues,
	smsNumbers,
	templates,
	topics,
} from './lists';
import { placeholderFields } from './templateValues';

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
	searchExternalContacts: searchOf(externalContacts),
	searchSmsNumbers: searchOf(smsNumbers),
	searchTemplates: searchOf(templates),
	/** Each channel has its own kind of integration. */
	async searchIntegrations(filter, paginationToken) {
		const channel = this.getCurrentNodeParameter('channel');
		return await loadPage(this, integrations(channel), filter, paginationToken);
	},
};

/** The fields that the panel makes of what was chosen. */
export const resourceMapping = {
	async getTemplatePlaceholders(this: ILoadOptionsFunctions): Promise<ResourceMapperFields> {
		return await placeholderFields(this);
	},
};

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
		searchTopics: searchOf(topics),
	},
};
