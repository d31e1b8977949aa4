import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';

export const QUEUE = 'q1';
export const topicOf = (queueId: string) => `v2.routing.queues.${queueId}.conversations.messages`;

/** A conversation of the played Genesys Cloud. */
export interface PlayedConversation {
	readonly id: string;
	readonly queueId: string;
	readonly startedAt: number;
	endedAt?: number;
	endsWithoutTime?: true;
	readonly messages: { readonly id: string; readonly time: number; readonly status: string }[];
	changedAt: number;
}

/** A conversation as a queue's topic tells it. */
export function bodyOf({
	id,
	queueId,
	startedAt,
	endedAt,
	endsWithoutTime,
	messages,
}: PlayedConversation): JsonObject {
	const startTime = new Date(startedAt).toISOString();
	const endTime = endedAt === undefined ? {} : { endTime: new Date(endedAt).toISOString() };
	return {
		id,
		participants: [
			{
				id: `${id}-customer`,
				purpose: 'customer',
				type: 'webmessaging',
				state: endedAt === undefined && !endsWithoutTime ? 'connected' : 'disconnected',
				startTime,
				...endTime,
				externalContact: { id: `${id}-contact` },
				attributes: { customerKey: id },
				messages: messages.map((message) => ({
					message: { id: message.id },
					messageTime: new Date(message.time).toISOString(),
					messageStatus: message.status,
					messageMetadata: { type: 'Text' },
				})),
			},
			{ id: `${id}-acd`, purpose: 'acd', startTime, queue: { id: queueId } },
		],
	};
}
