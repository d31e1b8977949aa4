import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import { findEvent } from '../../../nodes/GenesysCloud/events';

export const AT = '2026-11-22T12:00:00.000Z';
export const LATER = '2026-11-22T12:05:00.000Z';

/** A conversation as a queue's topic tells it; `rest`: as the API gives it. */
export function conversation(form: 'topic' | 'rest', changes: JsonObject = {}): JsonObject {
	const message = (id: string, type: string, messageStatus: string) => ({
		...(form === 'topic' ? { message: { id } } : { messageId: id }),
		messageTime: AT,
		messageStatus,
		messageMetadata: { type },
	});
	return {
		id: 'c1',
		participants: [
			{
				id: 'p1',
				purpose: 'customer',
				type: 'webmessaging',
				state: 'connected',
				startTime: AT,
				externalContact: { id: 'contact' },
				attributes: { customerKey: 'k' },
				messages: [message('m1', 'Text', 'received'), message('m2', 'Event', 'received')],
				...changes,
			},
			{ id: 'p2', purpose: 'acd', queue: { id: 'q1' }, startTime: LATER },
			{ id: 'p3', purpose: 'agent', messages: [message('m3', 'Structured', 'sent')] },
		],
	};
}

export const TOPIC = 'v2.routing.queues.q1.conversations.messages';

/** What an event reads out of a notification. */
export const sighting = (event: string, body: JsonObject, topic = TOPIC) =>
	findEvent(event)?.sightingOf({ topic, body, source: 'live' });
