import { queueTopic, sightingOfConversation } from './conversation';
import type { TriggerEvent } from './types';

/** A customer wrote: a new content message of the customer's participant. */
export const customerMessage: TriggerEvent = {
	value: 'customerMessage',
	name: 'Customer Message',
	description: 'A customer wrote a message in a conversation of a queue',
	targets: 'queues',
	topicOf: queueTopic,
	hasText: true,
	sightingOf: (notification) =>
		sightingOfConversation(notification, ({ messages }) =>
			messages
				.filter(({ fromCustomer, isContent }) => fromCustomer && isContent)
				.map(({ id, time, status, writer }) => ({ id, messageId: id, time, status, ...writer })),
		),
};
