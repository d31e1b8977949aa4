import { WebSocket } from 'ws';

import { SEEDED } from '../../../dev/simulator';
import type { Simulator } from '../../../dev/simulator';
import { clientOf, logIn, until } from '../support';
import type { Answer, Http } from '../support';

export const CHANNELS = '/api/v2/notifications/channels';

/** The topic of the message conversations of the seeded queue. */
export const QUEUE_TOPIC = `v2.routing.queues.${SEEDED.queueId}.conversations.messages`;

/** What comes over a notification socket. */
export interface Frame {
	topicName: string;
	eventBody: Record<string, unknown>;
	metadata?: { CorrelationId: string };
}

/** An open notification socket, and what came over it. */
export interface Listener {
	readonly socket: WebSocket;
	/** Frames that are JSON, heartbeats included. */
	readonly frames: Frame[];
	/** Frames that are none: their sizes. */
	readonly garbage: number[];
	/** The code with which the socket was closed. */
	readonly closed: Promise<number>;
	/** The frames of a topic. */
	readonly of: (topicName: string) => Frame[];
	/** Waits for so many frames of a topic. */
	readonly wait: (topicName: string, count: number) => Promise<Frame[]>;
}

/** Opens a socket; rejects with the status of a handshake that is refused. */
export async function listen(connectUri: string, cert?: string): Promise<Listener> {
	const socket = new WebSocket(connectUri, { ca: cert });
	const frames: Frame[] = [];
	const garbage: number[] = [];
	socket.on('message', (data: Buffer, isBinary: boolean) => {
		try {
			if (isBinary) throw new Error('A binary frame.');
			frames.push(JSON.parse(data.toString()) as Frame);
		} catch {
			garbage.push(data.length);
		}
	});
	const closed = new Promise<number>((resolve) => socket.once('close', resolve));
	await new Promise<void>((resolve, reject) => {
		socket.once('open', resolve);
		socket.once('error', reject);
	});
	socket.on('error', () => undefined);
	const of = (topicName: string): Frame[] => frames.filter((one) => one.topicName === topicName);
	const wait = async (topicName: string, count: number): Promise<Frame[]> => {
		await until(() => of(topicName).length >= count);
		return of(topicName);
	};
	return { socket, frames, garbage, closed, of, wait };
}

/** A client of the notifications API with one access token. */
export interface Subscriber {
	readonly http: Http;
	readonly headers: { Authorization: string };
	/** Makes a channel. */
	readonly create: () => Promise<{ id: string; connectUri: string; expires: string }>;
	/** Replaces a channel's subscriptions. */
	readonly put: (channelId: string, topics: readonly string[], query?: string) => Promise<Answer>;
	/** Makes a channel with subscriptions and opens its socket. */
	readonly subscribe: (
		...topics: string[]
	) => Promise<Listener & { id: string; connectUri: string }>;
}

/** Logs in to use the notifications API. */
export async function subscriberOf(
	simulator: Simulator,
	login?: { username: string; password: string },
): Promise<Subscriber> {
	const http = clientOf(simulator);
	const headers = await logIn(http, login);
	const create: Subscriber['create'] = async () => {
		const { data } = await http.post(CHANNELS, undefined, { headers });
		return data as unknown as { id: string; connectUri: string; expires: string };
	};
	const put: Subscriber['put'] = async (channelId, topics, query = '') => {
		const body = topics.map((id) => ({ id }));
		return await http.put(`${CHANNELS}/${channelId}/subscriptions${query}`, body, { headers });
	};
	return {
		http,
		headers,
		create,
		put,
		subscribe: async (...topics) => {
			const { id, connectUri } = await create();
			const { status } = await put(id, topics);
			if (status !== 200) throw new Error(`The subscriptions were answered with ${status}.`);
			return { id, connectUri, ...(await listen(connectUri)) };
		},
	};
}
