import { conversationEvent, queueConversationEvent, undeliveredEvent } from '../formats/events';
import type { SimulatorState } from '../model/state';

/** Tells what changes in the simulator to those who are subscribed to it. */
export function publishChanges(state: SimulatorState): void {
	const { changes, notifications } = state;
	changes.on('conversation', (conversation) => {
		const { queueId } = conversation;
		if (queueId === undefined) return;
		const topic = `v2.routing.queues.${queueId}.conversations`;
		notifications.publish(`${topic}.messages`, () => queueConversationEvent(state, conversation));
		notifications.publish(topic, () => conversationEvent(state, conversation));
	});
	changes.on('undelivered', (message, conversation) => {
		const topic = `v2.webmessaging.deployments.${conversation.fromAddress}.undelivered.messages`;
		notifications.publish(topic, () => undeliveredEvent(state, message, conversation));
	});
}
