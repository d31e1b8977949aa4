import { randomBytes } from 'node:crypto';

import type { Timers } from '../../support/timers';
import type { NotificationSettings } from '../notificationSettings';
import type { IssuedToken, Tokens } from '../tokens';
import { namesOf } from './topics';

/** The open socket of a channel. */
export interface ChannelSocket {
	/** Sends an event; a planned fault may be played on it. */
	event(text: string): void;
	/** Sends what is no event, as it is. */
	system(text: string): void;
	close(code: number): void;
	/** Ends the connection at once, without a close frame. */
	terminate(): void;
}

/** A notification channel: what one socket is told. */
export interface NotificationChannel {
	/** A secret: who knows it can listen. */
	readonly id: string;
	readonly token: IssuedToken;
	/** When it expires, milliseconds since 1970. */
	expiresAt: number;
	/** What it is subscribed to, as it was asked for. */
	subscriptions: readonly string[];
	/** The names of all topics of the subscriptions. */
	names: ReadonlySet<string>;
	socket?: ChannelSocket;
	/** Order of the last use. */
	usedAt: number;
}

/** Why a channel ends. */
export type ChannelEnd = 'expired' | 'evicted' | 'tokenRevoked';

/** What the channels need from their simulator. */
interface ChannelsHost {
	readonly timers: Timers;
	readonly tokens: Tokens;
	settings(): NotificationSettings;
	/** Called when a channel has ended, its socket still open. */
	ended(channel: NotificationChannel, why: ChannelEnd): void;
}

/** The notification channels of all OAuth clients. */
export class Channels {
	readonly #byId = new Map<string, NotificationChannel>();
	readonly #host: ChannelsHost;
	#uses = 0;

	constructor(host: ChannelsHost) {
		this.#host = host;
	}

	/** Makes a channel; the client's channel over the limit that was used longest ago ends. */
	create(token: IssuedToken): NotificationChannel {
		this.#makeRoom(token.client.clientId);
		const channel: NotificationChannel = {
			id: `streaming-0-${randomBytes(20).toString('base64url').slice(0, 26)}`,
			token,
			expiresAt: 0,
			subscriptions: [],
			names: new Set(),
			usedAt: 0,
		};
		this.#byId.set(channel.id, channel);
		this.use(channel);
		this.#renew(channel);
		return channel;
	}

	/** A channel that has not ended. */
	get(id: string): NotificationChannel | undefined {
		const channel = this.#byId.get(id);
		if (channel === undefined) return undefined;
		if (!this.#host.tokens.isLive(channel.token)) this.end(channel, 'tokenRevoked');
		else if (Date.now() >= channel.expiresAt) this.end(channel, 'expired');
		return this.#byId.get(id);
	}

	/** The channels of a client that have not ended, oldest first. */
	ofClient(clientId: string): NotificationChannel[] {
		return this.all().filter(({ token }) => token.client.clientId === clientId);
	}

	/** All channels that have not ended, oldest first. */
	all(): NotificationChannel[] {
		return [...this.#byId.keys()]
			.map((id) => this.get(id))
			.filter((channel) => channel !== undefined);
	}

	/** Notes that a channel is used now. */
	use(channel: NotificationChannel): void {
		this.#uses += 1;
		channel.usedAt = this.#uses;
	}

	/** Replaces the subscriptions of a channel, whose life starts anew. */
	subscribe(channel: NotificationChannel, subscriptions: readonly string[]): void {
		channel.subscriptions = [...new Set(subscriptions)];
		channel.names = new Set(subscriptions.flatMap(namesOf));
		this.use(channel);
		this.#renew(channel);
	}

	/** Ends a channel. */
	end(channel: NotificationChannel, why: ChannelEnd): void {
		if (this.#byId.delete(channel.id)) this.#host.ended(channel, why);
	}

	#renew(channel: NotificationChannel): void {
		const lifeMs = this.#host.settings().channelLifetimeSeconds * 1000;
		channel.expiresAt = Date.now() + lifeMs;
		const tokenMs = channel.token.expiresAt - performance.now();
		// Looking at it ends it, when its time has come; a renewed one lives on.
		this.#host.timers.after(Math.min(lifeMs, tokenMs) + 1, () => void this.get(channel.id));
	}

	/** Ends channels until there is room for one more: those without a socket first. */
	#makeRoom(clientId: string): void {
		const channels = this.ofClient(clientId).sort(
			(a, b) =>
				Number(a.socket !== undefined) - Number(b.socket !== undefined) || a.usedAt - b.usedAt,
		);
		const spare = channels.length - this.#host.settings().channelsPerClient + 1;
		for (const channel of channels.slice(0, Math.max(0, spare))) this.end(channel, 'evicted');
	}
}
