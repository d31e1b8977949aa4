import type { ApiClient } from '../../../nodes/GenesysCloud/api/client';
import type { HttpResponse } from '../../../nodes/GenesysCloud/api/http';
import { succeeded, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import type {
	News,
	Notification,
	OpenConversation,
	Subscriber,
} from '../../../nodes/GenesysCloud/notifications/types';
import type { NotificationWorld } from './notificationWorld';
import { QUEUE, topicOf } from './playedConversation';

export const ACCOUNT = 'https://api.mypurecloud.de client-1';

type ConnectResult = ReturnType<Subscriber['connect']>;

let subscribers = 0;

/** An answer that tells the time. */
function dated(now: number): HttpResponse {
	const date = new Date(now).toUTCString();
	return { status: 200, text: '', header: (name) => (name === 'date' ? date : undefined) };
}

/** `since`: of all topics alike. */
export type SubscriberOptions = Partial<Omit<Subscriber, 'since'>> & { since?: number };

/** A subscriber that keeps what it hears. */
export class TestSubscriber implements Subscriber {
	readonly key: string;
	readonly order: number;
	readonly topics: readonly string[];
	readonly recovers: boolean;
	readonly since: () => number | undefined;
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
			recovers = true,
			since,
		}: SubscriberOptions,
	) {
		this.key = key;
		this.order = order;
		this.topics = topics;
		this.recovers = recovers;
		this.since = () => since;
	}

	async connect(...[, serverTime]: Parameters<Subscriber['connect']>): ConnectResult {
		if (this.credential) return { ok: false, failure: this.credential };
		const { world, account } = this;
		const call: ApiClient = async (request) => {
			const askedAt = world.time.now;
			const result = await world.call(request);
			if (world.tellsTime) serverTime.observe(dated(world.now), askedAt);
			return result;
		};
		const login = async (until: number) => succeeded(world.channels.login(until));
		return succeeded({ account, apiUrl: 'https://api.mypurecloud.de', call, login });
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
