import type { ApiClient } from '../api/client';
import type { ServerTime } from '../api/serverTime';
import type { JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import { History } from './history';
import type { Member, Roster } from './roster';
import type { Session, SessionPorts } from './session';
import type { HubPorts, StoppableClock } from './types';

/** Clocks differ, and a message may be on its way: events are read again from this long before, in ms. */
const OVERLAP_MS = 2 * 60_000;
/** Analytics learn of a conversation with a delay: look once more after this time, in ms. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** Older events are not recovered, in ms. */
const LONGEST_GAP_MS = 24 * 3_600_000;
/** Open conversations that are looked at even where analytics do not name them; the latest ones. */
const MAX_OPEN = 200;
/** A conversation is left out when it fails this often while others can be read. */
const MAX_ROUNDS = 3;
/** The next conversation does not wait longer than this until one has been told, in ms: texts may be slow. */
const TELLING_MS = 30_000;

/** The one kind of topic whose events can be read afterwards. */
const QUEUE_TOPIC = /^v2\.routing\.queues\.([^.]+)\.conversations\.messages$/;

/** What is read for whom. */
interface Gap {
	readonly members: readonly Member[];
	/** Since when nobody listened, in Genesys Cloud's ms since 1970. */
	readonly since: number;
	/** From when on events are read. */
	readonly from: number;
	readonly history: History;
	/** Until the session ends, or one takes over from it after a gap. */
	readonly goesOn: () => boolean;
	/** Conversations that were read, by topic and ID: the second look leaves them out. */
	readonly read: Set<string>;
}

/**
 * Recovers what happened while nobody listened, as Genesys Cloud keeps no event for a closed socket: finds
 * the conversations of each queue and passes them on as they are now. The subscriber knows what it has told.
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
		{ roster, clock, time, host }: Omit<SessionPorts, 'waits'>,
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
		const gap = this.gapOf(members, session);
		this.say(gap);
		if (!(await this.look(gap))) return;
		await gap.history.pause(LOOK_AGAIN_MS);
		// The gap counts as open until the second look: a connection lost before it goes back as far.
		if (!(await this.look(gap))) return;
		for (const member of members) member.gapSince = undefined;
	}

	private gapOf(members: readonly Member[], session: Session): Gap {
		const { clock, time, host } = this;
		const now = time.now();
		const goesOn = () => this.current()?.era === session.era && !clock.stopped();
		const call: ApiClient = async (request) => await (this.current() ?? session).call(request);
		const random = () => host.random();
		const refused = (failure: Failure) => this.warnOnce(failure);
		const since = Math.min(...members.map(({ gapSince }) => gapSince?.() ?? now));
		return {
			members,
			since,
			from: Math.max(since - OVERLAP_MS, now - LONGEST_GAP_MS),
			history: new History({ call, clock, time, random, goesOn, refused }),
			goesOn,
			read: new Set(),
		};
	}

	/** @returns false when it did not come to the end */
	private async look(gap: Gap): Promise<boolean> {
		for (const [topic, queueId] of queuesOf(gap)) {
			const found = await gap.history.conversationsOf(queueId, gap.from);
			if (!found) return false;
			const ids = new Set([...openOn(topic, gap), ...found]);
			await this.readAll(gap, topic, [...ids]);
		}
		return gap.goesOn();
	}

	/** Reads conversations. One at which the API fails comes last, and is left out when it goes on failing. */
	private async readAll(gap: Gap, topic: string, ids: readonly string[]): Promise<void> {
		let todo = ids.filter((id) => !gap.read.has(`${topic} ${id}`));
		let anyRead = false;
		for (let round = 1; todo.length > 0; round++) {
			const failing = await this.readOnce(gap, topic, todo);
			if (!failing) return;
			anyRead ||= failing.length < todo.length;
			todo = failing;
			// Where none can be read, the API is down, and that is waited out.
			if (anyRead && round >= MAX_ROUNDS) break;
		}
		if (todo.length === 0) return;
		this.host.log.warn(
			`${todo.length} conversations cannot be read; what happened in them may be missing: ${todo.slice(0, 5).join(', ')}`,
		);
	}

	/** @returns the conversations at which the API fails; `undefined` when it did not come to the end */
	private async readOnce(
		gap: Gap,
		topic: string,
		ids: readonly string[],
	): Promise<string[] | undefined> {
		const failing: string[] = [];
		for (const id of ids) {
			const answer = await gap.history.conversation(id);
			if (answer === 'ended') return undefined;
			if (answer === 'failing') {
				failing.push(id);
				continue;
			}
			gap.read.add(`${topic} ${id}`);
			if (answer !== 'refused') await this.passOn(gap, topic, answer);
		}
		return failing;
	}

	private async passOn({ members, goesOn }: Gap, topic: string, body: JsonObject): Promise<void> {
		const telling = members
			.filter((member) => this.roster.has(member) && member.subscriber.topics.includes(topic))
			.map(async ({ subscriber }) => {
				await subscriber.receive({ topic, body, source: 'recovered' });
			});
		if (goesOn()) await this.clock.within(Promise.all(telling), TELLING_MS);
	}

	private warnOnce({ reason, httpCode = '', apiMessage = '' }: Failure): void {
		if (this.warned.has(reason)) return;
		this.warned.add(reason);
		const text = `Events that happened while there was no connection cannot be recovered (${reason} ${httpCode}): this needs the permission analytics:conversationDetail:view. ${apiMessage}`;
		this.host.log.warn(text.trim());
	}

	private say({ members, since }: Gap): void {
		const topics = new Set(members.flatMap(({ subscriber }) => subscriber.topics));
		const others = [...topics].filter((topic) => !QUEUE_TOPIC.test(topic)).length;
		const seconds = Math.round((this.time.now() - since) / 1000);
		if (others < topics.size) this.host.log.info(`Recovering the events of the last ${seconds} s`);
		if (others === 0) return;
		this.host.log.warn(
			`Events of the last ${seconds} s on ${others} topics that are not a queue's cannot be recovered`,
		);
	}
}

function queuesOf({ members }: Gap): Map<string, string> {
	const topics = members.flatMap(({ subscriber }) => subscriber.topics);
	return new Map(
		topics.flatMap((topic) => {
			const queueId = QUEUE_TOPIC.exec(topic)?.[1];
			return queueId === undefined ? [] : [[topic, queueId] as const];
		}),
	);
}

function openOn(topic: string, { members }: Gap): string[] {
	return members
		.flatMap(({ subscriber }) => subscriber.openConversations().slice(0, MAX_OPEN))
		.filter((open) => open.topic === topic)
		.map(({ conversationId }) => conversationId);
}
