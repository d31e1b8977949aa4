import { hash } from 'node:crypto';

import { textIn } from '../api/json';
import { moment } from './conversation';
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
	sightingOf: ({ topic: name, body, correlationId }) => {
		const content = JSON.stringify([name, correlationId, body]);
		return {
			kind: 'occurrence',
			conversationId: textIn(body.conversationId),
			facts: [
				{
					id: hash('sha256', content),
					time: moment(body.eventTime),
				},
			],
		};
	},
};
