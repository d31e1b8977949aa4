import { asObject, objectsIn } from '../api/json';
import type { JsonObject } from '../delivery/types';
import type { History } from './history';
import type { Member, Roster } from './roster';
import type { Log, StoppableClock } from './types';

/** Open conversations that are looked at even where analytics do not name them; the latest ones. */
const MAX_OPEN = 200;
/** What fails in so many rounds in which the API answered other calls is not the API's outage. */
const MAX_ROUNDS = 3;
/** The longest pause between two rounds, in ms. */
const LONGEST_PAUSE_MS = 60_000;
/** After this time the log says what cannot be read, even while the API is down as a whole, in ms. */
const SAY_AFTER_MS = 10 * 60_000;
/** The next conversation does not wait longer than this until one has been told, in ms: texts may be slow. */
const TELLING_MS = 30_000;

/** The one kind of topic whose events can be read afterwards. */
const QUEUE_TOPIC = /^v2\.routing\.queues\.([^.]+)\.conversations\.messages$/;

/** What is read for whom. */
interface Gap {
	readonly members: readonly Member[];
	/** From when on events are read, in Genesys Cloud's ms since 1970. */
	readonly from: number;
	/** Until all members have left, the session ends, or one takes over from it after a gap. */
	readonly goesOn: () => boolean;
}

/** What reading it works with. */
interface RecoveryPorts {
	readonly roster: Roster;
	readonly clock: StoppableClock;
	readonly log: Log;
	readonly history: History;
}

/** What a round came to. */
interface Round {
	/** Whether the API has answered anything. */
	answered: boolean;
	readonly failing: string[];
	readonly failingQueues: string[];
	/** Queues that have more conversations than are ever read. */
	readonly cappedQueues: string[];
}

/**
 * The recovery of one gap: finds the conversations of each queue and passes them on as they are now. What the
 * API fails at keeps nothing else waiting: it is tried again in the next round.
 */
export class Recovery {
	private readonly queues: ReadonlyMap<string, string>;
	/** Conversations that were read, by topic and ID: later rounds leave them out. */
	private readonly read = new Set<string>();
	private readonly said = new Set<string>();

	constructor(
		private readonly gap: Gap,
		private readonly ports: RecoveryPorts,
	) {
		this.queues = queuesOf(gap.members);
	}

	/**
	 * Looks at all queues, in rounds until nothing fails.
	 *
	 * @param patienceMs for how long at least what fails while the API works is tried again
	 * @returns false when it did not come to the end
	 */
	async look(patienceMs: number): Promise<boolean> {
		const { clock, history } = this.ports;
		const began = clock.now();
		let answeredRounds = 0;
		for (let pauseMs = 2_000; ; pauseMs = Math.min(pauseMs * 2, LONGEST_PAUSE_MS)) {
			const round = await this.round();
			if (!round) return false;
			this.sayOnce('queues have too many conversations to read them all', round.cappedQueues);
			if (round.failing.length + round.failingQueues.length === 0) return this.gap.goesOn();
			if (round.answered) answeredRounds++;
			const lastedMs = clock.now() - began;
			// Where nothing is answered, the API is down, and that is waited out.
			const isEnough = round.answered && answeredRounds >= MAX_ROUNDS && lastedMs >= patienceMs;
			if (isEnough || lastedMs >= SAY_AFTER_MS) this.sayMissing(round);
			if (isEnough) return this.gap.goesOn();
			await history.pause(pauseMs);
		}
	}

	/** @returns `undefined` when it did not come to the end */
	private async round(): Promise<Round | undefined> {
		const round: Round = { answered: false, failing: [], failingQueues: [], cappedQueues: [] };
		for (const [topic, queueId] of this.queues) {
			if (this.listeners(topic).length === 0) continue;
			const found = await this.ports.history.conversationsOf(queueId, this.gap.from);
			if (!found) return undefined;
			if (found.isFailing) round.failingQueues.push(queueId);
			else round.answered = true;
			if (found.isCapped) round.cappedQueues.push(queueId);
			const ids = new Set([...openOn(topic, this.gap), ...found.ids]);
			if (!(await this.readAll(topic, ids, round))) return undefined;
		}
		return round;
	}

	/** @returns false when it did not come to the end */
	private async readAll(topic: string, ids: ReadonlySet<string>, round: Round): Promise<boolean> {
		for (const id of ids) {
			const name = `${topic} ${id}`;
			if (this.read.has(name)) continue;
			if (this.listeners(topic).length === 0) return true;
			const answer = await this.ports.history.conversation(id);
			if (answer === 'ended') return false;
			if (answer === 'failing') {
				round.failing.push(id);
				continue;
			}
			round.answered = true;
			// What is not there, or not all, may be so for a moment: the second look asks again.
			if (answer === 'refused' || objectsIn(answer.participants).length === 0) continue;
			this.read.add(name);
			await this.passOn(topic, answer);
		}
		return true;
	}

	/** @param found the topic by whose queue it was found: one that was transferred is found by several */
	private async passOn(found: string, body: JsonObject): Promise<void> {
		const { goesOn, from: missedFrom } = this.gap;
		const last = this.topicOf(lastQueueOf(body)) ?? found;
		const telling = this.listeners(found).map(async (member) => {
			const topic = listens(member, last) ? last : found;
			await member.subscriber.receive({ topic, body, source: 'recovered', missedFrom });
		});
		if (goesOn()) await this.ports.clock.within(Promise.all(telling), TELLING_MS);
	}

	/** Those of the gap who are still there. */
	private listeners(topic: string): Member[] {
		const { roster } = this.ports;
		return this.gap.members.filter((member) => roster.has(member) && listens(member, topic));
	}

	private topicOf(queueId: unknown): string | undefined {
		return [...this.queues].find(([, id]) => id === queueId)?.[0];
	}

	private sayMissing({ failing, failingQueues }: Round): void {
		this.sayOnce('conversations cannot be read', failing);
		this.sayOnce('queues cannot be searched for conversations', failingQueues);
	}

	private sayOnce(what: string, ids: readonly string[]): void {
		if (ids.length === 0 || this.said.has(what)) return;
		this.said.add(what);
		const some = ids.slice(0, 5).join(', ');
		this.ports.log.warn(`${ids.length} ${what}; what happened in them may be missing: ${some}`);
	}
}

/** The queues whose events can be read afterwards for members, by topic. */
export function queuesOf(members: readonly Member[]): Map<string, string> {
	const topics = members.flatMap(({ subscriber }) =>
		subscriber.recovers ? subscriber.topics : [],
	);
	return new Map(
		topics.flatMap((topic) => {
			const queueId = QUEUE_TOPIC.exec(topic)?.[1];
			return queueId === undefined ? [] : [[topic, queueId] as const];
		}),
	);
}

function listens({ subscriber }: Member, topic: string): boolean {
	return subscriber.recovers && subscriber.topics.includes(topic);
}

/** The queue that a conversation has come to last. */
function lastQueueOf({ participants }: JsonObject): unknown {
	return objectsIn(participants)
		.filter(({ purpose }) => purpose === 'acd')
		.map(({ queueId, queue }) => queueId ?? asObject(queue).id)
		.filter((queueId) => typeof queueId === 'string')
		.at(-1);
}

function openOn(topic: string, { members }: Gap): string[] {
	return members
		.flatMap(({ subscriber }) => subscriber.openConversations().slice(0, MAX_OPEN))
		.filter((open) => open.topic === topic)
		.map(({ conversationId }) => conversationId);
}
