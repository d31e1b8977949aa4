import type { Models } from 'purecloud-platform-client-v2';

import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import { ApiError, documentedError } from '../../http/errors';
import { badField, queryFlag } from '../../http/fields';
import { missingPermissions } from '../../http/permissions';
import { findTopic, namesOf } from '../../model/notifications/topics';
import { isGranted } from '../../model/tokens';
import { isRecord } from '../../support/checks';
import { channelFor } from './channels';

const URL = '/api/v2/notifications/channels/:channelId/subscriptions';

/** What a topic of a call is answered with, and the error of the call without `ignoreErrors`. */
interface Verdict {
	readonly id: string;
	readonly refusal?: { readonly reason: string; readonly error: ApiError; missing?: string[] };
}

function readIds({ body }: ApiCall): string[] {
	if (!Array.isArray(body)) throw documentedError(400);
	return body.map((topic: unknown) => {
		if (isRecord(topic) && typeof topic.id === 'string' && topic.id !== '') return topic.id;
		throw badField('id', 'field.required');
	});
}

function judgeName({ state, token }: ApiCall, id: string, name: string): Verdict {
	const found = findTopic(state.directory, name);
	if (found === undefined) {
		const message = `The topic [${name}] is not valid`;
		return {
			id,
			refusal: { reason: 'invalid topic', error: badField('id', 'invalid.topic', message) },
		};
	}
	const { permissions } = found.topic;
	const missing = permissions.filter((permission) => !isGranted(token.client, permission));
	if (missing.length > 0) {
		const error = missingPermissions(missing);
		return { id, refusal: { reason: 'missing permissions', error, missing } };
	}
	if (permissions.length === 0) {
		return { id, refusal: { reason: 'requires a user', error: documentedError(403) } };
	}
	if (found.exists) return { id };
	return { id, refusal: { reason: 'not found', error: documentedError(404) } };
}

/** A subscription that names several topics is refused with the first of them that is. */
function judge(call: ApiCall, id: string): Verdict {
	const verdicts = namesOf(id).map((name) => judgeName(call, id, name));
	return verdicts.find(({ refusal }) => refusal !== undefined) ?? { id };
}

/** A planned fault rejects the last topics of a call. */
function judgeAll(call: ApiCall, ids: readonly string[]): Verdict[] {
	const fault = call.state.notifications.faults.take('subscribe');
	const rejected = fault?.kind === 'rejectTopics' ? (fault.topics ?? 1) : 0;
	return ids.map((id, index) =>
		index < ids.length - rejected
			? judge(call, id)
			: {
					id,
					refusal: { reason: 'missing permissions', error: documentedError(403), missing: [] },
				},
	);
}

function topicOf(call: ApiCall, { id, refusal }: Verdict): Models.ChannelTopic {
	const selfUri = URL.replace(':channelId', call.params.channelId ?? '');
	if (refusal === undefined) return { id, state: 'Permitted', selfUri };
	const { reason: rejectionReason, missing: missingPermissions } = refusal;
	return { id, state: 'Rejected', rejectionReason, missingPermissions, selfUri };
}

/**
 * Subscribes a channel to topics. With `ignoreErrors` those that are permitted, else all or none.
 *
 * @throws ApiError 400 for too many topics, and without `ignoreErrors` that of the first refused one
 */
function subscribe(call: ApiCall, before: readonly string[]): Models.ChannelTopicEntityListing {
	const { channels } = call.state.notifications;
	const channel = channelFor(call);
	const ids = readIds(call);
	const max = call.state.settings.topicsPerChannel;
	if (new Set([...before, ...ids]).size > max) {
		const message = `The number of topics is over the limit of ${max}`;
		throw new ApiError(400, 'bad.request', message);
	}
	const verdicts = judgeAll(call, ids);
	if (!queryFlag(call, 'ignoreErrors')) {
		const refused = verdicts.find(({ refusal }) => refusal !== undefined)?.refusal;
		if (refused !== undefined) throw refused.error;
	}
	const permitted = verdicts.filter(({ refusal }) => refusal === undefined).map(({ id }) => id);
	channels.subscribe(channel, [...before, ...permitted]);
	return { entities: verdicts.map((verdict) => topicOf(call, verdict)) };
}

const replaceRoute: ApiRoute = {
	method: 'PUT',
	url: URL,
	endpoint: 'read',
	answer: (call) => subscribe(call, []),
};

const addRoute: ApiRoute = {
	method: 'POST',
	url: URL,
	endpoint: 'read',
	answer: (call) => subscribe(call, channelFor(call).subscriptions),
};

const listRoute: ApiRoute = {
	method: 'GET',
	url: URL,
	endpoint: 'read',
	answer(call): Models.ChannelTopicEntityListing {
		return { entities: channelFor(call).subscriptions.map((id) => topicOf(call, { id })) };
	},
};

const removeRoute: ApiRoute = {
	method: 'DELETE',
	url: URL,
	endpoint: 'read',
	answer(call) {
		call.state.notifications.channels.subscribe(channelFor(call), []);
		return {};
	},
};

/** Replaces, adds, lists and removes the subscriptions of a channel; topics need permissions. */
export const subscriptionRoutes: readonly ApiRoute[] = [
	replaceRoute,
	addRoute,
	listRoute,
	removeRoute,
];
