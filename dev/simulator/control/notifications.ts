import type { FastifyInstance } from 'fastify';

import type { NotificationFault, NotificationFaultAction } from '../faults/notificationFaults';
import { campaignProgressEvent } from '../formats/events';
import type { SimulatorState } from '../model/state';
import { isRecord } from '../support/checks';
import { checked, ControlError } from './controlError';
import { shownFault } from './faults';

const PATH = '/simulator/notifications';

/** Adds the routes to list channels and to change their fate. */
function addChannelRoutes(scope: FastifyInstance, state: SimulatorState): void {
	const { notifications } = state;
	scope.get(PATH, () => ({
		openSockets: notifications.openSockets,
		peakSockets: notifications.peakSockets,
		channels: notifications.channels.all().map((channel) => ({
			id: channel.id,
			clientId: channel.token.client.clientId,
			expires: new Date(channel.expiresAt).toISOString(),
			connected: channel.socket !== undefined,
			topics: channel.subscriptions,
		})),
	}));
	scope.post(`${PATH}/announce-closing`, (_request, reply) => {
		notifications.announceClosing();
		return reply.code(204).send();
	});
	scope.post(`${PATH}/expire-channels`, (_request, reply) => {
		notifications.expireChannels();
		return reply.code(204).send();
	});
	scope.post<{ Body?: { clientId?: string; channels?: number } }>(
		`${PATH}/eviction-storm`,
		({ body }, reply) => {
			const { clientId, channels = state.settings.channelsPerClient } = body ?? {};
			const client = state.clients.find((one) => one.clientId === clientId) ?? state.clients[0];
			if (client === undefined) throw new ControlError(404, 'There is no OAuth client.');
			notifications.evictionStorm(client, channels);
			return reply.code(204).send();
		},
	);
}

/** Adds the routes of the faults to come, and of one that strikes every open socket now. */
function addFaultRoutes(scope: FastifyInstance, { notifications }: SimulatorState): void {
	const { faults } = notifications;
	scope.get(`${PATH}/faults`, () => faults.all().map(shownFault));
	scope.post(`${PATH}/faults`, ({ body }, reply) => {
		const added: unknown[] = Array.isArray(body) ? body : [body];
		const ids = added.map((fault) => checked(() => faults.add(fault as NotificationFault)));
		return reply.code(201).send({ ids });
	});
	scope.delete(`${PATH}/faults`, (_request, reply) => {
		faults.clear();
		return reply.code(204).send();
	});
	scope.post(`${PATH}/strike`, ({ body }, reply) => {
		checked(() => notifications.strike(body as NotificationFaultAction));
		return reply.code(204).send();
	});
}

function readEvent(body: unknown): { topicName: string; eventBody: object } {
	const { topicName, eventBody } = isRecord(body) ? body : {};
	if (typeof topicName !== 'string' || !isRecord(eventBody)) {
		throw new ControlError(400, 'An event needs a "topicName" and an "eventBody".');
	}
	return { topicName, eventBody };
}

/** Adds the routes that tell events which nothing in the simulator makes. */
function addPublishRoutes(scope: FastifyInstance, state: SimulatorState): void {
	scope.post(`${PATH}/events`, ({ body }, reply) => {
		const { topicName, eventBody } = readEvent(body);
		return reply.code(201).send({ sockets: state.publishTopic(topicName, eventBody) });
	});
	scope.post<{ Params: { id: string }; Body?: { messaged?: number; total?: number } }>(
		'/simulator/campaigns/:id/progress',
		({ params: { id }, body }, reply) => {
			const { messaged = 0, total = 0 } = body ?? {};
			const topicName = `v2.outbound.messagingcampaigns.${id}.progress`;
			const progress = campaignProgressEvent(id, messaged, total);
			return reply.code(201).send({ sockets: state.publishTopic(topicName, progress) });
		},
	);
}

/** Adds the routes of notifications. */
export function addNotificationRoutes(scope: FastifyInstance, state: SimulatorState): void {
	addChannelRoutes(scope, state);
	addFaultRoutes(scope, state);
	addPublishRoutes(scope, state);
}
