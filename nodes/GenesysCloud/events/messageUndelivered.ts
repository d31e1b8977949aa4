import { objectsIn, textIn } from '../api/json';
import { moment } from './conversation';
import type { TriggerEvent } from './types';

/** Messages that a web messaging customer was not there to receive. */
export const messageUndelivered: TriggerEvent = {
	value: 'messageUndelivered',
	name: 'Message Undelivered',
	description: 'A message of web messaging did not reach the customer, who had left the page',
	targets: 'deployments',
	topicOf: (deploymentId) => `v2.webmessaging.deployments.${deploymentId}.undelivered.messages`,
	hasText: true,
	sightingOf: ({ body }) => {
		const conversationId = textIn(body.conversationId);
		if (conversationId === undefined) return undefined;
		return {
			kind: 'occurrence',
			conversationId,
			facts: objectsIn(body.messages).flatMap(({ id, eventTimeMs }) => {
				const messageId = textIn(id);
				if (messageId === undefined) return [];
				const status = 'undelivered';
				return [
					{
						id: messageId,
						messageId,
						status,
						time: moment(eventTimeMs) ?? moment(body.eventTimeMs),
					},
				];
			}),
			externalContactId: textIn(body.externalContactId),
			participantId: textIn(body.participantId),
			channel: 'webmessaging',
		};
	},
};
