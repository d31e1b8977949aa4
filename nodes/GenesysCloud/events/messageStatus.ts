import { queueTopic, sightingOfConversation, type Conversation } from './conversation';
import type { Fact, TriggerEvent } from './types';

/** The first statuses of a message: that it is there, and that it was sent, which has the message's time. */
const QUEUED = 'queued';
const SENT = 'sent';
/** All that Genesys Cloud knows but the first one. */
const STATUSES = [
	SENT,
	...['failed', 'received', 'delivery-success', 'delivery-failed', 'read', 'removed', 'published'],
];

/** A message to the customer got another status. Each status of a message is told once. */
export const messageStatus: TriggerEvent = {
	value: 'messageStatus',
	name: 'Message Status Changed',
	description:
		'A message to a customer in a conversation of a queue was sent, delivered, read, or failed',
	targets: 'queues',
	topicOf: queueTopic,
	hasText: true,
	sightingOf: (notification) => sightingOfConversation(notification, factsOf),
};

function factsOf({ messages }: Conversation): Fact[] {
	const sent = messages.filter(({ fromCustomer, isContent }) => !fromCustomer && isContent);
	const last = sent.at(-1);
	return sent.flatMap((message): Fact[] => {
		const { id, participantId, status, time } = message;
		if (status === undefined || status === QUEUED) return [];
		const fact = { id: `${id} ${status}`, messageId: id, status, participantId };
		if (status === SENT) return [{ ...fact, time }];
		const statuses = STATUSES.map((each) => `${id} ${each}`);
		return [{ ...fact, change: { sentAt: time, statuses, isLast: message === last } }];
	});
}
