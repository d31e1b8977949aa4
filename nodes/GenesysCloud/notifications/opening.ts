import { troubleOf, type Trouble } from './backoff';
import {
	channelExists,
	countChannels,
	createChannel,
	isGone,
	MAX_CHANNELS,
	subscribe,
	type Channel,
} from './channel';
import type { Overlap } from './frames';
import type { Roster } from './roster';
import { CONNECT_TIMEOUT_MS, NotificationSocket, type SocketOwner } from './socket';
import type { ApiClient, Failure, Result } from './standIn';
import type { Connected, HubPorts, Rejection, StoppableClock } from './types';
import type { Waits } from './waits';

/** An open socket on a channel with its topics. */
export interface Session {
	readonly call: ApiClient;
	readonly channel: Channel;
	readonly socket: NotificationSocket;
	readonly openedAt: number;
	/** Another one must have taken over by then, in ms since 1970. */
	readonly rotateAt: number;
	rejected: readonly Rejection[];
	/** The version of the roster whose topics are subscribed. */
	version: number;
	/** While another session takes over from this one, or this one from another. */
	overlap?: { readonly with: Overlap; readonly as: 'old' | 'new' };
}

/** What opening works with. */
export interface OpeningPorts {
	readonly roster: Roster;
	readonly waits: Waits;
	readonly clock: StoppableClock;
	readonly host: HubPorts;
	/** Who listens to the socket of a session. */
	ownerOf(session: () => Session | undefined): SocketOwner;
	/** Whose credential is used now; false when it belongs to another OAuth client by now. */
	belongs(connected: Connected, member: object): boolean;
}

/** A session, or why there is none. */
export type Opening =
	{ readonly ok: true; readonly session: Session } | ({ readonly ok: false } & Trouble);

/** How long a step may take, pacing by the rate limit included, in ms. */
const STEP_TIMEOUT_MS = 2 * 60_000;
/** A channel is used again this often at most; then something may be wrong with it. */
const MAX_REUSES = 10;
/** A channel is replaced this long before it ends, in ms. */
const ROTATE_BEFORE_MS = 5 * 60_000;
/** From here on people are warned, before channels end one another. */
const MANY_CHANNELS = MAX_CHANNELS - 2;

/**
 * Opens a session step by step: credential, channel, topics, socket. The topics come before the socket, so
 * that no event falls between them. Each step has a time limit, and each failure is the same exit.
 */
export class Opener {
	/** Where the opening stands, for the log. */
	step: 'credential' | 'channel' | 'topics' | 'socket' = 'credential';
	private channel: Channel | undefined;
	private reuses = 0;
	/** The last socket did not open; the reason is hidden, so the channel must be asked. */
	private doubtful = false;

	constructor(private readonly ports: OpeningPorts) {}

	/** The next session does not use this channel again. */
	forget({ id }: Channel): void {
		if (this.channel?.id === id) this.channel = undefined;
	}

	async open(): Promise<Opening> {
		const { roster, waits, clock } = this.ports;
		this.step = 'credential';
		const found = await waits.within(STEP_TIMEOUT_MS, roster.connect(clock));
		if (!found) return failed(TOO_SLOW);
		if (!found.result.ok) return failed(found.result.failure);
		const connected = found.result.value;
		if (!this.ports.belongs(connected, found.member)) return failed(MOVED);

		this.step = 'channel';
		const reused = this.channel !== undefined;
		const channel = await this.channelFor(connected);
		if (!channel.ok) return failed(channel.failure);
		this.channel = channel.value;

		this.step = 'topics';
		const { version } = roster;
		const topics = subscribe(connected.call, channel.value, roster.topics());
		const rejected = (await waits.within(STEP_TIMEOUT_MS, topics)) ?? slow();
		if (!rejected.ok) {
			// A new channel that is refused would be so again and again, and each one ends another.
			if (reused && isGone(rejected.failure)) this.channel = undefined;
			const { fatal } = troubleOf(rejected.failure);
			return { ok: false, failure: rejected.failure, fatal: fatal && !reused };
		}

		this.step = 'socket';
		return await this.connect(connected, channel.value, rejected.value, version);
	}

	private async channelFor({ call, apiUrl }: Connected): Promise<Result<Channel>> {
		const { waits, clock } = this.ports;
		const known = this.channel;
		if (known && known.expiresAt > clock.now() && this.reuses < MAX_REUSES) {
			this.reuses++;
			if (!this.doubtful) return { ok: true, value: known };
			const exists = (await waits.within(STEP_TIMEOUT_MS, channelExists(call, known))) ?? slow();
			if (!exists.ok) return exists;
			if (exists.value) return { ok: true, value: known };
		}
		this.channel = undefined;
		this.reuses = 0;
		const creating = createChannel(call, apiUrl, clock.now());
		const created = (await waits.within(STEP_TIMEOUT_MS, creating)) ?? slow();
		if (created.ok) void this.warnOfMany(call);
		return created;
	}

	private async connect(
		{ call }: Connected,
		channel: Channel,
		rejected: readonly Rejection[],
		version: number,
	): Promise<Opening> {
		const { host, waits, clock } = this.ports;
		let session: Session | undefined;
		let socket: NotificationSocket;
		try {
			const owner = this.ports.ownerOf(() => session);
			socket = new NotificationSocket((url) => host.openSocket(url), channel.connectUri, owner);
		} catch {
			// The error's text may hold the address.
			return failed(NOT_OPENED);
		}
		const opened = { call, channel, socket, rejected, version, openedAt: clock.now() };
		session = { ...opened, rotateAt: rotateAt(channel, clock.now()) };
		await waits.until(CONNECT_TIMEOUT_MS, () => socket.state !== 'connecting');
		if (socket.state === 'open' && !clock.stopped()) {
			this.doubtful = false;
			return { ok: true, session };
		}
		socket.drop();
		this.doubtful = true;
		return failed(NOT_OPENED);
	}

	private async warnOfMany(call: ApiClient): Promise<void> {
		const count = await countChannels(call);
		if (count === undefined || count < MANY_CHANNELS) return;
		this.ports.host.log.warn(
			`The OAuth client has ${count} notification channels of ${MAX_CHANNELS}; a further one silently ends another. Give other systems an OAuth client of their own.`,
		);
	}
}

/** Five minutes before the end; at half-time where the whole life is short. */
function rotateAt({ expiresAt }: Channel, now: number): number {
	const life = Math.max(0, expiresAt - now);
	return now + Math.max(life - ROTATE_BEFORE_MS, life / 2);
}

const TROUBLE = { delivered: 'no', transient: true, call: 'read' } as const;
const TOO_SLOW: Failure = { ...TROUBLE, reason: 'timeout' };
const NOT_OPENED: Failure = { ...TROUBLE, reason: 'network', code: 'WEBSOCKET' };
const MOVED: Failure = { ...TROUBLE, reason: 'conflict' };

function slow(): { readonly ok: false; readonly failure: Failure } {
	return { ok: false, failure: TOO_SLOW };
}

function failed(failure: Failure): Opening {
	return { ok: false, ...troubleOf(failure) };
}
