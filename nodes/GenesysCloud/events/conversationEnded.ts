import { queueTopic, sightingOfConversation } from './conversation';
import type { TriggerEvent } from './types';

/** The customer is not connected any more, whoever ended the conversation. */
export const conversationEnded: TriggerEvent = {
	value: 'conversationEnded',
	name: 'Conversation Ended',
	description: 'A conversation of a queue ended for the customer',
	targets: 'queues',
	topicOf: queueTopic,
	hasText: false,
	sightingOf: (notification) =>
		sightingOfConversation(notification, ({ ended, endedAt }) =>
			ended ? [{ id: 'ended', time: endedAt }] : [],
		),
};
