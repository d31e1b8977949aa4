import type { PickList } from './list';
import { text } from './text';

/** Messenger deployments: `GET /api/v2/webdeployments/deployments`, paged by cursor. */
export const deployments: PickList = {
	what: 'deployments',
	permission: 'webDeployments:deployment:view',
	request: (page) => ({
		method: 'GET',
		path: `/api/v2/webdeployments/deployments?pageSize=100${page === '' ? '' : `&after=${encodeURIComponent(page)}`}`,
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
