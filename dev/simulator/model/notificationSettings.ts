import { isAtLeast, oneOf } from '../support/checks';
import type { Check } from '../support/checks';

/** How notifications and what they tell of behave. All times but the channel's life are milliseconds. */
export interface NotificationSettings {
	/** Seconds until a channel expires; a PUT of its subscriptions starts them anew. */
	channelLifetimeSeconds: number;
	/** Channels of one OAuth client; one more ends the one that was used longest ago. */
	channelsPerClient: number;
	/** Subscriptions of one channel. */
	topicsPerChannel: number;
	/** Who may use a channel: every token of its client, or only the token that made it. */
	channelBinding: 'client' | 'token';
	/** Between two heartbeats; null = none. */
	heartbeatMs: number | null;
	/** Whether a ping is answered. */
	pings: 'answered' | 'ignored';
	/** From `v2.system.socket_closing` to the forced end of the socket. */
	socketClosingMs: number;
	/** Whether new conversations go to the queue "Service", or stay with a bot, on no queue. */
	conversationQueue: 'default' | 'none';
	/** Until a web message to a closed browser is told as undelivered. */
	undeliveredAfterMs: number;
	/** How much later the analytics query knows what happened. */
	analyticsLagMs: number;
}

/** The defaults: what is documented, else what is most likely. */
export const DEFAULT_NOTIFICATION_SETTINGS: Readonly<NotificationSettings> = {
	channelLifetimeSeconds: 86_400,
	channelsPerClient: 20,
	topicsPerChannel: 1000,
	channelBinding: 'client',
	heartbeatMs: 30_000,
	pings: 'answered',
	socketClosingMs: 60_000,
	conversationQueue: 'default',
	undeliveredAfterMs: 5000,
	analyticsLagMs: 0,
};

const POSITIVE: Check = [(value) => isAtLeast(value, Number.MIN_VALUE), 'a number above 0'];
const COUNT: Check = [
	(value) => Number.isInteger(value) && isAtLeast(value, 1),
	'a whole number of at least 1',
];
const TIME: Check = [(value) => isAtLeast(value, 0), 'a number of at least 0'];

/** What values the settings take. */
export const NOTIFICATION_CHECKS: Record<keyof NotificationSettings, Check> = {
	channelLifetimeSeconds: POSITIVE,
	channelsPerClient: COUNT,
	topicsPerChannel: COUNT,
	channelBinding: oneOf('client', 'token'),
	heartbeatMs: [(value) => value === null || isAtLeast(value, 1), 'null or a number of at least 1'],
	pings: oneOf('answered', 'ignored'),
	socketClosingMs: TIME,
	conversationQueue: oneOf('default', 'none'),
	undeliveredAfterMs: TIME,
	analyticsLagMs: TIME,
};
