import type { FastifyInstance } from 'fastify';

import { SEEDED } from '../model/directory/seeds';
import { CHANNELS, isChannel } from '../model/messaging/channels';
import type { Channel } from '../model/messaging/channels';
import type { ConversationParties } from '../model/messaging/conversation';
import type { SimulatorState } from '../model/state';
import { isRecord } from '../support/checks';
import { ControlError } from './controlError';

interface ById {
	Params: { id: string };
	Body?: { disconnectType?: string };
}

const SENDERS: Record<Channel, string> = {
	sms: SEEDED.smsNumber,
	whatsapp: SEEDED.whatsappIntegrationId,
	open: SEEDED.openIntegrationId,
	webmessaging: SEEDED.deploymentId,
	apple: SEEDED.appleIntegrationId,
};

function readParties(body: unknown): ConversationParties {
	const { channel, fromAddress, ...to } = isRecord(body) ? body : {};
	if (!isChannel(channel)) {
		throw new ControlError(400, `"channel" must be one of: ${CHANNELS.join(', ')}.`);
	}
	const field = channel === 'webmessaging' ? 'externalContactId' : 'toAddress';
	const recipient = to[field];
	if (typeof recipient !== 'string' || recipient === '') {
		throw new ControlError(400, `"${field}" must be a text that is not empty.`);
	}
	return {
		channel,
		fromAddress: typeof fromAddress === 'string' ? fromAddress : SENDERS[channel],
		recipient,
	};
}

/** Adds the routes to list conversations, to let a customer write, and to end a conversation. */
export function addConversationRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { conversations } = state;
	scope.get('/simulator/conversations', () => conversations.all());
	scope.post('/simulator/conversations', ({ body }, reply) =>
		reply.code(201).send(conversations.connect(readParties(body))),
	);
	scope.post<ById>('/simulator/conversations/:id/disconnect', ({ params: { id }, body }, reply) => {
		if (!conversations.disconnect(id, body?.disconnectType)) {
			throw new ControlError(404, `There is no conversation "${id}".`);
		}
		return reply.send(conversations.get(id));
	});
}
