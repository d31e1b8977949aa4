import type { ApiClient } from '../api/client';
import type { ServerTime } from '../api/serverTime';
import { GOOD_AFTER_MS, type Waits } from './backoff';
import { ROTATE_BEFORE_MS, type Channel } from './channel';
import { type ChannelLoss, Overlap, readFrame } from './frames';
import type { Roster } from './roster';
import { NotificationSocket, type SocketOwner } from './socket';
import type { HubPorts, StoppableClock, Subscribed } from './types';

/** And is used for this long at least, in ms: two changes at a time would be one too many. */
const LEAST_LIFE_MS = 5_000;

/** After the announcement that it closes a session has so long at most, in ms: it may wait for no more. */
const LONGEST_WAIT_MS = 30_000;

/** Genesys Cloud's own clients give a connection up after this silence, in ms. */
export const SILENT_AFTER_MS = 35_000;

/** What a session works with. */
export interface SessionPorts {
	readonly roster: Roster;
	readonly waits: Waits;
	readonly clock: StoppableClock;
	/** Genesys Cloud's. */
	readonly time: ServerTime;
	readonly host: HubPorts;
}

/** A socket on a channel with its topics, and what its frames have said of its end. */
export class Session implements SocketOwner {
	readonly socket: NotificationSocket;
	readonly openedAt: number;
	/** When the last frame came, in ms since 1970. */
	heardAt: number;
	/** The same by Genesys Cloud's time. */
	receivedUntil: number;
	/** Another one must have taken over by then, in ms since 1970. */
	private readonly rotateAt: number;
	/** How many before it, one after another, were announced to close as soon as they had opened. */
	private shortLived = 0;
	/** The same for sessions that took over from one another without a gap. */
	era: object = {};
	/** Whether a frame has come since this was set back. */
	hasSpoken = false;
	/** Genesys Cloud closes the socket within a minute. */
	closing = false;
	/** Why the channel is not to be used any more. */
	lost: ChannelLoss | undefined;
	/** While another session takes over from this one, or this one from another. */
	overlap: { readonly with: Overlap; readonly as: 'old' | 'new' } | undefined;

	/** @throws Error when the channel's address cannot be used */
	constructor(
		readonly call: ApiClient,
		readonly channel: Channel,
		readonly topics: Subscribed,
		private readonly ports: SessionPorts,
	) {
		this.openedAt = ports.clock.now();
		this.heardAt = this.openedAt;
		this.receivedUntil = ports.time.now();
		this.rotateAt = rotateAt(channel, this.openedAt);
		const { host } = ports;
		this.socket = new NotificationSocket((url) => host.openSocket(url), channel.connectUri, this);
	}

	/** Whether another one is to take over now. */
	isDue(now: number): boolean {
		const waitMs =
			this.shortLived === 0 ? 0 : Math.min(1_000 * 2 ** this.shortLived, LONGEST_WAIT_MS);
		return now >= this.rotateAt || (this.closing && now >= this.openedAt + waitMs);
	}

	/** Why it has ended; `undefined` while it goes on. */
	whyEnded(silentMs: number): string | undefined {
		// Genesys Cloud says why and then closes: the reason comes first.
		if (this.lost) return `the channel is ${this.lost}`;
		if (this.socket.state === 'ended') return 'the connection was closed';
		return silentMs >= SILENT_AFTER_MS ? `nothing came for ${SILENT_AFTER_MS / 1000} s` : undefined;
	}

	/** It takes over from another one. */
	follow(old: Session): void {
		const isShort = old.closing && this.openedAt - old.openedAt < GOOD_AFTER_MS;
		this.shortLived = isShort ? old.shortLived + 1 : 0;
	}

	heard(): void {
		this.heardAt = this.ports.clock.now();
		// A lost channel has no topics, even if its socket still answers.
		if (!this.lost) this.receivedUntil = this.ports.time.now();
		if (this.hasSpoken) return;
		this.hasSpoken = true;
		this.changed();
	}

	changed(): void {
		this.ports.waits.ring();
	}

	frame(data: unknown): void {
		const { roster, host } = this.ports;
		const frame = readFrame(data);
		if (frame.kind === 'event') {
			const { topic, body, correlationId } = frame;
			if (!this.isCopy(frame)) roster.deliver({ topic, body, correlationId, source: 'live' });
		} else if (frame.kind === 'closing') {
			this.closing = true;
			this.changed();
		} else if (frame.kind === 'tooLong') {
			host.log.warn('An event of more than 16 MB came, which cannot be told');
		} else if (frame.kind === 'lost' && (frame.channelId ?? this.channel.id) === this.channel.id) {
			this.lost = frame.why;
			this.changed();
		}
	}

	private isCopy(event: Parameters<Overlap['isCopy']>[1]): boolean {
		try {
			return this.overlap?.with.isCopy(this.overlap.as, event) ?? false;
		} catch {
			// Better twice than not at all: whoever tells it knows what was told.
			return false;
		}
	}
}

/** Five minutes before the end; at half-time where the whole life is short. */
function rotateAt({ expiresAt }: Channel, now: number): number {
	const life = expiresAt - now;
	return now + Math.max(life - ROTATE_BEFORE_MS, life / 2, LEAST_LIFE_MS);
}

/** Two sockets overlap for this long, so that what is on its way on the old one still arrives, in ms. */
const LINGER_MS = 2_000;

/**
 * Lets an open session take over from another one: no event falls in between, and none is told twice. Where the
 * old one cannot be shown to have been well until now, there is a gap since it was.
 *
 * @returns false when it was stopped meanwhile
 */
export async function takeOver(
	old: Session,
	next: Session,
	{ roster, clock, waits }: SessionPorts,
): Promise<boolean> {
	next.follow(old);
	const overlap = new Overlap();
	old.overlap = { with: overlap, as: 'old' };
	next.overlap = { with: overlap, as: 'new' };
	if (await isWell(old, next, waits)) next.era = old.era;
	else roster.missed(old.receivedUntil);
	if (clock.stopped()) return false;
	void dropLater(old, next, clock);
	return true;
}

/**
 * It may have been dead for a while without a sign of it. What it answers comes after all its events, and the
 * socket of a channel that is lost may still answer. The second socket of a channel ends the first one: that
 * it says so now is an answer.
 */
async function isWell(old: Session, next: Session, waits: Waits): Promise<boolean> {
	const hasSpoken = () => old.hasSpoken;
	const isLost = () => old.lost !== undefined;
	if (old.socket.state === 'ended' || isLost()) return false;
	old.hasSpoken = false;
	old.socket.ping();
	await waits.until(LINGER_MS, () => hasSpoken() || isLost());
	return hasSpoken() && (!isLost() || old.channel.id === next.channel.id);
}

async function dropLater(old: Session, next: Session, clock: StoppableClock): Promise<void> {
	await clock.sleep(LINGER_MS, 'backoff');
	old.socket.drop();
	// Its last copies may still be on their way on the new one.
	await clock.sleep(LINGER_MS, 'backoff');
	next.overlap = undefined;
}
