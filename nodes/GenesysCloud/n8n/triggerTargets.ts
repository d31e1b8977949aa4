import type { ApiClient } from '../api/client';
import { objectsIn } from '../api/json';
import type { JsonObject } from '../delivery/types';
import type { Rejection } from '../notifications/types';
import type { TriggerSettings } from './triggerSettings';

/** A person waits: more are not looked at, and further pages of a list are not read. */
const MAX_CHECKED = 100;

/** Where the IDs are that the OAuth client may see. Only queues can be asked for by ID. */
const LISTS = {
	queues: {
		what: 'queue',
		path: (ids: readonly string[]) =>
			`/api/v2/routing/queues?pageSize=${MAX_CHECKED}&${ids.map((id) => `id=${id}`).join('&')}`,
	},
	deployments: {
		what: 'deployment',
		path: () => `/api/v2/webdeployments/deployments?pageSize=${MAX_CHECKED}`,
	},
} as const;

/** A queue or deployment that the node names and Genesys Cloud does not know. */
export interface UnknownTarget {
	readonly what: string;
	readonly id: string;
}

/**
 * Looks whether the queues or deployments exist: Genesys Cloud gives a topic for any ID. What cannot be looked
 * at counts as existing.
 */
export async function findUnknownTarget(
	call: ApiClient,
	{ event, targets }: TriggerSettings,
	rejected: readonly Rejection[],
): Promise<UnknownTarget | undefined> {
	if (event.targets === 'topic') return undefined;
	const { what, path } = LISTS[event.targets];
	// What is in a division that the OAuth client has no role for is not listed either.
	const forbidden = rejected.filter(({ missingPermissions }) => missingPermissions.length > 0);
	const asked = targets
		.filter((target) => !forbidden.some(({ topic }) => topic === event.topicOf(target)))
		.slice(0, MAX_CHECKED);
	const answer = await call({ method: 'GET', path: path(asked), answer: 'list', reads: true });
	if (!answer.ok) return undefined;
	const { entities } = answer.value;
	if (!Array.isArray(entities) || !isWhole(answer.value, entities.length)) return undefined;
	const known = new Set(objectsIn(entities).map((entity) => entity.id));
	const id = asked.find((candidate) => !known.has(candidate));
	return id === undefined ? undefined : { what, id };
}

/** Whether a list has no further pages; lists of Genesys Cloud say it in several ways. */
function isWhole({ pageCount, nextUri, total }: JsonObject, length: number): boolean {
	const pages = typeof pageCount === 'number' ? pageCount : 1;
	const all = typeof total === 'number' ? total : length;
	return pages <= 1 && all <= length && typeof nextUri !== 'string';
}
