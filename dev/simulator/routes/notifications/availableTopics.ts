import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { queryValues } from '../../http/fields';
import { TOPICS } from '../../model/notifications/topics';
import type { Topic } from '../../model/notifications/topics';

function permissionsOf({ permissions }: Topic): Models.PermissionDetails {
	const isForUsers = permissions.length === 0;
	return {
		type: isForUsers ? 'requiresCurrentUser' : 'requiresPermissions',
		permissions: [...permissions],
		allowsCurrentUser: isForUsers,
		enforced: true,
	};
}

/** The fields of a topic that a call may ask for by `expand`. */
const fieldsOf = (topic: Topic): Models.AvailableTopic => ({
	description: topic.description,
	permissionDetails: [permissionsOf(topic)],
	requiresPermissions: [...topic.permissions],
	requiresCurrentUser: topic.permissions.length === 0,
	enforced: true,
	visibility: 'Public',
	transports: [...topic.transports],
	topicParameters: ['id'],
});

/** The topics there are. Needs no permission. */
export const availableTopicsRoute: ApiRoute = {
	method: 'GET',
	url: '/api/v2/notifications/availabletopics',
	endpoint: 'read',
	answer(call): Models.AvailableTopicEntityListing {
		const expand = queryValues(call, 'expand');
		const entities = TOPICS.map((topic) => {
			const fields = Object.entries(fieldsOf(topic)).filter(([name]) => expand.includes(name));
			return { id: topic.id, ...Object.fromEntries(fields) };
		});
		return { entities };
	},
};
