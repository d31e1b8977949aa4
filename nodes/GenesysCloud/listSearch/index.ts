import type { ILoadOptionsFunctions, INodeListSearchResult } from 'n8n-workflow';

import { deployments } from './deployments';
import { integrations } from './integrations';
import { loadPage, type PickList } from './list';
import { smsNumbers } from './smsNumbers';
import { templates } from './templates';

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
export const listSearch = {
	searchDeployments: searchOf(deployments),
	searchSmsNumbers: searchOf(smsNumbers),
	searchTemplates: searchOf(templates),
	/** Each channel has its own kind of integration. */
	async searchIntegrations(
		this: ILoadOptionsFunctions,
		filter?: string,
		paginationToken?: string,
	): Promise<INodeListSearchResult> {
		const channel = this.getCurrentNodeParameter('channel');
		return await loadPage(this, integrations(channel), filter, paginationToken);
	},
};
