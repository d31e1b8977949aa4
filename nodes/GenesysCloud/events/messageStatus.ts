import { queueTopic, sightingOfConversation } from './conversation';
import type { TriggerEvent } from './types';

/** The first status of every message, which says no more than that it is there. */
const FIRST = 'queued';

/** A message to the customer got another status. Each status of a message is told once. */
export const messageStatus: TriggerEvent = {
	value: 'messageStatus',
	name: 'Message Status Changed',
	description:
		'A message to a customer in a conversation of a queue was sent, delivered, read, or failed',
	targets: 'queues',
	topicOf: queueTopic,
	hasText: true,
	sightingOf: (notification) =>
		sightingOfConversation(notification, ({ messages }) =>
			messages.flatMap(({ id, fromCustomer, isContent, participantId, time, status }) =>
				fromCustomer || !isContent || status === undefined || status === FIRST
					? []
					: [{ id: `${id} ${status}`, messageId: id, status, participantId, time }],
			),
		),
};
