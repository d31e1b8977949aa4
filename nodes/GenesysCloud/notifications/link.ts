import { Backoff, GOOD_AFTER_MS, LOST, troubleOf, untilToldMs, type Waits, whyOf } from './backoff';
import { isGone, subscribe, unsubscribeAll } from './channel';
import { GapFill } from './gapFill';
import { Opener, type OpeningPorts } from './opening';
import type { Roster, Tried } from './roster';
import { type Session, type SessionPorts, SILENT_AFTER_MS, takeOver } from './session';
import type { HubPorts, StoppableClock } from './types';

/** Heartbeats come every 30 s: after this silence the node asks for a sign of life, in ms. */
const PING_AFTER_MS = 20_000;
/** A session is looked at this often at least, in ms. */
const WATCH_EVERY_MS = 1_000;
/** Topics that were rejected are asked for again this often, in ms: a role may have been given. */
const ASK_AGAIN_MS = 15 * 60_000;

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
	/** It was asked for a sign of life since the last one. */
	private pinged = false;
	/** Since when there has been no connection that lasts, in ms since 1970. */
	private downSince: number | undefined;
	/** After a failed change of the live session: when to try again, in ms since 1970. */
	private notBefore = 0;
	/** When rejected topics are asked for again, in ms since 1970. */
	private askAgainAt = Infinity;

	constructor(
		private readonly ports: SessionPorts,
		belongs: OpeningPorts['belongs'],
	) {
		const { roster, clock, waits, host } = ports;
		this.roster = roster;
		this.clock = clock;
		this.host = host;
		this.waits = waits;
		this.backoff = new Backoff(() => host.random());
		this.gaps = new GapFill(ports, () => this.session);
		this.downSince = clock.now();
		this.opener = new Opener({ ...ports, belongs });
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
			const { version } = this.roster;
			const opening = await this.opener.open();
			if (this.clock.stopped()) {
				if (opening.ok) opening.session.socket.drop();
			} else if (opening.ok) {
				await this.live(opening.session);
				this.nudged = false;
				await this.wait(LOST, this.roster.version);
			} else {
				await this.wait(opening, version);
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
		this.opener.release(session?.channel);
		this.clock.stop();
		this.waits.ring();
	}

	/** @param version of the roster when the try began that came to nothing */
	private async wait(trouble: Tried, version: number): Promise<void> {
		if (this.clock.stopped()) return;
		const now = this.clock.now();
		const ms = this.backoff.next(trouble, now);
		const why = `${this.opener.step}: ${whyOf(trouble)}`;
		this.say(`No notifications from Genesys Cloud (${why})`, ms);
		const end = now + ms;
		do {
			this.roster.trouble(trouble, version, this.downMs);
			const leftMs = Math.min(end - this.clock.now(), untilToldMs(this.downMs));
			await this.waits.until(leftMs, () => this.nudged);
		} while (!this.nudged && !this.clock.stopped() && this.clock.now() < end);
	}

	private get downMs(): number {
		const now = this.clock.now();
		return now - (this.downSince ?? now);
	}

	private async live(opened: Session): Promise<void> {
		this.enter(opened);
		this.host.log.info(
			`Receiving notifications from Genesys Cloud after ${Math.round(this.downMs / 1000)} s`,
		);
		for (let { session } = this; session; { session } = this) {
			if (!this.watch(session)) return;
			// Before the first pause: who came while the session was opened waits for its topics.
			await this.watchDuring(session, this.keepUp(session));
			await this.waits.pause();
		}
	}

	/** Asks for a sign of life after a silence. @returns false when the session has ended */
	private watch(session: Session): boolean {
		const silentMs = this.clock.now() - session.heardAt;
		const why = session.whyEnded(silentMs);
		if (why !== undefined) {
			this.end(session, why);
			return false;
		}
		// One that is lost again soon, or through which nothing comes, has not ended an outage.
		if (session.heardAt - session.openedAt >= GOOD_AFTER_MS) this.downSince = undefined;
		if (silentMs >= PING_AFTER_MS && !this.pinged) session.socket.ping();
		this.pinged = silentMs >= PING_AFTER_MS;
		return true;
	}

	/** A change may take minutes: a session that ends meanwhile is given up all the same. */
	private async watchDuring(session: Session, change: Promise<void>): Promise<void> {
		const done = change.then(() => true);
		while (!(await this.clock.within(done, WATCH_EVERY_MS)) && !this.clock.stopped()) {
			if (this.session === session) this.watch(session);
		}
	}

	/** What a live session needs now and then. */
	private async keepUp(session: Session): Promise<void> {
		const now = this.clock.now();
		if (now < this.notBefore && !this.nudged) return;
		this.nudged = false;
		if (session.topics.version !== this.roster.version || now >= this.askAgainAt) {
			await this.changeTopics(session);
		} else if (session.isDue(now)) {
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
		this.downSince ??= session.heardAt;
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
		if (this.session !== session) return;
		if (result?.ok) {
			session.topics.version = version;
			session.topics.rejected = result.value;
			this.backoff.ended(this.clock.now() - session.openedAt);
			this.welcome(session);
		} else if (result && isGone(result.failure)) {
			session.lost = 'gone';
		} else {
			const trouble = result ? troubleOf(result.failure) : LOST;
			this.later(`The topics cannot be changed (${whyOf(trouble)})`, session, trouble);
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
			if (this.session !== old) return;
			const why = `${this.opener.step}: ${whyOf(opening)}`;
			this.later(`The connection cannot be renewed (${why})`, old, opening);
			return;
		}
		const next = opening.session;
		if (!(await takeOver(old, next, this.ports))) {
			next.socket.drop();
			return;
		}
		this.backoff.ended(this.clock.now() - old.openedAt);
		this.enter(next);
		this.host.log.info('The connection to Genesys Cloud was renewed before its end');
	}

	/** The session goes on as it is, which is no help to those who came after its topics. */
	private later(what: string, session: Session, trouble: Tried): void {
		const now = this.clock.now();
		const ms = this.backoff.next(trouble, now);
		this.notBefore = now + ms;
		this.say(what, ms);
		this.roster.troubleOfNewer(trouble, session.topics.version);
	}

	private say(what: string, ms: number): void {
		this.host.log.warn(`${what}; next try in ${Math.ceil(ms / 1000)} s`);
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
