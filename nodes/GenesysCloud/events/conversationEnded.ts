import { queueTopic, sightingOfConversation } from './conversation';
import type { TriggerEvent } from './types';

/** The customer is not connected any more, whoever ended it. One that goes on afterwards ends once more. */
export const conversationEnded: TriggerEvent = {
	value: 'conversationEnded',
	name: 'Conversation Ended',
	description: 'A conversation of a queue ended for the customer',
	targets: 'queues',
	topicOf: queueTopic,
	hasText: false,
	sightingOf: (notification) =>
		sightingOfConversation(notification, ({ ended, endedAt }) =>
			ended ? [{ id: `ended ${endedAt ?? ''}`, time: endedAt, isEnd: true }] : [],
		),
};
