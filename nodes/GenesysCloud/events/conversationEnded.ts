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
		// By what the customer did last: Genesys Cloud may tell of the same end with and without its time.
		sightingOfConversation(notification, ({ ended, leftAt, customerAt }) =>
			ended ? [{ id: `ended ${customerAt ?? ''}`, time: leftAt, isEnd: true }] : [],
		),
};
