import { randomUUID } from 'node:crypto';

import type { NotificationChannel } from './channels';

/** The topic of heartbeats and pongs. */
const METADATA = 'channel.metadata';

/** A heartbeat. */
export const HEARTBEAT = JSON.stringify({
	topicName: METADATA,
	eventBody: { message: 'WebSocket Heartbeat' },
});

/** The answer to `{"message":"ping"}`. */
export const PONG = JSON.stringify({ topicName: METADATA, eventBody: { message: 'pong' } });

/** Tells that the socket will be closed for maintenance. */
export const SOCKET_CLOSING = JSON.stringify({
	topicName: 'v2.system.socket_closing',
	eventBody: { message: 'The socket is closing, reconnect within one minute.' },
});

/** An event of a topic. */
export function eventFrame(topicName: string, eventBody: object): string {
	const metadata = { CorrelationId: randomUUID() };
	return JSON.stringify({ topicName, version: '2', eventBody, metadata });
}

function systemFrame(
	{ id: channelId, token }: NotificationChannel,
	systemTopicType: string,
	reason: string,
	message: string,
): string {
	return JSON.stringify({
		topicName: `v2.system.${systemTopicType}.${channelId}`,
		eventBody: {
			channelId,
			systemTopicType,
			correlationId: randomUUID(),
			oauthClientId: token.client.clientId,
			reason,
			message,
		},
	});
}

/** Tells that another socket, or another channel, took the place of this one. */
export const noLongerSubscribed = (channel: NotificationChannel): string =>
	systemFrame(
		channel,
		'no_longer_subscribed',
		'another_channel_subscribed',
		'Another channel has subscribed.',
	);

/** Tells that the access token of a channel is no longer valid. */
export const tokenRevoked = (channel: NotificationChannel): string =>
	systemFrame(channel, 'token_revoked', 'user_tokens_revoked', 'The access token was revoked.');
