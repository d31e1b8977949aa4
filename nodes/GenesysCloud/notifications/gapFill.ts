import type { ApiClient } from '../api/client';
import type { ServerTime } from '../api/serverTime';
import type { Failure } from '../failures/failure';
import { History, type Sought } from './history';
import { queuesOf, Recovery } from './recovery';
import type { Member, Roster } from './roster';
import type { Session, SessionPorts } from './session';
import type { HubPorts, StoppableClock } from './types';

/** Clocks differ, and a message may be on its way: events are read again from this long before, in ms. */
const OVERLAP_MS = 2 * 60_000;
/** Analytics learn of a conversation with a delay: look once more after this time, in ms. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** For how long the second look, which is the last one, goes on with what the API fails at, in ms. */
const PATIENCE_MS = 60 * 60_000;
/** Older events are not recovered, in ms. */
const LONGEST_GAP_MS = 24 * 3_600_000;

/**
 * Recovers what happened while nobody listened, as Genesys Cloud keeps no event for a closed socket: each
 * subscriber gets the conversations of its queues as they are now. It knows what it has told.
 */
export class GapFill {
	/** In which era a subscriber's gap was last taken up. */
	private readonly takenUp = new WeakMap<Member, object>();
	private readonly warned = new Set<string>();

	private readonly roster: Roster;
	private readonly clock: StoppableClock;
	private readonly time: ServerTime;
	private readonly host: HubPorts;

	constructor(
		{ roster, clock, time, host }: SessionPorts,
		private readonly current: () => Session | undefined,
	) {
		this.roster = roster;
		this.clock = clock;
		this.time = time;
		this.host = host;
	}

	/** Fills the gaps that were not taken up yet. */
	async fill(session: Session): Promise<void> {
		const { era, topics } = session;
		const members = this.roster
			.withGaps(topics.version)
			.filter((member) => this.takenUp.get(member) !== era);
		if (members.length === 0) return;
		for (const member of members) this.takenUp.set(member, era);
		const now = this.time.now();
		const since = Math.min(...members.map(({ gapSince }) => gapSince?.() ?? now));
		this.say(members, since);
		const { roster, clock } = this;
		const isWanted = () => members.some((member) => roster.has(member));
		const goesOn = () => this.current()?.era === era && !clock.stopped() && isWanted();
		const history = this.historyFor(session, goesOn);
		const from = Math.max(since - OVERLAP_MS, now - LONGEST_GAP_MS);
		const ports = { roster, clock, log: this.host.log, history };
		const recovery = new Recovery({ members, from, goesOn }, ports);
		if (!(await recovery.look(0))) return;
		await history.pause(LOOK_AGAIN_MS);
		// The gap counts as open until the second look: a connection lost before it goes back as far.
		if (!(await recovery.look(PATIENCE_MS))) return;
		for (const member of members) member.gapSince = undefined;
	}

	private historyFor(session: Session, goesOn: () => boolean): History {
		const { clock, time, host } = this;
		const call: ApiClient = async (request) => await (this.current() ?? session).call(request);
		return new History({
			call,
			clock,
			time,
			random: () => host.random(),
			goesOn,
			refused: (failure, sought) => this.warnOnce(failure, sought),
		});
	}

	private warnOnce(failure: Failure, sought: Sought): void {
		const { reason, httpCode = '', apiMessage = '' } = failure;
		const kind = `${sought} ${reason}`;
		if (this.warned.has(kind)) return;
		this.warned.add(kind);
		const remedy =
			reason === 'forbidden' && sought === 'search'
				? ': this needs the permission analytics:conversationDetail:view'
				: '';
		const text = `${WHAT_IS_MISSING[sought]} cannot be recovered (${reason} ${httpCode})${remedy}. ${apiMessage}`;
		this.host.log.warn(text.trim());
	}

	private say(members: readonly Member[], since: number): void {
		const queues = queuesOf(members);
		const others = new Set(
			members.flatMap(({ subscriber: { topics, recovers } }) =>
				topics.filter((topic) => !recovers || !queues.has(topic)),
			),
		);
		const lastedMs = this.time.now() - since;
		const seconds = Math.round(lastedMs / 1000);
		if (queues.size > 0) this.host.log.info(`Recovering the events of the last ${seconds} s`);
		if (queues.size > 0 && lastedMs > LONGEST_GAP_MS) {
			this.host.log.warn(
				'Of conversations without an event in the last 24 hours, none is recovered',
			);
		}
		if (others.size === 0) return;
		this.host.log.warn(
			`What happened on ${others.size} topics while there was no connection cannot be recovered: only the events of queues can be`,
		);
	}
}

const WHAT_IS_MISSING: Record<Sought, string> = {
	search: 'Events that happened while there was no connection',
	conversation: 'What happened meanwhile in a conversation that is refused',
};
