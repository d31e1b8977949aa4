import type { ServerTime } from '../api/serverTime';
import type { Clock } from '../delivery/types';
import type { Result } from '../failures/failure';
import type { Connected, Log, News, Notification, Rejection, Subscriber } from './types';

/** A subscriber, and what its hub knows of it. */
export interface Member {
	readonly subscriber: Subscriber;
	/** From when on events are due, in Genesys Cloud's ms since 1970. */
	readonly since: () => number;
	/** From when on it may have missed events, by the same clock; `undefined` when it has missed none. */
	gapSince: (() => number) | undefined;
}

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

	add(subscriber: Subscriber): Member {
		const start = this.time.moment();
		const since = () => Math.min(start() - UNSEEN_MS, subscriber.since ?? Infinity);
		const member: Member = { subscriber, since, gapSince: since };
		this.members.add(member);
		this.version++;
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

	/** Those who may have missed events. */
	withGaps(): Member[] {
		return [...this.members].filter(({ gapSince }) => gapSince !== undefined);
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

	/** The connection stands. */
	live(rejected: readonly Rejection[]): void {
		for (const member of [...this.members]) {
			const { topics } = member.subscriber;
			this.tell(member, {
				kind: 'live',
				rejected: rejected.filter(({ topic }) => topics.includes(topic)),
			});
		}
	}

	/** There is no connection. */
	trouble(news: News): void {
		for (const member of [...this.members]) this.tell(member, news);
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

	private tell({ subscriber }: Member, news: News): void {
		try {
			subscriber.hear(news);
		} catch (error) {
			this.log.warn(`A trigger could not be told of its connection: ${String(error)}`);
		}
	}
}
