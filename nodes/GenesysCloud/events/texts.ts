import type { ApiClient } from '../api/client';
import { MAX_IDS_A_CALL, messagesRequest, textOf } from '../api/conversations';
import { objectsIn, textIn } from '../api/json';
import type { Clock, JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import { mayPass } from '../notifications/backoff';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** So long after it came an event is told without its text, in ms. */
const GIVE_UP_MS = 10 * 60_000;
/** A message may be told of before it can be read: it is asked for this often. */
const MAX_TRIES_MISSING = 3;
/** A list is refused with these for one of its messages, or for all: so many are left out to find out. */
const OF_ONE: ReadonlySet<string | undefined> = new Set(['400', '404', '413', '422']);
const MAX_LEFT_OUT = 3;

/** The texts by message ID; one without a text (a picture) or that could not be had is not there. */
interface Texts {
	readonly found: ReadonlyMap<string, string>;
	/** Why the last ones could not be had. */
	readonly failure?: Failure | undefined;
}

/** Whose texts are wanted. */
interface Wanted {
	readonly conversationId: string;
	readonly messageIds: readonly string[];
	/** When the event came that waits for them, by the clock. */
	readonly since: number;
}

/**
 * Fetches the texts of messages: `POST /api/v2/conversations/messages/{id}/messages/bulk`. An outage is
 * waited out for a while: a reply without its text is of little use.
 */
export async function fetchTexts(call: ApiClient, clock: Clock, wanted: Wanted): Promise<Texts> {
	const search = new Search(call, clock, wanted);
	const ids = [...new Set(wanted.messageIds)];
	for (let start = 0; start < ids.length; start += MAX_IDS_A_CALL) {
		if (!(await search.part(ids.slice(start, start + MAX_IDS_A_CALL)))) break;
	}
	const { found, failure } = search;
	return { found, failure };
}

/** The search for the texts of one event. */
class Search {
	readonly found = new Map<string, string>();
	failure?: Failure | undefined;
	private tries = 0;
	private leftOut = 0;
	private wait = FIRST_WAIT_MS;

	constructor(
		private readonly call: ApiClient,
		private readonly clock: Clock,
		private readonly wanted: Wanted,
	) {}

	/**
	 * Halves a list that is refused, until the message at fault is left alone.
	 *
	 * @returns false when no further text is to be had
	 */
	async part(ids: readonly string[]): Promise<boolean> {
		const missing = await this.list(ids);
		if (missing.length === 0) return true;
		if (!OF_ONE.has(this.failure?.httpCode) || this.leftOut >= MAX_LEFT_OUT) return false;
		if (missing.length === 1) {
			this.leftOut++;
			return true;
		}
		const half = Math.ceil(missing.length / 2);
		return (await this.part(missing.slice(0, half))) && (await this.part(missing.slice(half)));
	}

	/** @returns those of a list that could not be had, however long they were waited for */
	private async list(ids: readonly string[]): Promise<readonly string[]> {
		let missing = ids;
		while (missing.length > 0) {
			const answer = await this.call(messagesRequest(this.wanted.conversationId, missing));
			const read = answer.ok ? readTexts(answer.value, this.found) : new Set();
			const left = missing.filter((id) => !read.has(id));
			const hasRead = left.length < missing.length;
			missing = left;
			if (hasRead) continue;
			const failure = answer.ok ? undefined : answer.failure;
			if (this.isEnough(failure)) {
				this.failure = failure;
				break;
			}
			if (this.clock.stopped()) break;
			const askedFor = failure?.retryAfterMs ?? 0;
			const ms = Math.min(Math.max(askedFor, this.wait), LONGEST_WAIT_MS);
			await this.clock.sleep(ms, 'backoff');
			this.wait = Math.min(2 * this.wait, LONGEST_WAIT_MS);
		}
		return missing;
	}

	private isEnough(failure: Failure | undefined): boolean {
		// A conversation that has just begun may not be there yet either.
		const mayCome = !failure || failure.httpCode === '404';
		if (mayCome) return ++this.tries >= MAX_TRIES_MISSING;
		return !mayPass(failure) || this.clock.now() - this.wanted.since > GIVE_UP_MS;
	}
}

/** @returns the IDs of the messages that the answer holds */
function readTexts(answer: JsonObject, found: Map<string, string>): Set<string> {
	const read = new Set<string>();
	for (const message of objectsIn(answer.entities)) {
		const messageId = textIn(message.id);
		if (messageId === undefined) continue;
		read.add(messageId);
		const said = textOf(message);
		if (said !== undefined) found.set(messageId, said);
	}
	return read;
}
