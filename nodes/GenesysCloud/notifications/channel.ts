import type { ApiClient } from '../api/client';
import { isLoopback } from '../api/environment';
import { listIn, objectsIn } from '../api/json';
import { Redactor } from '../api/redact';
import type { ServerTime } from '../api/serverTime';
import type { Clock, JsonObject } from '../delivery/types';
import { failed, succeeded, type Failure, type Result } from '../failures/failure';
import { mayPass } from './backoff';
import type { Connected, Rejection } from './types';

/** A notification channel of Genesys Cloud. Its address is a secret: who knows it can listen. */
export interface Channel {
	readonly id: string;
	readonly connectUri: string;
	/** In ms since 1970, by the own clock. */
	readonly expiresAt: number;
}

/** A channel is replaced this long before it ends, in ms. */
export const ROTATE_BEFORE_MS = 5 * 60_000;

/** These calls change no customer's data, so they are made as look-ups: repeated and given up at will. */
const CHANNELS = '/api/v2/notifications/channels';

/** A channel lives for 24 hours; this is assumed when the answer says nothing that can be. */
const CHANNEL_LIFE_MS = 24 * 3_600_000;

/**
 * Creates a channel: `POST /api/v2/notifications/channels`. It ends with the access token that made it, so one
 * that ends soon is renewed before.
 */
export async function createChannel(
	{ call, apiUrl, login }: Connected,
	clock: Clock,
	time: ServerTime,
): Promise<Result<Channel>> {
	const tokenUntil = await login(clock.now() + ROTATE_BEFORE_MS);
	if (!tokenUntil.ok) return tokenUntil;
	const answer = await call({ method: 'POST', path: CHANNELS, reads: true });
	if (!answer.ok) return answer;
	const { id, connectUri, expires } = answer.value;
	if (typeof id !== 'string' || !isTrusted(connectUri, apiUrl)) {
		return failed(FOREIGN_ADDRESS);
	}
	const toldMs = typeof expires === 'string' ? Date.parse(expires) - time.now() : NaN;
	const lifeMs = toldMs > 0 ? toldMs : CHANNEL_LIFE_MS;
	const expiresAt = Math.min(clock.now() + lifeMs, tokenUntil.value);
	return succeeded({ id, connectUri, expiresAt });
}

/** Only a person can mend this, and each try makes a channel, which may end one of another system. */
const FOREIGN_ADDRESS: Failure = {
	reason: 'invalidInput',
	delivered: 'no',
	transient: false,
	call: 'read',
	retryAfterMs: 15 * 60_000,
	input: {
		message: "The notification channel's address does not belong to the credential's environment",
		remedy:
			"The trigger connects to the domain of the credential's API URL only. Use the region of the organization in the credential",
	},
};

/** Only `wss:` to the environment's own domain; a simulator on this machine may do without TLS. */
function isTrusted(connectUri: unknown, apiUrl: string): connectUri is string {
	if (typeof connectUri !== 'string' || !URL.canParse(connectUri)) return false;
	const socket = new URL(connectUri);
	const api = new URL(apiUrl);
	if (socket.protocol === 'ws:') {
		return api.protocol === 'http:' && isLoopback(api.hostname) && isLoopback(socket.hostname);
	}
	if (socket.protocol !== 'wss:') return false;
	const domain = api.hostname.replace(/^api\./, '');
	return socket.hostname === domain || socket.hostname.endsWith(`.${domain}`);
}

/** Whether a channel is still there: `HEAD /api/v2/notifications/channels/{id}`. */
export async function channelExists(call: ApiClient, { id }: Channel): Promise<Result<boolean>> {
	const answer = await call({
		method: 'HEAD',
		path: `${CHANNELS}/${id}`,
		answer: 'any',
		reads: true,
	});
	if (answer.ok) return succeeded(true);
	const { failure } = answer;
	if (isGone(failure)) return succeeded(false);
	// A gateway that takes no HEAD never tells; the call for the topics, which comes next, does.
	return mayPass(failure) ? failed(new Redactor([id]).failure(failure)) : succeeded(true);
}

/** Another token's channel, or none: in each case a new one is needed. */
export function isGone({ httpCode, call }: Failure): boolean {
	return call !== 'token' && ['401', '403', '404'].includes(httpCode ?? '');
}

/** More topics on one channel are refused as a whole. */
export const MAX_TOPICS = 1_000;
/** A longer list that is forbidden is not taken apart: that costs up to two calls a topic. */
const MAX_APART = 100;

/**
 * Replaces a channel's topics.
 * @returns the topics that were not given, with the missing permissions
 */
