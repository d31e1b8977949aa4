import type { OpenConversation } from '../notifications/types';
import type { Fact, Sighting } from './types';

/** More conversations are not remembered at once; those not heard of for the longest are forgotten. */
const MAX_CONVERSATIONS = 10_000;
/** Facts that are remembered at once: conversations with thousands of messages count for more. */
const MAX_FACTS = 500_000;
/** Within this time after its end a customer goes on in the same conversation, in ms: 72 hours by default. */
const REMEMBER_ENDED_MS = 73 * 3_600_000;
/** How often ended conversations are looked for, in ms. */
const TIDY_MS = 60_000;

/** A conversation of which something was told. */
interface Known {
	/** The facts that were told, or were old when the conversation was first seen. */
	readonly told: Set<string>;
	/** Where it was heard of last: it may be moved to another queue. */
	topic: string;
	/** In ms since 1970; a conversation may go on after its end. */
	endedAt: number | undefined;
}

/**
 * Tells what is new: Genesys Cloud sends the whole conversation again at each change and does not say what
 * changed. Repeated and reordered ones do no harm.
 */
export class Differ {
	/** The one heard of last is the last. */
	private readonly known = new Map<string, Known>();
	private facts = 0;
	private tidiedAt = 0;

	/** @param since from when on events are due, in ms since 1970 */
	constructor(private readonly since: () => number) {}

	/**
	 * @param now in ms since 1970
	 * @returns the facts that have not been told
	 */
	news(
		sighting: Sighting,
		{ topic, source }: { topic: string; source: 'live' | 'recovered' },
		now: number,
	): readonly Fact[] {
		const { conversationId, facts, kind, ended } = sighting;
		if (kind === 'occurrence' || conversationId === undefined) return facts;
		this.tidy(now);
		const earlier = this.known.get(conversationId);
		const known: Known = earlier ?? { told: new Set(), topic, endedAt: undefined };
		const news = facts.filter(({ id, time, isEnd }) => {
			if (known.told.has(id)) return false;
			// The same end may come again with another time.
			if (isEnd && known.endedAt !== undefined) return false;
			// On first sight most is old; what has no time is new only if it comes as news.
			return (
				earlier !== undefined || (time === undefined ? source === 'live' : time >= this.since())
			);
		});
		this.facts -= known.told.size;
		for (const { id } of facts) known.told.add(id);
		this.facts += known.told.size;
		known.topic = topic;
		known.endedAt = ended ? (known.endedAt ?? now) : undefined;
		this.known.delete(conversationId);
		this.known.set(conversationId, known);
		return news;
	}

	/** The conversations that have not ended, the latest first. */
	open(): OpenConversation[] {
		return [...this.known]
			.filter(([, { endedAt }]) => endedAt === undefined)
			.map(([conversationId, { topic }]) => ({ topic, conversationId }))
			.reverse();
	}

	/** How many conversations are remembered. */
	get size(): number {
		return this.known.size;
	}

	private tidy(now: number): void {
		for (const oldest of this.known.keys()) {
			if (this.known.size < MAX_CONVERSATIONS && this.facts < MAX_FACTS) break;
			this.forget(oldest);
		}
		if (now - this.tidiedAt < TIDY_MS) return;
		this.tidiedAt = now;
		for (const [id, { endedAt = now }] of this.known) {
			if (now - endedAt > REMEMBER_ENDED_MS) this.forget(id);
		}
	}

	private forget(id: string): void {
		this.facts -= this.known.get(id)?.told.size ?? 0;
		this.known.delete(id);
	}
}
