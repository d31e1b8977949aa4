import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { cursorPageOf } from '../../http/paging';
import type { Deployment } from '../../model/directory/records';

const PATH = '/api/v2/webdeployments/deployments';
const PAGE_SIZE = 300;
const CREATED = '2026-02-10T08:00:00.000Z';
const CONFIGURATION = { id: '7d2e4c10-2001-4b6f-8a21-000000000001', version: '3' };

function deploymentOf(deployment: Deployment): Models.ExpandableWebDeployment {
	const { id, version } = CONFIGURATION;
	return {
		...deployment,
		allowAllDomains: true,
		allowedDomains: [],
		dateCreated: CREATED,
		dateModified: CREATED,
		configuration: {
			id,
			version,
			name: 'Shop',
			selfUri: `/api/v2/webdeployments/configurations/${id}/versions/${version}`,
		},
		selfUri: `${PATH}/${deployment.id}`,
	};
}

/** The Messenger deployments, paged by cursors. */
export const deploymentsRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	permission: 'webDeployments:deployment:view',
	answer(call): Models.ExpandableWebDeploymentEntityListing {
		const all = call.state.directory.deployments.all().map(deploymentOf);
		return cursorPageOf(call, PATH, all, PAGE_SIZE);
	},
};
