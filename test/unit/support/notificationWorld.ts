import type { ApiClient, ApiRequest } from '../../../nodes/GenesysCloud/api/client';
import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import type { Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { Hubs } from '../../../nodes/GenesysCloud/notifications/hub';
import type {
	News,
	Notification,
	OpenConversation,
	Subscriber,
} from '../../../nodes/GenesysCloud/notifications/types';
import { FakeSocket, type NodeVersion } from './fakeSocket';
import { VirtualTime } from './virtualTime';

/** A conversation of the played Genesys Cloud. */
export interface PlayedConversation {
	readonly id: string;
	readonly queueId: string;
	readonly startedAt: number;
	endedAt?: number;
	readonly messages: { readonly id: string; readonly time: number; readonly status: string }[];
	changedAt: number;
}

interface PlayedChannel {
	readonly id: string;
	topics: string[];
	socket?: FakeSocket;
	gone: boolean;
	readonly expiresAt: number;
}

export const ACCOUNT = 'https://api.mypurecloud.de client-1';
export const QUEUE = 'q1';
export const topicOf = (queueId: string) => `v2.routing.queues.${queueId}.conversations.messages`;

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

/** Genesys Cloud's notifications and conversations, with virtual time. */
export class NotificationWorld {
	readonly time = new VirtualTime();
	readonly channels = new Map<string, PlayedChannel>();
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
	analyticsLagMs = 0;
	latencyMs = 20;
	/** Topics that are not permitted, with the permissions. */
	readonly rejected = new Map<string, string[]>();
	/** Topics for which the whole list is refused. */
	readonly poisoned = new Set<string>();
	connectUri = (id: string) => `wss://streaming.mypurecloud.de/channels/${id}`;
	mostLive = 0;
	readonly hubs: Hubs;
	private channelCount = 0;

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

	readonly call: ApiClient = async (request) => {
		this.requests.push(request);
		await new Promise<void>((done) => this.time.after(this.latencyMs, done));
		const fault = typeof this.fault === 'function' ? this.fault(request) : this.fault;
		if (fault) return { ok: false, failure: fault };
		const answer = this.answer(request);
		return typeof answer === 'number'
			? { ok: false, failure: failure(answer) }
			: { ok: true, value: answer };
	};

	/** A message of a customer; the first one starts the conversation. */
	say(conversationId: string, messageId: string, queueId = QUEUE): void {
		const now = this.time.now;
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
		conversation.endedAt = this.time.now;
		this.changed(conversation);
	}

	/** Sends an event to all channels that have its topic. */
	publish(topic: string, eventBody: JsonObject): void {
		this.bodies.push(eventBody);
		for (const { topics, socket } of this.channels.values()) {
			if (topics.includes(topic)) socket?.push({ topicName: topic, version: '2', eventBody });
		}
	}

	/** Ends a channel as Genesys Cloud does: its socket drops, and it is not found any more. */
	endChannels(message?: JsonObject): void {
		for (const channel of this.channels.values()) {
			if (channel.gone) continue;
			channel.gone = true;
			if (message) channel.socket?.push(message);
			channel.socket?.end('lost');
			channel.socket = undefined;
		}
	}

	subscriber(options: Partial<Subscriber> = {}): TestSubscriber {
		return new TestSubscriber(this, options);
	}

	private changed(conversation: PlayedConversation): void {
		conversation.changedAt = this.time.now;
		this.publish(topicOf(conversation.queueId), bodyOf(conversation));
	}

	private beat(): void {
		this.time.after(30_000, () => {
			for (const { socket } of this.channels.values()) {
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
			if (this.handshake === 'refuse' || !channel || channel.gone) {
				socket.end('refused');
				return;
			}
			channel.socket?.end('lost');
			channel.socket = socket;
			socket.open();
		});
		return socket;
	}

	private answer({ method, path, body }: ApiRequest): JsonObject | number {
		const [, channelId, rest] =
			/notifications\/channels(?:\/([^/?]+))?(\/subscriptions)?/.exec(path) ?? [];
		if (path.startsWith('/api/v2/notifications')) {
			if (channelId === undefined)
				return method === 'POST' ? this.newChannel() : this.listChannels();
			const channel = this.channels.get(channelId);
			if (!channel || channel.gone) return 404;
			return rest === undefined
				? {}
				: this.subscribe(
						channel,
						method === 'DELETE' ? [] : (body as JsonObject[]),
						method === 'POST',
					);
		}
		if (path.startsWith('/api/v2/routing/queues?')) return { entities: this.queues, pageCount: 1 };
		if (path.endsWith('/details/query')) return this.details(body as JsonObject);
		const [, conversationId = '', bulk] =
			/conversations\/messages\/([^/]+)(\/messages\/bulk)?/.exec(path) ?? [];
		const conversation = this.conversations.get(conversationId);
		if (!conversation) return 404;
		if (bulk === undefined) return bodyOf(conversation);
		return {
			entities: (body as string[]).map((id) => ({
				id,
				normalizedMessage: { text: `text of ${id}` },
			})),
		};
	}

	private newChannel(): JsonObject {
		const id = `streaming-0-${++this.channelCount}`;
		const expiresAt = this.time.now + this.channelLifeMs;
		this.channels.set(id, { id, topics: [], gone: false, expiresAt });
		this.time.after(this.channelLifeMs, () => {
			const channel = this.channels.get(id);
			if (!channel) return;
			channel.gone = true;
			channel.socket?.end('lost');
		});
		return { id, connectUri: this.connectUri(id), expires: new Date(expiresAt).toISOString() };
	}

	private listChannels(): JsonObject {
		return {
			entities: [...this.channels.values()].filter(({ gone }) => !gone) as unknown as JsonObject[],
		};
	}

	private subscribe(
		channel: PlayedChannel,
		list: readonly JsonObject[],
		adds: boolean,
	): JsonObject | number {
		const ids = list.map(({ id }) => String(id));
		if (ids.some((id) => this.poisoned.has(id))) return 400;
		const earlier = adds ? channel.topics : [];
		channel.topics = [...earlier, ...ids.filter((id) => !this.rejected.has(id))];
		const entities = ids.map((id) =>
			this.rejected.has(id)
				? {
						id,
						state: 'Rejected',
						rejectionReason: 'no',
						missingPermissions: this.rejected.get(id),
					}
				: { id, state: 'Permitted' },
		);
		return { entities };
	}

	private details({ interval, segmentFilters, paging }: JsonObject): JsonObject {
		const [from = 0, to = 0] = String(interval)
			.split('/')
			.map((time) => Date.parse(time));
		const { predicates } = (
			segmentFilters as [{ predicates: { dimension: string; value: string }[] }]
		)[0];
		const queueId = predicates.find(({ dimension }) => dimension === 'queueId')?.value;
		const { pageNumber, pageSize } = paging as { pageNumber: number; pageSize: number };
		const conversations = [...this.conversations.values()]
			.filter((one) => one.queueId === queueId && one.changedAt >= from && one.startedAt <= to)
			.filter(({ startedAt }) => startedAt + this.analyticsLagMs <= this.time.now)
			.map(({ id }) => ({ conversationId: id }))
			.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
		return { conversations };
	}
}

/** A conversation as a queue's topic tells it. */
export function bodyOf({
	id,
	queueId,
	startedAt,
	endedAt,
	messages,
}: PlayedConversation): JsonObject {
	const startTime = new Date(startedAt).toISOString();
	const endTime = endedAt === undefined ? {} : { endTime: new Date(endedAt).toISOString() };
	return {
		id,
		participants: [
			{
				id: `${id}-customer`,
				purpose: 'customer',
				type: 'webmessaging',
				state: endedAt === undefined ? 'connected' : 'disconnected',
				startTime,
				...endTime,
				externalContact: { id: `${id}-contact` },
				attributes: { customerKey: id },
				messages: messages.map((message) => ({
					message: { id: message.id },
					messageTime: new Date(message.time).toISOString(),
					messageStatus: message.status,
					messageMetadata: { type: 'Text' },
				})),
			},
			{ id: `${id}-acd`, purpose: 'acd', startTime, queue: { id: queueId } },
		],
	};
}

let subscribers = 0;

/** A subscriber that keeps what it hears. */
export class TestSubscriber implements Subscriber {
	readonly key: string;
	readonly order: number;
	readonly topics: readonly string[];
	readonly since: number;
	readonly received: Notification[] = [];
	readonly news: News[] = [];
	open: OpenConversation[] = [];
	account = ACCOUNT;
	credential: Failure | undefined;

	constructor(
		private readonly world: NotificationWorld,
		{
			key = `workflow ${++subscribers}`,
			order = ++subscribers,
			topics = [topicOf(QUEUE)],
			since,
		}: Partial<Subscriber>,
	) {
		this.key = key;
		this.order = order;
		this.topics = topics;
		this.since = since ?? world.time.now;
	}

	async connect(): ReturnType<Subscriber['connect']> {
		if (this.credential) return { ok: false, failure: this.credential };
		const apiUrl = 'https://api.mypurecloud.de';
		return { ok: true, value: { account: this.account, apiUrl, call: this.world.call } };
	}

	async receive(notification: Notification): Promise<void> {
		this.received.push(notification);
	}

	openConversations(): readonly OpenConversation[] {
		return this.open;
	}

	hear(news: News): void {
		this.news.push(news);
	}

	get isLive(): boolean {
		return this.news.at(-1)?.kind === 'live';
	}
}
