import { Backoff, troubleOf, type Trouble } from './backoff';
import { isGone, subscribe, unsubscribeAll } from './channel';
import { Overlap, readFrame, type ChannelLoss, type Frame } from './frames';
import { GapFill } from './gapFill';
import { Opener, type OpeningPorts, type Session } from './opening';
import type { Roster } from './roster';
import type { SocketOwner } from './socket';
import type { HubPorts, StoppableClock } from './types';
import { Waits } from './waits';

/** Heartbeats come every 30 s: after this silence the node asks for a sign of life, in ms. */
const PING_AFTER_MS = 20_000;
/** Genesys Cloud's own clients give a connection up after this silence, in ms. */
const SILENT_AFTER_MS = 35_000;
/** Two sockets overlap for this long, so that what is on its way on the old one still arrives, in ms. */
const LINGER_MS = 2_000;
/** Topics that were rejected are asked for again this often, in ms: a role may have been given. */
const ASK_AGAIN_MS = 15 * 60_000;

/** A connection that was lost: the next one is made at once if this one has held for a while. */
const LOST: Trouble = {
	failure: { reason: 'network', delivered: 'no', transient: true, code: 'LOST', call: 'read' },
	fatal: false,
};

/** What the frames of a session have said of its end. */
interface Signs {
	closing: boolean;
	lost: ChannelLoss | undefined;
}

/**
 * The connection of one OAuth client: one loop owns it from start to stop. Opening, live, and waiting lead
 * to one another without an end; only `stop` leads out.
 */
export class Link {
	private readonly waits: Waits;
	private readonly opener: Opener;
	private readonly backoff: Backoff;
	private readonly gaps: GapFill;
	private session: Session | undefined;
	private signs: Signs = { closing: false, lost: undefined };
	/** A subscriber came while there was no connection. */
	private nudged = false;
	private downSince: number;
	/** After a failed change of the live session: when to try again, in ms since 1970. */
	private notBefore = 0;
	/** When rejected topics are asked for again, in ms since 1970. */
	private askAgainAt = Infinity;

	constructor(
		private readonly roster: Roster,
		private readonly clock: StoppableClock,
		private readonly host: HubPorts,
		belongs: OpeningPorts['belongs'],
	) {
		this.waits = new Waits(clock);
		this.backoff = new Backoff(() => host.random());
		this.gaps = new GapFill(roster, clock, host, (session) => session === this.session);
		this.downSince = clock.now();
		const ownerOf = (session: () => Session | undefined): SocketOwner => ({
			now: () => clock.now(),
			changed: () => this.waits.ring(),
			frame: (data) => this.received(session(), readFrame(data)),
		});
		this.opener = new Opener({ roster, waits: this.waits, clock, host, ownerOf, belongs });
	}

	/** The live session, if there is one. */
	get current(): Session | undefined {
		return this.session;
	}

	/** A subscriber came: it does not wait for the others' next try. */
	nudge(): void {
		this.nudged = true;
		this.waits.ring();
	}

	/** Resolves after `stop`; never rejects. */
	async run(): Promise<void> {
		while (!this.clock.stopped()) {
			const opening = await this.opener.open();
			if (this.clock.stopped()) {
				if (opening.ok) opening.session.socket.drop();
			} else if (opening.ok) {
				await this.live(opening.session);
				await this.wait(LOST);
			} else {
				await this.wait(opening);
			}
		}
	}

	/** Ends everything at once: nothing is told from here on. */
	stop(): void {
		const { session } = this;
		this.session = undefined;
		if (session) {
			session.socket.drop();
			void unsubscribeAll(session.call, session.channel);
		}
		this.clock.stop();
		this.waits.ring();
	}

	private async wait(trouble: Trouble): Promise<void> {
		if (this.clock.stopped()) return;
		const now = this.clock.now();
		const ms = this.backoff.next(trouble, now);
		const { failure, fatal } = trouble;
		const why = [failure.reason, failure.httpCode, failure.code].filter(Boolean).join(' ');
		this.host.log.warn(
			`No notifications from Genesys Cloud (${this.opener.step}: ${why}); next try in ${Math.ceil(ms / 1000)} s`,
		);
		this.roster.trouble({ kind: 'trouble', failure, fatal, outageMs: now - this.downSince });
		this.nudged = false;
		await this.waits.until(ms, () => this.nudged);
	}

	private async live(opened: Session): Promise<void> {
		this.enter(opened);
		const downMs = this.clock.now() - this.downSince;
		this.host.log.info(
			`Receiving notifications from Genesys Cloud after ${Math.round(downMs / 1000)} s`,
		);
		let pinged = false;
		while (!this.clock.stopped() && this.session) {
			await this.waits.pause();
			const { session } = this;
			if (this.clock.stopped() || !session) return;
			const silentMs = this.clock.now() - session.socket.lastFrameAt;
			// Genesys Cloud says why and then closes: the reason comes first.
			if (this.signs.lost) return this.loseChannel(session, this.signs.lost);
			if (session.socket.state === 'ended') return this.end(session, 'the connection was closed');
			if (silentMs >= SILENT_AFTER_MS)
				return this.end(session, `nothing came for ${SILENT_AFTER_MS / 1000} s`);
			if (silentMs >= PING_AFTER_MS && !pinged) session.socket.ping();
			pinged = silentMs >= PING_AFTER_MS;
			await this.keepUp(session);
		}
	}

