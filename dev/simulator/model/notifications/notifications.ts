import {
	NotificationFaultPlan,
	canStrike,
	checkNotificationFault,
} from '../../faults/notificationFaults';
import type { NotificationFaultAction } from '../../faults/notificationFaults';
import type { Timers } from '../../support/timers';
import type { NotificationSettings } from '../notificationSettings';
import type { OAuthClient, Tokens } from '../tokens';
import { Channels } from './channels';
import type { ChannelEnd, ChannelSocket, NotificationChannel } from './channels';
import { eventFrame, noLongerSubscribed, SOCKET_CLOSING, tokenRevoked } from './frames';

/** A socket on which a fault can be played at once. */
export interface StrikableSocket extends ChannelSocket {
	strike(fault: NotificationFaultAction): void;
}

/** What notifications need from their simulator. */
interface NotificationsHost {
	readonly seed: number;
	readonly timers: Timers;
	readonly tokens: Tokens;
	settings(): NotificationSettings;
}

/** The socket of another program. */
const DEAF: ChannelSocket = {
	event: () => undefined,
	system: () => undefined,
	close: () => undefined,
	terminate: () => undefined,
};

/** Genesys Cloud's notifications: channels, their sockets, and what is told on them. */
export class Notifications {
	/** The channels of all OAuth clients. */
	readonly channels: Channels;
	/** The faults to come. */
	readonly faults: NotificationFaultPlan;
	readonly #sockets = new Set<StrikableSocket>();
	readonly #host: NotificationsHost;
	#peak = 0;

	constructor(host: NotificationsHost) {
		this.#host = host;
		this.faults = new NotificationFaultPlan(host.seed);
		const { timers, tokens } = host;
		this.channels = new Channels({
			timers,
			tokens,
			settings: () => host.settings(),
			ended: (channel, why) => endSocket(channel, why),
		});
	}

	/** How many sockets are open, half-open ones included. */
	get openSockets(): number {
		return this.#sockets.size;
	}

	/** The most sockets that were open at one moment since the last `clear`. */
	get peakSockets(): number {
		return this.#peak;
	}

	/** Gives a channel its socket; a socket that it had is closed. */
	attach(channel: NotificationChannel, socket: StrikableSocket): void {
		const before = channel.socket;
		channel.socket = socket;
		this.channels.use(channel);
		this.#sockets.add(socket);
		this.#peak = Math.max(this.#peak, this.#sockets.size);
		before?.system(noLongerSubscribed(channel));
		before?.close(1000);
	}

	/** Notes that a socket's connection has ended. */
	detach(channel: NotificationChannel, socket: StrikableSocket): void {
		this.#sockets.delete(socket);
		if (channel.socket === socket) channel.socket = undefined;
	}

	/**
	 * Tells an event to every channel that is subscribed to its topic. Without an open socket it is lost.
	 *
	 * @returns to how many sockets it was given
	 */
	publish(topicName: string, eventBody: () => object): number {
		const channels = this.channels.all().filter(({ names }) => names.has(topicName));
		const sockets = channels.map(({ socket }) => socket).filter((socket) => socket !== undefined);
		if (sockets.length === 0) return 0;
		const frame = eventFrame(topicName, eventBody());
		for (const socket of sockets) socket.event(frame);
		return sockets.length;
	}

	/** Announces maintenance on every socket, and closes those that are left when the time is over. */
	announceClosing(): void {
		const sockets = [...this.#sockets];
		for (const socket of sockets) socket.system(SOCKET_CLOSING);
		this.#host.timers.after(this.#host.settings().socketClosingMs, () => {
			for (const socket of sockets) socket.close(1001);
		});
	}

	/**
	 * Plays a fault on every open socket now.
	 *
	 * @throws Error with one sentence when it is none that needs no event
	 */
	strike(fault: NotificationFaultAction): void {
		const checked = checkNotificationFault(fault);
		if (!canStrike(checked)) throw new Error(`"${checked.kind}" strikes at its occasion alone.`);
		for (const socket of [...this.#sockets]) socket.strike(checked);
	}

	/** Ends all channels as if their time were over. */
	expireChannels(): void {
		for (const channel of this.channels.all()) this.channels.end(channel, 'expired');
	}

	/** Another program with the same client makes and uses channels, which end those of everyone else. */
	evictionStorm(client: OAuthClient, channels: number): void {
		const value = this.#host.tokens.issue(client, [], 86_400);
		const token = this.#host.tokens.find(value);
		if (token === undefined) return;
		for (let count = 0; count < channels; count += 1) {
			this.channels.create(token).socket = DEAF;
		}
	}

	/** Ends the channels of tokens that are no longer valid. */
	checkTokens(): void {
		this.channels.all();
	}

	/** Ends all connections at once. */
	terminate(): void {
		for (const socket of [...this.#sockets]) socket.terminate();
	}

	/** Forgets channels and faults, and ends all connections. */
	clear(): void {
		this.terminate();
		this.expireChannels();
		this.faults.clear();
		this.#peak = 0;
	}
}

function endSocket(channel: NotificationChannel, why: ChannelEnd): void {
	const { socket } = channel;
	if (socket === undefined) return;
	if (why === 'evicted') socket.system(noLongerSubscribed(channel));
	if (why === 'tokenRevoked') socket.system(tokenRevoked(channel));
	socket.close(1000);
}