export async function subscribe(
	call: ApiClient,
	channel: Channel,
	topics: readonly string[],
): Promise<Result<readonly Rejection[]>> {
	const redactor = new Redactor([channel.id]);
	const given = await sendAll(call, channel, topics);
	if (!given.ok) return failed(redactor.failure(given.failure));
	return succeeded(
		given.value.map(({ reason, ...rejection }) => ({
			...rejection,
			...(reason !== undefined && { reason: redactor.text(reason) }),
		})),
	);
}

async function sendAll(
	call: ApiClient,
	channel: Channel,
	topics: readonly string[],
): Promise<Result<readonly Rejection[]>> {
	const asked = topics.slice(0, MAX_TOPICS);
	const whole = await send(call, channel, 'PUT', asked);
	const given = whole.ok ? whole : await sendApart(call, channel, asked, whole.failure);
	if (!given.ok) return given;
	// If none is given, it is not about one of them.
	const isNone = given.value.length === asked.length;
	if (!whole.ok && whole.failure.reason === 'forbidden' && isNone) return whole;
	const tooMany = topics.slice(MAX_TOPICS).map((topic): Rejection => ({
		topic,
		reason: `A notification channel takes at most ${MAX_TOPICS} topics`,
		missingPermissions: [],
	}));
	return succeeded([...given.value, ...tooMany]);
}

/**
 * Sends topics: `PUT …/subscriptions?ignoreErrors=true` replaces all, `POST` adds. Without `ignoreErrors` one
 * topic that is not permitted would cost all the others.
 */
async function send(
	call: ApiClient,
	channel: Channel,
	method: 'PUT' | 'POST',
	topics: readonly string[],
): Promise<Result<readonly Rejection[]>> {
	const answer = await call({
		method,
		path: `${CHANNELS}/${channel.id}/subscriptions?ignoreErrors=true`,
		body: topics.map((topic) => ({ id: topic })),
		answer: 'list',
		reads: true,
	});
	return answer.ok ? succeeded(rejections(answer.value)) : answer;
}

/**
 * A list that is refused as a whole nevertheless is halved until the topic is found that is to blame. The halves
 * are added: replacing by one of them would take the topics of the other one from a channel that is listened to.
 */
async function sendApart(
	call: ApiClient,
	channel: Channel,
	topics: readonly string[],
	failure: Failure,
): Promise<Result<readonly Rejection[]>> {
	const { reason, apiMessage } = failure;
	const mayBeOne =
		reason === 'badRequest' || (reason === 'forbidden' && topics.length <= MAX_APART);
	const [topic] = topics;
	if (!mayBeOne || topic === undefined) return failed(failure);
	if (topics.length === 1) {
		return succeeded([{ topic, reason: apiMessage, missingPermissions: [] }]);
	}
	const middle = Math.ceil(topics.length / 2);
	const rejected: Rejection[] = [];
	for (const half of [topics.slice(0, middle), topics.slice(middle)]) {
		const sent = await send(call, channel, 'POST', half);
		const given = sent.ok ? sent : await sendApart(call, channel, half, sent.failure);
		if (!given.ok) return given;
		rejected.push(...given.value);
	}
	return succeeded(rejected);
}

/** Each topic once, whatever the answer repeats: they are counted. */
function rejections({ entities }: JsonObject): Rejection[] {
	const rejected = objectsIn(entities)
		.filter(({ id, state }) => typeof id === 'string' && state === 'Rejected')
		.map(({ id, rejectionReason, missingPermissions }) => ({
			topic: id as string,
			...(typeof rejectionReason === 'string' && { reason: rejectionReason }),
			missingPermissions: listIn(missingPermissions).filter(
				(permission) => typeof permission === 'string',
			),
		}));
	return [...new Map(rejected.map((rejection) => [rejection.topic, rejection])).values()];
}

/** Leaves a channel that nobody listens to without topics; it ends by itself. */
export async function unsubscribeAll(call: ApiClient, { id }: Channel): Promise<void> {
	await call({ method: 'DELETE', path: `${CHANNELS}/${id}/subscriptions`, answer: 'any' });
}

/** At 20 channels of an OAuth client a further one silently ends another. */
export const MAX_CHANNELS = 20;

/** How many channels the OAuth client has; `undefined` when that cannot be learned. */
export async function countChannels(call: ApiClient): Promise<number | undefined> {
	const path = `${CHANNELS}?includechannels=oauthclient`;
	const answer = await call({ method: 'GET', path, answer: 'any', reads: true });
	const entities = answer.ok ? answer.value.entities : undefined;
	return Array.isArray(entities) ? entities.length : undefined;
}
