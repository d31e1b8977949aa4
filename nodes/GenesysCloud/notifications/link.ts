import { Backoff, troubleOf, type Trouble } from './backoff';
import { isGone, subscribe, unsubscribeAll } from './channel';
import { Overlap } from './frames';
import { GapFill } from './gapFill';
import { Opener, type OpeningPorts } from './opening';
import type { Roster } from './roster';
import type { Session, SessionPorts } from './session';
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

/**
 * The connection of one OAuth client: one loop owns it from start to stop. Opening, live, and waiting lead
 * to one another without an end; only `stop` leads out.
 */
export class Link {
	private readonly roster: Roster;
	private readonly clock: StoppableClock;
	private readonly host: HubPorts;
	private readonly waits: Waits;
	private readonly opener: Opener;
	private readonly backoff: Backoff;
	private readonly gaps: GapFill;
	private session: Session | undefined;
	/** A subscriber came since the last try began. */
	private nudged = false;
	private downSince: number;
	/** After a failed change of the live session: when to try again, in ms since 1970. */
	private notBefore = 0;
	/** When rejected topics are asked for again, in ms since 1970. */
	private askAgainAt = Infinity;

	constructor(ports: Omit<SessionPorts, 'waits'>, belongs: OpeningPorts['belongs']) {
		const { roster, clock, host } = ports;
		this.roster = roster;
		this.clock = clock;
		this.host = host;
		this.waits = new Waits(clock);
		this.backoff = new Backoff(() => host.random());
		this.gaps = new GapFill(ports, () => this.session);
		this.downSince = clock.now();
		this.opener = new Opener({ ...ports, waits: this.waits, belongs });
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
			this.nudged = false;
			const opening = await this.opener.open();
			if (this.clock.stopped()) {
				if (opening.ok) opening.session.socket.drop();
			} else if (opening.ok) {
				await this.live(opening.session);
				this.nudged = false;
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
		await this.waits.until(ms, () => this.nudged);
	}

	private async live(opened: Session): Promise<void> {
		this.enter(opened);
		const downMs = this.clock.now() - this.downSince;
		this.host.log.info(
			`Receiving notifications from Genesys Cloud after ${Math.round(downMs / 1000)} s`,
		);
		let pinged = false;
		for (let { session } = this; session; { session } = this) {
			const silentMs = this.clock.now() - session.heardAt;
			const why = endOf(session, silentMs);
			if (why !== undefined) {
				this.end(session, why);
				return;
			}
			if (silentMs >= PING_AFTER_MS && !pinged) session.socket.ping();
			pinged = silentMs >= PING_AFTER_MS;
			// Before the first pause: who came while the session was opened waits for its topics.
			await this.keepUp(session);
			await this.waits.pause();
		}
	}

	/** What a live session needs now and then. */
	private async keepUp(session: Session): Promise<void> {
		const now = this.clock.now();
		if (now < this.notBefore) return;
		if (session.topics.version !== this.roster.version || now >= this.askAgainAt) {
			await this.changeTopics(session);
		} else if (session.closing || now >= session.rotateAt) {
			await this.rotate(session);
		}
	}

	private enter(session: Session): void {
		this.session = session;
		this.welcome(session);
	}

	private end(session: Session, why: string): void {
		const now = this.clock.now();
		session.socket.drop();
		this.session = undefined;
		this.downSince = session.heardAt;
		this.roster.missed(session.receivedUntil);
		this.backoff.ended(now - session.openedAt);
		if (session.lost) this.opener.forget(session.channel);
		if (session.lost === 'evicted') this.backoff.evicted(now);
		this.host.log.warn(`The connection to Genesys Cloud's notifications was lost: ${why}`);
	}

	/** Sends the whole list of topics. One at a time, so that no older list overtakes a newer one. */
	private async changeTopics(session: Session): Promise<void> {
		const { version } = this.roster;
		const change = subscribe(session.call, session.channel, this.roster.topics());
		const result = await this.clock.within(change, SILENT_AFTER_MS);
		if (this.clock.stopped()) return;
		if (result?.ok) {
			session.topics.version = version;
			session.topics.rejected = result.value;
			this.welcome(session);
		} else if (result && isGone(result.failure)) {
			session.lost = 'gone';
		} else {
			this.later(result ? troubleOf(result.failure) : LOST);
		}
	}

	/** Opens the next session while this one goes on; on a channel of its own unless only the socket closes. */
	private async rotate(old: Session): Promise<void> {
		if (!old.closing) this.opener.forget(old.channel);
		const opening = await this.opener.open();
		if (this.clock.stopped()) {
			if (opening.ok) opening.session.socket.drop();
			return;
		}
		if (!opening.ok) {
			this.later(opening);
			return;
		}
		const next = opening.session;
		const overlap = new Overlap();
		old.overlap = { with: overlap, as: 'old' };
		next.overlap = { with: overlap, as: 'new' };
		if (await this.isAlive(old)) next.era = old.era;
		else this.roster.missed(old.receivedUntil);
		if (this.clock.stopped()) {
			next.socket.drop();
			return;
		}
		this.dropLater(old, next);
		this.enter(next);
		this.host.log.info('The connection to Genesys Cloud was renewed before its end');
	}

	/** It may have been dead for a while without a sign of it. What it answers comes after all its events. */
	private async isAlive(session: Session): Promise<boolean> {
		session.hasSpoken = false;
		session.socket.ping();
		await this.waits.until(LINGER_MS, () => session.hasSpoken);
		return session.hasSpoken;
	}

	private dropLater(old: Session, next: Session): void {
		void this.clock.sleep(LINGER_MS, 'backoff').then(() => {
			old.socket.drop();
			// Its last copies may still be on their way on the new one.
			return this.clock.sleep(LINGER_MS, 'backoff').then(() => (next.overlap = undefined));
		});
	}

	private later(trouble: Trouble): void {
		const now = this.clock.now();
		this.notBefore = now + this.backoff.next(trouble, now);
	}

	/** Tells those whose topics the session has, and fills the gaps of those who have one. */
	private welcome(session: Session): void {
		const now = this.clock.now();
		this.notBefore = 0;
		this.askAgainAt = session.topics.rejected.length === 0 ? Infinity : now + ASK_AGAIN_MS;
		// What was read before does not hold the topic that is given now.
		if (this.roster.live(session.topics)) session.era = {};
		void this.gaps.fill(session);
	}
}

/** Why a session has ended; `undefined` while it goes on. */
function endOf({ lost, socket }: Session, silentMs: number): string | undefined {
	// Genesys Cloud says why and then closes: the reason comes first.
	if (lost) return `the channel is ${lost}`;
	if (socket.state === 'ended') return 'the connection was closed';
	return silentMs >= SILENT_AFTER_MS ? `nothing came for ${SILENT_AFTER_MS / 1000} s` : undefined;
}
