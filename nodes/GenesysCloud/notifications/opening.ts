import type { ApiClient } from '../api/client';
import { failed, succeeded, type Failure, type Result } from '../failures/failure';
import { NO_WEBSOCKET, troubleOf } from './backoff';
import {
	channelExists,
	countChannels,
	createChannel,
	isGone,
	MAX_CHANNELS,
	subscribe,
	unsubscribeAll,
	type Channel,
} from './channel';
import type { Member, Tried } from './roster';
import { Session, type SessionPorts } from './session';
import { CONNECT_TIMEOUT_MS } from './socket';
import type { Connected, Subscribed } from './types';

/** What opening works with. */
export interface OpeningPorts extends SessionPorts {
	/** False when the credential belongs to another OAuth client by now. */
	belongs(connected: Connected, member: Member): boolean;
}

/** A session, or why there is none. */
export type Opening =
	{ readonly ok: true; readonly session: Session } | ({ readonly ok: false } & Tried);

/** How long a step may take, pacing by the rate limit included, in ms. */
const STEP_TIMEOUT_MS = 2 * 60_000;
/** A channel that has opened is used again this often at most; then something may be wrong with it. */
const MAX_REUSES = 10;
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
	/** Makes calls with the credential that the channel was last used with. */
	private call: ApiClient | undefined;
	private reuses = 0;
	private mostReuses = MAX_REUSES;
	/** Whether a socket has opened on the channel. */
	private hasOpened = false;
	/** The last socket or list of topics came to nothing; whether the channel is to blame must be asked. */
	private doubtful = false;

	constructor(private readonly ports: OpeningPorts) {}

	/** The next session does not use this channel again. */
	forget({ id }: Channel): void {
		if (this.channel?.id === id) this.channel = undefined;
	}

	/** Nobody listens any more: leaves the channel without topics, unless it is one that its session sees to. */
	release(seenTo: Channel | undefined): void {
		const { call, channel } = this;
		if (call && channel && channel.id !== seenTo?.id) void unsubscribeAll(call, channel);
	}

	async open(): Promise<Opening> {
		const { roster, clock } = this.ports;
		this.step = 'credential';
		const found = await clock.within(roster.connect(clock), STEP_TIMEOUT_MS);
		if (!found) return notOpened(TOO_SLOW);
		const { member, result } = found;
		if (result.ok && !this.ports.belongs(result.value, member)) return notOpened(MOVED);
		const opening = result.ok ? await this.openWith(result.value) : notOpened(result.failure);
		return opening.ok ? opening : { ...opening, member };
	}

	private async openWith(connected: Connected): Promise<Opening> {
		const { roster } = this.ports;
		this.step = 'channel';
		const channel = await this.channelFor(connected);
		if (!channel.ok) return notOpened(channel.failure);
		this.channel = channel.value;
		this.call = connected.call;

		this.step = 'topics';
		const { version } = roster;
		const topics = subscribe(connected.call, channel.value, roster.topics());
		const rejected = await this.inTime(topics);
		if (!rejected.ok) {
			const { fatal } = troubleOf(rejected.failure);
			const isOfChannel = this.hasOpened && isGone(rejected.failure);
			// A new channel that is refused would be so again and again, and each one ends another.
			if (isOfChannel) this.channel = undefined;
			else this.doubtful ||= isGone(rejected.failure);
			return { ok: false, failure: rejected.failure, fatal: fatal && !isOfChannel };
		}

		this.step = 'socket';
		return await this.connect(connected.call, channel.value, { rejected: rejected.value, version });
	}

	private async channelFor(connected: Connected): Promise<Result<Channel>> {
		const { clock, time } = this.ports;
		const { call } = connected;
		const known = this.channel;
		if (known && known.expiresAt > clock.now() && this.reuses < this.mostReuses) {
			this.reuses++;
			if (!this.doubtful) return succeeded(known);
			const exists = await this.inTime(channelExists(call, known));
			if (!exists.ok) return exists;
			if (exists.value) return succeeded(known);
		}
		// Where none opens, it is not the channel's fault, and each new one may end one of another system.
		if (this.reuses >= this.mostReuses && !this.hasOpened) this.mostReuses *= 2;
		this.channel = undefined;
		this.reuses = 0;
		this.hasOpened = false;
		const creating = createChannel(connected, clock, time);
		const created = await this.inTime(creating);
		if (created.ok) void this.warnOfMany(call);
		return created;
	}

	/** A step that takes too long has failed. */
	private async inTime<T>(step: Promise<Result<T>>): Promise<Result<T>> {
		return (await this.ports.clock.within(step, STEP_TIMEOUT_MS)) ?? failed(TOO_SLOW);
	}

	private async connect(call: ApiClient, channel: Channel, topics: Subscribed): Promise<Opening> {
		const { waits, clock } = this.ports;
		let session: Session;
		try {
			session = new Session(call, channel, topics, this.ports);
		} catch {
			// The error's text may hold the address.
			return notOpened(NOT_OPENED);
		}
		const { socket } = session;
		await waits.until(CONNECT_TIMEOUT_MS, () => socket.state !== 'connecting');
		this.doubtful = socket.state !== 'open';
		if (socket.state === 'open' && !clock.stopped()) {
			this.hasOpened = true;
			this.mostReuses = MAX_REUSES;
			return { ok: true, session };
		}
		socket.drop();
		return notOpened(NOT_OPENED);
	}

	private async warnOfMany(call: ApiClient): Promise<void> {
		const count = await countChannels(call);
		if (count === undefined || count < MANY_CHANNELS) return;
		this.ports.host.log.warn(
			`The OAuth client has ${count} notification channels of ${MAX_CHANNELS}; a further one silently ends another. Give other systems an OAuth client of their own.`,
		);
	}
}

const TROUBLE = { delivered: 'no', transient: true, call: 'read' } as const;
const TOO_SLOW: Failure = { ...TROUBLE, reason: 'timeout' };
const NOT_OPENED: Failure = { ...TROUBLE, reason: 'network', code: NO_WEBSOCKET };
const MOVED: Failure = { ...TROUBLE, reason: 'conflict' };

function notOpened(failure: Failure): Opening {
	return { ok: false, ...troubleOf(failure) };
}
