import type { JsonObject } from '../../../nodes/GenesysCloud/delivery/types';
import type { FakeSocket } from './fakeSocket';
import type { NotificationWorld } from './notificationWorld';

/** A notification channel of the played Genesys Cloud. */
interface PlayedChannel {
	readonly id: string;
	topics: string[];
	socket?: FakeSocket | undefined;
	gone: boolean;
}

const TOKEN_REVOKED = { topicName: 'v2.system.token_revoked.x', eventBody: {} };

/** All notification channels of the one OAuth client, and its access token, with which they end. */
export class PlayedChannels {
	/** Access tokens that were fetched. */
	logins = 0;
	private readonly byId = new Map<string, PlayedChannel>();
	private tokenEndsAt = 0;

	constructor(private readonly world: NotificationWorld) {}

	/** How many there ever were. */
	get size(): number {
		return this.byId.size;
	}

	/** One that has not ended. */
	get(id: string): PlayedChannel | undefined {
		const channel = this.byId.get(id);
		return channel?.gone ? undefined : channel;
	}

	/** Those that have not ended. */
	all(): PlayedChannel[] {
		return [...this.byId.values()].filter(({ gone }) => !gone);
	}

	/** Sees to a token that lasts until then. @returns until when it can be used */
	login(until: number): number {
		const { now } = this.world.time;
		if (this.tokenEndsAt <= Math.max(now, until)) {
			this.logins++;
			this.tokenEndsAt = now + this.world.tokenLifeMs;
		}
		return this.tokenEndsAt;
	}

	create(): JsonObject {
		const { time, channelLifeMs, connectUri, aheadMs } = this.world;
		const id = `streaming-0-${this.byId.size + 1}`;
		const channel: PlayedChannel = { id, topics: [], gone: false };
		this.byId.set(id, channel);
		const tokenMs = this.login(0) - time.now;
		const farewell = tokenMs < channelLifeMs ? TOKEN_REVOKED : undefined;
		time.after(Math.min(tokenMs, channelLifeMs), () => this.end(channel, farewell));
		const expires = new Date(time.now + aheadMs + channelLifeMs).toISOString();
		return { id, connectUri: connectUri(id), expires };
	}

	/** @param message what its socket is told before it drops */
	end(channel: PlayedChannel, message?: JsonObject): void {
		if (channel.gone) return;
		channel.gone = true;
		if (message) channel.socket?.push(message);
		channel.socket?.end('lost');
		channel.socket = undefined;
	}

	publish(topic: string, frame: JsonObject): void {
		for (const { topics, socket } of this.all()) {
			if (topics.includes(topic)) socket?.push(frame);
		}
	}

	subscribe(
		channel: PlayedChannel,
		list: readonly JsonObject[],
		adds: boolean,
	): JsonObject | number {
		const { poisoned, rejected } = this.world;
		const ids = list.map(({ id }) => String(id));
		if (ids.some((id) => poisoned.has(id))) return 400;
		const earlier = adds ? channel.topics : [];
		channel.topics = [...earlier, ...ids.filter((id) => !rejected.has(id))];
		const entities = ids.map((id) =>
			rejected.has(id)
				? { id, state: 'Rejected', rejectionReason: 'no', missingPermissions: rejected.get(id) }
				: { id, state: 'Permitted' },
		);
		return { entities };
	}
}
