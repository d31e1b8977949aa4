import type { Models } from 'purecloud-platform-client-v2';

import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import { documentedError } from '../../http/errors';
import { invalidValue, queryValues } from '../../http/fields';
import type { NotificationChannel } from '../../model/notifications/channels';

const PATH = '/api/v2/notifications/channels';
const INCLUDES = ['token', 'oauthclient'];

function channelOf({ secure, host }: ApiCall, channel: NotificationChannel): Models.Channel {
	const { id, expiresAt } = channel;
	const connectUri = `${secure ? 'wss' : 'ws'}://${host}/channels/${id}`;
	return { connectUri, id, expires: new Date(expiresAt).toISOString() };
}

/**
 * The channel that a call is for.
 *
 * @throws ApiError 404 when it is gone, or another client's or (by the setting) another token's
 */
export function channelFor({ state, token, params }: ApiCall): NotificationChannel {
	const channel = state.notifications.channels.get(params.channelId ?? '');
	const isOwn =
		state.settings.channelBinding === 'token'
			? channel?.token === token
			: channel?.token.client === token.client;
	if (channel === undefined || !isOwn) throw documentedError(404);
	state.notifications.channels.use(channel);
	return channel;
}

const createRoute: ApiRoute = {
	method: 'POST',
	url: PATH,
	endpoint: 'read',
	answer(call): Models.Channel {
		return channelOf(call, call.state.notifications.channels.create(call.token));
	},
};

/** Channels of other tokens are told without their ID and address: they show that they exist. */
const listRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	answer(call): Models.ChannelEntityListing {
		const { state, token } = call;
		const [included = 'token'] = queryValues(call, 'includechannels');
		if (!INCLUDES.includes(included)) throw invalidValue('includechannels', included, INCLUDES);
		const entities = state.notifications.channels
			.ofClient(token.client.clientId)
			.filter((channel) => included === 'oauthclient' || channel.token === token)
			.map((channel) => {
				const { expires, ...secrets } = channelOf(call, channel);
				return channel.token === token ? { ...secrets, expires } : { expires };
			});
		return { entities };
	},
};

const headRoute: ApiRoute = {
	method: 'HEAD',
	url: `${PATH}/:channelId`,
	endpoint: 'read',
	answer(call) {
		channelFor(call);
		return {};
	},
};

/** Makes, lists and checks notification channels. Needs no permission. */
export const channelRoutes: readonly ApiRoute[] = [createRoute, listRoute, headRoute];
