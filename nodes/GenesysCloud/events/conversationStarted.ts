import { queueTopic, sightingOfConversation } from './conversation';
import type { TriggerEvent } from './types';

/** A conversation came to a queue. One that a bot alone handles never does, and nobody is told of it. */
export const conversationStarted: TriggerEvent = {
	value: 'conversationStarted',
	name: 'Conversation Started',
	description: 'A new conversation came to a queue',
	targets: 'queues',
	topicOf: queueTopic,
	hasText: false,
	sightingOf: (notification) =>
		sightingOfConversation(notification, ({ queuedAt }) => [{ id: 'started', time: queuedAt }]),
};
