import type { Member, Roster } from './roster';
import type { Session, SessionPorts } from './session';
import { Backoff, mayPass, troubleOf } from './backoff';
import type { ServerTime } from '../api/serverTime';
import type { ApiClient, ApiRequest } from '../api/client';
import type { JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import type { HubPorts, StoppableClock } from './types';

/** Clocks differ, and a message may be on its way: events are read again from this long before, in ms. */
const OVERLAP_MS = 2 * 60_000;
/** Analytics learn of a conversation with a delay: look once more after this time, in ms. */
const LOOK_AGAIN_MS = 5 * 60_000;
/** Older events are not recovered, in ms. */
const LONGEST_GAP_MS = 24 * 3_600_000;
const PAGE_SIZE = 100;
const MAX_PAGES = 100;
/** Open conversations that are looked at even where analytics do not name them; the latest ones. */
const MAX_OPEN = 200;
/** A conversation that cannot be read gives way to the others after so many tries. */
const TRIES = 3;
/** It is left out when it fails this often while others can be read. */
const MAX_ROUNDS = 3;
/** The next conversation does not wait longer than this until one has been told, in ms: texts may be slow. */
const TELLING_MS = 30_000;

/** The one kind of topic whose events can be read afterwards. */
const QUEUE_TOPIC = /^v2\.routing\.queues\.([^.]+)\.conversations\.messages$/;

/** What is read for whom. */
interface Gap {
	readonly members: readonly Member[];
	/** In Genesys Cloud's ms since 1970. */
	readonly from: number;
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

	/** Fills the gaps that were not taken up yet, until the session ends or one takes over from it after a gap. */
	async fill(session: Session): Promise<void> {
		const { era } = session;
		const goesOn = () => this.current()?.era === era && !this.clock.stopped();
		const call: ApiClient = async (request) => await (this.current() ?? session).call(request);
		const members = this.roster.withGaps().filter((member) => this.takenUp.get(member) !== era);
		if (members.length === 0) return;
		for (const member of members) this.takenUp.set(member, era);
		const now = this.time.now();
		const since = Math.min(...members.map(({ gapSince }) => gapSince?.() ?? now));
		const from = Math.max(since - OVERLAP_MS, now - LONGEST_GAP_MS);
		const gap: Gap = { members, from, read: new Set() };
		this.say(gap, since, now);
		if (!(await this.look(gap, call, goesOn))) return;
		const at = this.clock.now() + LOOK_AGAIN_MS;
		while (goesOn() && this.clock.now() < at) await this.clock.sleep(1_000, 'backoff');
		// The gap counts as open until the second look: a connection lost before it goes back as far.
		if (!(await this.look(gap, call, goesOn))) return;
		for (const member of gap.members) member.gapSince = undefined;
	}

	/** @returns false when it did not come to the end */
	private async look(gap: Gap, call: ApiClient, goesOn: () => boolean): Promise<boolean> {
		for (const [topic, queueId] of queuesOf(gap)) {
			const found = await this.conversationsOf(queueId, gap.from, call, goesOn);
			if (!found) return false;
			const ids = [...new Set([...openOn(topic, gap), ...found])];
			await this.readAll(gap, topic, ids, call, goesOn);
		}
		return goesOn();
	}

	/** Reads conversations. One at which the API fails comes last, and is left out when it alone goes on failing. */
	private async readAll(
		gap: Gap,
		topic: string,
		ids: readonly string[],
		call: ApiClient,
		goesOn: () => boolean,
	): Promise<void> {
		let todo = ids.filter((id) => !gap.read.has(`${topic} ${id}`));
		let anyRead = false;
		for (let round = 1; todo.length > 0; round++) {
			const failing: string[] = [];
			for (const id of todo) {
				const answer = await this.patiently(call, conversationRequest(id), goesOn, TRIES);
				if (answer === 'ended') return;
				if (answer === 'failing') {
					failing.push(id);
					continue;
				}
				anyRead = true;
				gap.read.add(`${topic} ${id}`);
				if (answer !== 'refused') await this.passOn(gap, topic, answer, goesOn);
			}
			// Where none can be read, the API is down, and that is waited out.
			todo = failing;
			if (todo.length === 0 || !anyRead || round < MAX_ROUNDS) continue;
			this.host.log.warn(
				`${todo.length} conversations cannot be read; what happened in them may be missing: ${todo.slice(0, 5).join(', ')}`,
			);
			return;
		}
	}

	private async passOn(
		gap: Gap,
		topic: string,
		body: JsonObject,
		goesOn: () => boolean,
	): Promise<void> {
		const telling = gap.members
			.filter((member) => this.roster.has(member) && member.subscriber.topics.includes(topic))
			.map(async ({ subscriber }) => {
				await subscriber.receive({ topic, body, source: 'recovered' });
			});
		if (goesOn()) await this.clock.within(Promise.all(telling), TELLING_MS);
	}

	/** The conversations of a queue that were active; `undefined` when the session ended. */
	private async conversationsOf(
		queueId: string,
		from: number,
		call: ApiClient,
		goesOn: () => boolean,
	): Promise<string[] | undefined> {
		const ids: string[] = [];
		for (let page = 1; page <= MAX_PAGES; page++) {
			const request = detailsQuery(queueId, from, this.time.now(), page);
			const answer = await this.patiently(call, request, goesOn);
			if (answer === 'ended') return undefined;
			if (answer === 'refused' || answer === 'failing') break;
			const { conversations } = answer;
			const records = Array.isArray(conversations) ? (conversations as (JsonObject | null)[]) : [];
			ids.push(
				...records.map((record) => record?.conversationId).filter((id) => typeof id === 'string'),
			);
			if (records.length < PAGE_SIZE) break;
		}
		return ids;
	}

	/** Asks until there is an answer, or so many times; what no patience helps against is said once. */
	private async patiently(
		call: ApiClient,
		request: ApiRequest,
		goesOn: () => boolean,
		tries = Infinity,
	): Promise<JsonObject | 'refused' | 'failing' | 'ended'> {
		const backoff = new Backoff(() => this.host.random());
		for (let tried = 1; ; tried++) {
			if (!goesOn()) return 'ended';
			const answer = await call(request);
			if (!goesOn()) return 'ended';
			if (answer.ok) return answer.value;
			const { failure } = answer;
			if (failure.httpCode === '404') return 'refused';
			if (!mayPass(failure)) {
				this.warnOnce(failure);
				return 'refused';
			}
			if (tried >= tries) return 'failing';
			const until = this.clock.now() + backoff.next(troubleOf(failure), this.clock.now());
			while (goesOn() && this.clock.now() < until) await this.clock.sleep(1_000, 'backoff');
		}
	}

	private warnOnce({ reason, httpCode = '', apiMessage = '' }: Failure): void {
		const text = `Events that happened while there was no connection cannot be recovered (${reason} ${httpCode}): this needs the permission analytics:conversationDetail:view. ${apiMessage}`;
		if (this.warned.has(reason)) return;
		this.warned.add(reason);
		this.host.log.warn(text.trim());
	}

	private say({ members }: Gap, since: number, now: number): void {
		const topics = new Set(members.flatMap(({ subscriber }) => subscriber.topics));
		const others = [...topics].filter((topic) => !QUEUE_TOPIC.test(topic)).length;
		const seconds = Math.round((now - since) / 1000);
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

function conversationRequest(id: string): ApiRequest {
	return {
		method: 'GET',
		path: `/api/v2/conversations/messages/${encodeURIComponent(id)}`,
		reads: true,
	};
}

function detailsQuery(queueId: string, from: number, to: number, pageNumber: number): ApiRequest {
	const interval = `${new Date(from).toISOString()}/${new Date(to).toISOString()}`;
	const predicates = [
		{ dimension: 'mediaType', value: 'message' },
		{ dimension: 'queueId', value: queueId },
	];
	return {
		method: 'POST',
		path: '/api/v2/analytics/conversations/details/query',
		body: {
			interval,
			order: 'asc',
			orderBy: 'conversationStart',
			paging: { pageSize: PAGE_SIZE, pageNumber },
			segmentFilters: [{ type: 'and', predicates }],
		},
		answer: 'any',
		reads: true,
	};
}
