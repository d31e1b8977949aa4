import type { ServerTime } from '../api/serverTime';
import type { Clock } from '../delivery/types';
import type { Result } from '../failures/failure';
import { isOfCredential, type Trouble } from './backoff';
import type {
	Connected,
	Log,
	News,
	Notification,
	Rejection,
	Subscribed,
	Subscriber,
} from './types';

/** A subscriber, and what its hub knows of it. */
export interface Member {
	readonly subscriber: Subscriber;
	/** The version of the roster that its coming made: topics of an earlier one are without its own. */
	readonly version: number;
	/** When it came, in Genesys Cloud's ms since 1970; so are all times here. */
	readonly joinedAt: () => number;
	/** From when on events of a topic are due. */
	readonly since: (topic: string) => number;
	/** From when on it may have missed events; `undefined` when it has missed none. */
	gapSince: (() => number) | undefined;
	/** The topics that Genesys Cloud refuses, and since when: what happens there is missed. */
	readonly refused: Map<string, () => number>;
}

/** A trouble, and with whose credential it came, where it was with one. */
export interface Tried extends Trouble {
	readonly member?: Member;
}

/** What a member keeps when it moves to another OAuth client. */
export type Former = Pick<Member, 'since' | 'gapSince' | 'refused'>;

/** A difference of clocks up to this cannot be seen, in ms. */
const UNSEEN_MS = 999;

/** The subscribers of one OAuth client. */
export class Roster {
	/** Grows with each change of the topics. */
	version = 0;
	private readonly members = new Set<Member>();
	private turn = 0;

	constructor(
		private readonly log: Log,
		private readonly time: ServerTime,
	) {}

	get size(): number {
		return this.members.size;
	}

	/** @param former what is known of it where it comes from another OAuth client */
	add(subscriber: Subscriber, former?: Former): Member {
		const version = ++this.version;
		const joinedAt = this.time.moment();
		const { topics, recovers } = subscriber;
		const start = (topic: string) =>
			Math.min(joinedAt() - UNSEEN_MS, subscriber.since(topic) ?? Infinity);
		// What only counts from now on has missed nothing yet, unless it is read afterwards in any case.
		const hasGap = recovers || topics.some((topic) => subscriber.since(topic) !== undefined);
		const { since, gapSince, refused } = former ?? {
			since: start,
			gapSince: hasGap ? () => Math.min(...topics.map(start)) : undefined,
			refused: new Map<string, () => number>(),
		};
		const member: Member = { subscriber, version, joinedAt, since, gapSince, refused };
		this.members.add(member);
		// Its own credential comes first: another one's may be out of date.
		this.turn = this.members.size - 1;
		return member;
	}

	remove(member: Member): void {
		if (this.members.delete(member)) this.version++;
	}

	/** Each topic once. */
	topics(): string[] {
		return [...new Set([...this.members].flatMap(({ subscriber }) => subscriber.topics))];
	}

	/** Those of that version who may have missed events. */
	withGaps(version: number): Member[] {
		return this.upTo(version).filter(({ gapSince }) => gapSince !== undefined);
	}

	has(member: Member): boolean {
		return this.members.has(member);
	}

	/** Nothing was received since `time`, in Genesys Cloud's ms since 1970. */
	missed(time: number): void {
		for (const member of this.members) member.gapSince ??= () => time;
	}

	/** Passes an event on to all who want it. */
	deliver(notification: Notification): void {
		for (const { subscriber } of this.members) {
			if (subscriber.topics.includes(notification.topic)) void subscriber.receive(notification);
		}
	}

	/**
	 * The connection stands, with the topics of that version: whoever came later is not live yet.
	 *
	 * @returns whether a topic is given that was refused before: that has made a gap
	 */
	live({ rejected, version }: Subscribed): boolean {
		let anyGiven = false;
		for (const member of this.upTo(version)) {
			const { topics } = member.subscriber;
			const own = rejected.filter(({ topic }) => topics.includes(topic));
			anyGiven = this.note(member, own) || anyGiven;
			this.tell(member, { kind: 'live', rejected: own });
		}
		return anyGiven;
	}

	/**
	 * There is no connection, for so many ms by now.
	 *
	 * @param version when the try began: who came later has the next one
	 */
	trouble(tried: Tried, version: number, outageMs: number): void {
		for (const member of this.upTo(version)) this.tellTrouble(member, tried, outageMs);
	}

	/** There is a connection, but not for those who came after that version: they wait since then. */
	troubleOfNewer(tried: Tried, version: number): void {
		for (const member of [...this.members]) {
			if (member.version <= version) continue;
			this.tellTrouble(member, tried, this.time.now() - member.joinedAt());
		}
	}

	/**
	 * Connects with the credential of one of them. They take turns: one may have been given a new secret
	 * while another one still has the old one.
	 */
	async connect(clock: Clock): Promise<{ member: Member; result: Result<Connected> } | undefined> {
		const members = [...this.members];
		const member = members[this.turn++ % Math.max(1, members.length)];
		return member && { member, result: await member.subscriber.connect(clock, this.time) };
	}

	private upTo(version: number): Member[] {
		return [...this.members].filter((member) => member.version <= version);
	}

	private note(member: Member, rejected: readonly Rejection[]): boolean {
		const { refused } = member;
		const now = member.gapSince ?? this.time.moment();
		for (const { topic } of rejected) if (!refused.has(topic)) refused.set(topic, now);
		const given = [...refused].filter(([topic]) => !rejected.some((one) => one.topic === topic));
		for (const [topic, since] of given) {
			refused.delete(topic);
			const { gapSince = since } = member;
			member.gapSince = () => Math.min(gapSince(), since());
		}
		return given.length > 0;
	}

	/** That a credential is refused is for the one to mend whose it is; the others have no connection, too. */
	private tellTrouble(member: Member, { failure, fatal, member: own }: Tried, outageMs: number) {
		const isOwn = member === own || !isOfCredential(failure);
		this.tell(member, { kind: 'trouble', failure, fatal: fatal && isOwn, outageMs });
	}

	private tell({ subscriber }: Member, news: News): void {
		try {
			subscriber.hear(news);
		} catch (error) {
			this.log.warn(`A trigger could not be told of its connection: ${String(error)}`);
		}
	}
}
