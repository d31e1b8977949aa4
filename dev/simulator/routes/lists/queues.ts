import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { queryValues } from '../../http/fields';
import { pageOf } from '../../http/paging';

const PATH = '/api/v2/routing/queues';
const CREATED = '2026-02-10T08:00:00.000Z';
const DIVISION = { id: '7d2e4c10-1009-4b6f-8a21-000000000001', name: 'Home', selfUri: '' };

/** Whether a name is as a filter wants it; asterisks at its ends stand for anything. */
function matches(name: string, filter: string): boolean {
	const wanted = filter.toLowerCase();
	const text = wanted.replace(/^\*|\*$/g, '');
	const found = name.toLowerCase();
	if (wanted.startsWith('*') && wanted.endsWith('*')) return found.includes(text);
	if (wanted.startsWith('*')) return found.endsWith(text);
	return wanted.endsWith('*') ? found.startsWith(text) : found === text;
}

/** The queues. */
export const queuesRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	permission: 'routing:queue:view',
	answer(call): Models.QueueEntityListing {
		const [filter = '*'] = queryValues(call, 'name');
		const found = call.state.directory.queues
			.all()
			.filter(({ name }) => matches(name, filter))
			.map(({ id, name }) => ({
				id,
				name,
				division: DIVISION,
				dateCreated: CREATED,
				memberCount: 1,
				joinedMemberCount: 1,
				selfUri: `${PATH}/${id}`,
			}));
		return pageOf(call, PATH, found);
	},
};
