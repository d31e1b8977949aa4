import { createHash } from 'node:crypto';

import { text } from './conversation';
import type { TriggerEvent } from './types';

/** Whatever Genesys Cloud sends on a topic, as it is. */
export const topic: TriggerEvent = {
	value: 'topic',
	name: 'Other Topic',
	description: "Any event of Genesys Cloud's notification service, passed on as it comes",
	targets: 'topic',
	topicOf: (name) => name,
	hasText: false,
	alwaysRaw: true,
	sightingOf: ({ topic: name, body, correlationId = '' }) => {
		const conversationId = text(body.conversationId);
		const content = JSON.stringify([name, correlationId, body]);
		const { eventTime } = body;
		return {
			kind: 'occurrence',
			...(conversationId !== undefined && { conversationId }),
			facts: [
				{
					id: createHash('sha256').update(content).digest('hex'),
					...(typeof eventTime === 'number' && { time: eventTime }),
				},
			],
			ended: false,
		};
	},
};
