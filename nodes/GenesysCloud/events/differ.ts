import type { Notification, OpenConversation } from '../notifications/types';
import type { Fact, Sighting, Snapshot } from './types';

/** More conversations are not remembered at once; those not heard of for the longest are forgotten. */
const MAX_CONVERSATIONS = 10_000;
/** Facts that are remembered at once: conversations with thousands of messages count for more. */
const MAX_FACTS = 500_000;
/** Within this time after its end a customer goes on in the same conversation, in ms: 72 hours by default. */
const REMEMBER_ENDED_MS = 73 * 3_600_000;
/** How often ended conversations are looked for, in ms. */
const TIDY_MS = 60_000;

/** A conversation that was heard of. */
interface Known {
	/** The facts that were told, or were old when they were first seen. */
	readonly told: Set<string>;
	/** What happened before may have been told before this conversation was forgotten, in ms since 1970. */
	readonly dueFrom: number;
	readonly ending: Ending;
	/** Where it was heard of last: it may be moved to another queue. */
	topic: string;
	/** The latest moment that a live notification of it has named, in ms since 1970. */
	latest: number;
	/** In ms since 1970. */
	heardAt: number;
}

/** How a sighting came. */
type Arrival = Pick<Notification, 'topic' | 'source' | 'missedFrom'>;

/**
 * Tells what is new: Genesys Cloud sends the whole conversation again at each change and does not say what
 * changed. Repeated and reordered ones do no harm.
 */
export class Differ {
	/** The one heard of last is the last. */
	private readonly known = new Map<string, Known>();
	private facts = 0;
	private tidiedAt = 0;
	/** Until when something may have been told of conversations that are forgotten, in ms since 1970. */
	private forgottenUntil = -Infinity;

	/**
	 * @param since from when on events of a topic are due, in ms since 1970
	 * @param wasTold whether a fact of a conversation was told, by this process or an earlier one
	 */
	constructor(
		private readonly since: (topic: string) => number,
		private readonly wasTold: (conversationId: string, factId: string) => boolean,
	) {}

	/**
	 * @param now in ms since 1970
	 * @returns the facts that have not been told
	 */
	news(sighting: Sighting, arrival: Arrival, now: number): readonly Fact[] {
		const isLive = arrival.source === 'live';
		if (sighting.kind === 'occurrence') {
			// What is read afterwards is a conversation, and not what happened.
			return isLive ? sighting.facts : [];
		}
		const { conversationId, latest = now } = sighting;
		this.tidy(now);
		const earlier = this.known.get(conversationId);
		const known = earlier ?? this.unknown(arrival, now);
		const end = known.ending.see(sighting, now);
		const facts = sighting.facts.map((fact) =>
			fact.isEnd && end ? endOf(fact, end, known) : fact,
		);
		const dueFrom = Math.max(this.since(arrival.topic), known.dueFrom);
		const news = facts.filter((fact) => {
			if (known.told.has(fact.id) || (fact.isEnd && !end)) return false;
			const time = fact.change?.sentAt ?? fact.time;
			// What has no time is old on first sight, unless it comes as news, or as the end of what is new.
			const isOfNews = fact.isEnd && (sighting.latest ?? 0) >= dueFrom;
			if (time === undefined) return earlier !== undefined || isLive || isOfNews;
			if (time >= dueFrom) return true;
			if (!fact.change) return false;
			const { statuses, isLast } = fact.change;
			// Nothing else can be what a live notification is about.
			const isNews = isLive && isLast && (sighting.latest ?? Infinity) < dueFrom;
			return isNews || statuses.some((id) => this.wasSeen(id, conversationId, known));
		});
		this.facts -= known.told.size;
		for (const { id } of facts) known.told.add(id);
		this.facts += known.told.size;
		known.topic = arrival.topic;
		known.heardAt = now;
		if (isLive) known.latest = Math.max(known.latest, Math.min(latest, now));
		this.known.delete(conversationId);
		this.known.set(conversationId, known);
		return news;
	}

	/** The conversations that have not ended, the latest first. */
	open(): OpenConversation[] {
		return [...this.known]
			.filter(([, { ending }]) => ending.isOpen)
			.map(([conversationId, { topic }]) => ({ topic, conversationId }))
			.reverse();
	}

	/** How many conversations are remembered. */
	get size(): number {
		return this.known.size;
	}

	private unknown({ topic, missedFrom = Infinity }: Arrival, heardAt: number): Known {
		return {
			told: new Set(),
			// What is recovered may be of a time in which conversations were told of and forgotten again.
			dueFrom: Math.min(this.forgottenUntil + 1, missedFrom),
			ending: new Ending(),
			topic,
			latest: -Infinity,
			heardAt,
		};
	}

	/** A later status of an older message is new where one of it was told or seen. */
	private wasSeen(factId: string, conversationId: string, { told }: Known): boolean {
		return told.has(factId) || this.wasTold(conversationId, factId);
	}

	private tidy(now: number): void {
		for (const [oldest, known] of this.known) {
			if (this.known.size < MAX_CONVERSATIONS && this.facts < MAX_FACTS) break;
			this.forget(oldest, known);
		}
		if (now - this.tidiedAt < TIDY_MS) return;
		this.tidiedAt = now;
		for (const [id, known] of this.known) {
			if (!known.ending.isOpen && now - known.heardAt > REMEMBER_ENDED_MS) this.forget(id, known);
		}
	}

	private forget(id: string, { told, latest }: Known): void {
		this.facts -= told.size;
		this.forgottenUntil = Math.max(this.forgottenUntil, latest);
		this.known.delete(id);
	}
}

/** The end as it is known now. One more, before which the customer has done nothing, needs a name of its own. */
function endOf(fact: Fact, { time, after }: NewEnd, { told }: Known): Fact {
	const isAnother = after !== undefined && told.has(fact.id);
	return { ...fact, time, ...(isAnother && { id: `${fact.id} after ${after}` }) };
}

/** The end of a conversation that had not been seen before. */
interface NewEnd {
	/** When it was, in ms since 1970; unknown where the customer has come back since that time. */
	readonly time?: number;
	/** Set if it is certainly later than an earlier one, in ms since 1970: when that was. */
	readonly after?: number;
}

/**
 * Whether a conversation has ended. A customer may come back and leave again; late copies of what was before
 * change nothing.
 */
export class Ending {
	/** When it ended last, in ms since 1970, and whether the customer was there since. */
	private last: { readonly at: number; wentOn: boolean } | undefined;

	get isOpen(): boolean {
		return this.last?.wentOn ?? true;
	}

	/**
	 * @param now in ms since 1970
	 * @returns the end that is new, if there is one
	 */
	see({ ended, leftAt, customerAt, latest }: Snapshot, now: number): NewEnd | undefined {
		const { last } = this;
		if (!last) return ended ? this.end(leftAt ?? now, { time: leftAt }) : undefined;
		const { at, wentOn } = last;
		if (!ended) {
			last.wentOn ||= (latest ?? now) > at || (leftAt ?? 0) >= at;
			return undefined;
		}
		const hasCome = (customerAt ?? 0) > at;
		const isLater = leftAt === undefined ? hasCome : leftAt > at;
		// Each of these may deceive by itself: a message from just before the end comes late, and the same end
		// comes with a time and without one.
		if ([wentOn, hasCome, isLater].filter(Boolean).length < 2) return undefined;
		return leftAt !== undefined && isLater
			? this.end(leftAt, { time: leftAt, after: at })
			: this.end(now, {});
	}

	private end(at: number, end: NewEnd): NewEnd {
		this.last = { at, wentOn: false };
		return end;
	}
}
