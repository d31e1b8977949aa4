import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import type { NotificationWorld } from './notificationWorld';
import { bodyOf } from './playedConversation';

/** What the played Genesys Cloud answers; a number is the status of a refusal. */
export function answerTo(world: NotificationWorld, request: ApiRequest): JsonObject | number {
	const { path, body } = request;
	if (path.startsWith('/api/v2/notifications')) return answerOfChannels(world, request);
	if (path.startsWith('/api/v2/routing/queues?')) return { entities: world.queues, pageCount: 1 };
	if (path.endsWith('/details/query')) return details(world, body as JsonObject);
	const [, conversationId = '', bulk] =
		/conversations\/messages\/([^/]+)(\/messages\/bulk)?/.exec(path) ?? [];
	const conversation = world.conversations.get(conversationId);
	if (!conversation) return 404;
	if (bulk === undefined) return bodyOf(conversation);
	return {
		entities: (body as string[]).map((id) => ({
			id,
			normalizedMessage: { text: `text of ${id}` },
		})),
	};
}

function answerOfChannels(
	{ channels }: NotificationWorld,
	{ method, path, body }: ApiRequest,
): JsonObject | number {
	const [, channelId, rest] =
		/notifications\/channels(?:\/([^/?]+))?(\/subscriptions)?/.exec(path) ?? [];
	if (channelId === undefined) {
		return method === 'POST'
			? channels.create()
			: { entities: channels.all() as unknown as JsonObject[] };
	}
	const channel = channels.get(channelId);
	if (!channel) return 404;
	if (rest === undefined) return {};
	const list = method === 'DELETE' ? [] : (body as JsonObject[]);
	return channels.subscribe(channel, list, method === 'POST');
}

function details(
	{ conversations, analyticsLagMs, now }: NotificationWorld,
	{ interval, segmentFilters, paging }: JsonObject,
): JsonObject {
	const [from = 0, to = 0] = String(interval)
		.split('/')
		.map((time) => Date.parse(time));
	const { predicates } = (
		segmentFilters as [{ predicates: { dimension: string; value: string }[] }]
	)[0];
	const queueId = predicates.find(({ dimension }) => dimension === 'queueId')?.value;
	const { pageNumber, pageSize } = paging as { pageNumber: number; pageSize: number };
	const found = [...conversations.values()]
		.filter((one) => one.queueId === queueId && one.changedAt >= from && one.startedAt <= to)
		.filter(({ startedAt }) => startedAt + analyticsLagMs <= now)
		.map(({ id }) => ({ conversationId: id }))
		.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
	return { conversations: found };
}