	/** What a live session needs now and then. */
	private async keepUp(session: Session): Promise<void> {
		const now = this.clock.now();
		if (now < this.notBefore) return;
		if (session.version !== this.roster.version || now >= this.askAgainAt) {
			await this.changeTopics(session);
		} else if (this.signs.closing || now >= session.rotateAt) {
			await this.rotate(session);
		}
	}

	private enter(session: Session): void {
		this.session = session;
		this.signs = { closing: false, lost: undefined };
		this.welcome(session);
	}

	private end(session: Session, why: string): void {
		session.socket.drop();
		this.session = undefined;
		this.downSince = session.socket.lastFrameAt;
		this.roster.missed(session.socket.lastFrameAt);
		this.backoff.ended(this.clock.now() - session.openedAt);
		this.host.log.warn(`The connection to Genesys Cloud's notifications was lost: ${why}`);
	}

	private loseChannel(session: Session, why: ChannelLoss): void {
		const now = this.clock.now();
		if (why === 'evicted') this.backoff.evicted(now);
		this.opener.forget(session.channel);
		this.end(session, `the channel is ${why}`);
	}

	/** Sends the whole list of topics. One at a time, so that no older list overtakes a newer one. */
	private async changeTopics(session: Session): Promise<void> {
		const { version } = this.roster;
		const change = subscribe(session.call, session.channel, this.roster.topics());
		const result = await this.waits.within(SILENT_AFTER_MS, change);
		if (this.clock.stopped()) return;
		if (result?.ok) {
			session.version = version;
			session.rejected = result.value;
			this.welcome(session);
		} else if (result && isGone(result.failure)) {
			this.loseChannel(session, 'gone');
		} else {
			this.later(result ? troubleOf(result.failure) : undefined);
		}
	}

	/** Opens the next session while this one goes on; on a channel of its own unless only the socket closes. */
	private async rotate(old: Session): Promise<void> {
		if (!this.signs.closing) this.opener.forget(old.channel);
		const opening = await this.opener.open();
		if (this.clock.stopped()) {
			if (opening.ok) opening.session.socket.drop();
			return;
		}
		if (!opening.ok) return this.later(opening);
		const next = opening.session;
		// The old one may have been dead for a while without a sign of it.
		this.roster.missed(old.socket.lastFrameAt);
		this.overlapUntilDropped(old, next);
		this.enter(next);
		this.host.log.info('The connection to Genesys Cloud was renewed before its end');
	}

	private overlapUntilDropped(old: Session, next: Session): void {
		const overlap = new Overlap();
		old.overlap = { with: overlap, as: 'old' };
		next.overlap = { with: overlap, as: 'new' };
		void this.clock.sleep(LINGER_MS, 'backoff').then(() => {
			old.socket.drop();
			// Its last copies may still be on their way on the new one.
			return this.clock.sleep(LINGER_MS, 'backoff').then(() => delete next.overlap);
		});
	}

	private later(trouble: Trouble | undefined): void {
		const slow: Trouble = {
			failure: { reason: 'timeout', delivered: 'no', transient: true },
			fatal: false,
		};
		this.notBefore = this.clock.now() + this.backoff.next(trouble ?? slow, this.clock.now());
	}

	/** The session has the topics of all: tells them, and fills the gaps of those who have one. */
	private welcome(session: Session): void {
		const now = this.clock.now();
		this.notBefore = 0;
		this.askAgainAt = session.rejected.length === 0 ? Infinity : now + ASK_AGAIN_MS;
		this.roster.live(session.rejected);
		this.gaps.fill(session);
	}

	private received(session: Session | undefined, frame: Frame): void {
		if (!session || this.clock.stopped()) return;
		const isCurrent = session === this.session;
		switch (frame.kind) {
			case 'event': {
				const { overlap } = session;
				if (overlap?.with.isCopy(overlap.as, frame)) return;
				const { topic, body, correlationId } = frame;
				const from = {
					source: 'live',
					...(correlationId !== undefined && { correlationId }),
				} as const;
				return this.roster.deliver({ topic, body, ...from });
			}
			case 'closing':
				if (isCurrent) this.signs.closing = true;
				return this.waits.ring();
			case 'lost':
				if (!isCurrent || (frame.channelId ?? session.channel.id) !== session.channel.id) return;
				this.signs.lost = frame.why;
				return this.waits.ring();
			case 'other':
				return;
		}
	}
}
