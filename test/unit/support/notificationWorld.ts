import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { Hubs } from '../../../nodes/GenesysCloud/notifications/hub';
import { FakeSocket, type NodeVersion } from './fakeSocket';
import { answerTo } from './playedApi';
import { PlayedChannels } from './playedChannels';
import { bodyOf, QUEUE, topicOf, type PlayedConversation } from './playedConversation';
import { TestSubscriber, type SubscriberOptions } from './testSubscriber';
import { VirtualTime } from './virtualTime';

const REASONS: Readonly<Record<number, Failure['reason']>> = {
	400: 'badRequest',
	403: 'forbidden',
	404: 'notFound',
	429: 'rateLimited',
};

const failure = (status: number): Failure => ({
	reason: REASONS[status] ?? 'serverError',
	delivered: 'no',
	transient: status >= 429,
	httpCode: String(status),
	call: 'read',
});

/** The failure of a call that came to nothing. */
export const NETWORK: Failure = {
	reason: 'network',
	delivered: 'no',
	transient: true,
	call: 'read',
};

/** The failure of a call that lacks a permission. */
export const FORBIDDEN: Failure = {
	...NETWORK,
	reason: 'forbidden',
	transient: false,
	httpCode: '403',
};

/** Genesys Cloud's notifications and conversations, with virtual time. */
export class NotificationWorld {
	readonly time = new VirtualTime();
	readonly channels = new PlayedChannels(this);
	readonly sockets: FakeSocket[] = [];
	readonly requests: ApiRequest[] = [];
	readonly conversations = new Map<string, PlayedConversation>();
	readonly log: string[] = [];
	/** What the organization has. */
	queues: readonly JsonObject[] = [{ id: QUEUE }, { id: 'q2' }];
	/** All that was published, in order. */
	readonly bodies: JsonObject[] = [];
	version: NodeVersion = 24;
	/** What a new socket does: `open`, `refuse`, or never answer. */
	handshake: 'open' | 'refuse' | 'hang' = 'open';
	/** The failure of every call while set; by method and path where it is a function. */
	fault: Failure | ((request: ApiRequest) => Failure | undefined) | undefined;
	channelLifeMs = 24 * 3_600_000;
	tokenLifeMs = 24 * 3_600_000;
	/** How far its clock is ahead of n8n's. */
	aheadMs = 0;
	/** Whether its answers have a `Date`. */
	tellsTime = true;
	analyticsLagMs = 0;
	latencyMs = 20;
	/** Topics that are not permitted, with the permissions. */
	readonly rejected = new Map<string, string[]>();
	/** Topics for which the whole list is refused. */
	readonly poisoned = new Set<string>();
	connectUri = (id: string) => `wss://streaming.mypurecloud.de/channels/${id}`;
	mostLive = 0;
	readonly hubs: Hubs;

	constructor() {
		this.hubs = new Hubs({
			newClock: () => this.time.clock(),
			openSocket: (url) => this.openSocket(url),
			random: () => 0.5,
			log: { info: (text) => this.log.push(text), warn: (text) => this.log.push(text) },
		});
		this.beat();
	}

	/** Sockets that the client holds. */
	get live(): FakeSocket[] {
		return this.sockets.filter((socket) => socket.live);
	}

	/** The socket that events go to. */
	get socket(): FakeSocket | undefined {
		return this.live.at(-1);
	}

	/** What time it is there. */
	get now(): number {
		return this.time.now + this.aheadMs;
	}

	readonly call: ApiClient = async (request) => {
		this.requests.push(request);
		await new Promise<void>((done) => this.time.after(this.latencyMs, done));
		const fault = typeof this.fault === 'function' ? this.fault(request) : this.fault;
		if (fault) return { ok: false, failure: fault };
		const answer = answerTo(this, request);
		return typeof answer === 'number'
			? { ok: false, failure: failure(answer) }
			: { ok: true, value: answer };
	};

	/** A message of a customer; the first one starts the conversation. */
	say(conversationId: string, messageId: string, queueId = QUEUE): void {
		const { now } = this;
		const known = this.conversations.get(conversationId);
		const conversation = known ?? {
			id: conversationId,
			queueId,
			startedAt: now,
			messages: [],
			changedAt: now,
		};
		this.conversations.set(conversationId, conversation);
		conversation.messages.push({ id: messageId, time: now, status: 'received' });
		this.changed(conversation);
	}

	end(conversationId: string): void {
		const conversation = this.conversations.get(conversationId);
		if (!conversation || conversation.endedAt !== undefined) return;
		conversation.endedAt = this.now;
		this.changed(conversation);
	}

	/** Sends an event to all channels that have its topic. */
	publish(topic: string, eventBody: JsonObject): void {
		this.bodies.push(eventBody);
		this.channels.publish(topic, { topicName: topic, version: '2', eventBody });
	}

	/** Ends a channel as Genesys Cloud does: its socket drops, and it is not found any more. */
	endChannels(message?: JsonObject): void {
		for (const channel of this.channels.all()) this.channels.end(channel, message);
	}

	subscriber(options: SubscriberOptions = {}): TestSubscriber {
		return new TestSubscriber(this, options);
	}

	private changed(conversation: PlayedConversation): void {
		conversation.changedAt = this.now;
		this.publish(topicOf(conversation.queueId), bodyOf(conversation));
	}

	private beat(): void {
		this.time.after(30_000, () => {
			for (const { socket } of this.channels.all()) {
				socket?.push({
					topicName: 'channel.metadata',
					eventBody: { message: 'WebSocket Heartbeat' },
				});
			}
			this.beat();
		});
	}

	private openSocket(url: string): FakeSocket {
		const socket = new FakeSocket(url, this.version);
		this.sockets.push(socket);
		this.mostLive = Math.max(this.mostLive, this.live.length);
		this.time.after(this.latencyMs, () => {
			const channel = this.channels.get(url.split('/').at(-1) ?? '');
			if (this.handshake === 'hang') return;
			if (this.handshake === 'refuse' || !channel) {
				socket.end('refused');
				return;
			}
			const { socket: older } = channel;
			channel.socket = socket;
			socket.open();
			if (older) this.time.after(1, () => replaced(older, channel.id));
		});
		return socket;
	}
}

/** A second socket of its channel ends the first one. */
function replaced(socket: FakeSocket, channelId: string): void {
	const topicName = `v2.system.no_longer_subscribed.${channelId}`;
	socket.push({ topicName, eventBody: { channelId, reason: 'another_channel_subscribed' } });
	socket.end('lost');
}
