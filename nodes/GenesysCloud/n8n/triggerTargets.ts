import type { ApiClient } from '../api/client';
import type { TriggerSettings } from './triggerSettings';

/** More are not looked at: a person waits. */
const MAX_CHECKED = 20;

const KINDS = {
	queues: { what: 'queue', path: '/api/v2/routing/queues/' },
	deployments: { what: 'deployment', path: '/api/v2/webdeployments/deployments/' },
} as const;

/** A queue or deployment that the node names and Genesys Cloud does not know. */
export interface UnknownTarget {
	readonly what: string;
	readonly id: string;
}

/** Looks whether the queues or deployments exist. One that cannot be looked at counts as existing. */
export async function findUnknownTarget(
	call: ApiClient,
	{ event, targets }: TriggerSettings,
): Promise<UnknownTarget | undefined> {
	if (event.targets === 'topic') return undefined;
	const { what, path } = KINDS[event.targets];
	const looks = targets.slice(0, MAX_CHECKED).map(async (id) => {
		const answer = await call({ method: 'GET', path: path + id, reads: true });
		return !answer.ok && answer.failure.httpCode === '404' ? { what, id } : undefined;
	});
	return (await Promise.all(looks)).find((unknown) => unknown !== undefined);
}
