import fastifyWebsocket from '@fastify/websocket';
import type { FastifyInstance } from 'fastify';

import { documentedError } from '../http/errors';
import { newCorrelationId } from '../http/observe';
import type { SimulatorState } from '../model/state';
import { NotificationSocket } from './socket';

interface OfChannel {
	Params: { channelId: string };
}

/**
 * Adds the WebSocket of notification channels. The path carries the channel's secret ID, and nothing else
 * is asked for; a channel that is gone is a 404 of the handshake.
 */
export async function registerSockets(
	scope: FastifyInstance,
	state: SimulatorState,
): Promise<void> {
	// A broken frame of a client ends its socket, and that is all.
	await scope.register(fastifyWebsocket, { errorHandler: (_error, socket) => socket.terminate() });
	scope.get<OfChannel>(
		'/channels/:channelId',
		{
			websocket: true,
			preValidation: async ({ params }, reply) => {
				const { channels, faults } = state.notifications;
				const fault = faults.take('handshake');
				const refused = fault?.kind === 'refuseHandshake' ? fault.status : undefined;
				const status = channels.get(params.channelId) === undefined ? 404 : refused;
				if (status === undefined) return;
				await reply.code(status).send(documentedError(status).toBody(newCorrelationId(reply)));
			},
		},
		(webSocket, { params, raw }) => {
			const channel = state.notifications.channels.get(params.channelId);
			if (channel === undefined) webSocket.close(1011);
			else new NotificationSocket({ webSocket, tcp: raw.socket }, state, channel).open();
		},
	);
}
