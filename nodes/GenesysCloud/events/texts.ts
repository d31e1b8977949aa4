import type { ApiClient } from '../api/client';
import { MAX_IDS_A_CALL, messagesRequest, textOf } from '../api/conversations';
import { objectsIn, textIn } from '../api/json';
import type { Clock, JsonObject } from '../delivery/types';
import type { Failure, Result } from '../failures/failure';
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
	readonly failure?: Failure;
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
export async function fetchTexts(
	call: ApiClient,
	clock: Clock,
	{ conversationId, messageIds, since }: Wanted,
): Promise<Texts> {
	const found = new Map<string, string>();
	let missing = [...new Set(messageIds)];
	let tries = 0;
	let wait = FIRST_WAIT_MS;
	let size = MAX_IDS_A_CALL;
	let leftOut = 0;
	let refusal: Failure | undefined;
	while (missing.length > 0) {
		const asked = missing.slice(0, size);
		const answer = await call(messagesRequest(conversationId, asked));
		const before = missing.length;
		if (answer.ok) {
			const read = readTexts(answer.value, found);
			missing = missing.filter((id) => !read.has(id));
			if (missing.length < before) continue;
		}
		const failure = failureOf(answer);
		// A conversation that has just begun may not be there yet either.
		const mayCome = !failure || failure.httpCode === '404';
		const isEnough = mayCome
			? ++tries >= MAX_TRIES_MISSING
			: !mayPass(failure) || clock.now() - since > GIVE_UP_MS;
		if (isEnough) {
			if (!OF_ONE.has(failure?.httpCode) || leftOut >= MAX_LEFT_OUT) return { found, failure };
			refusal = failure;
			size = Math.ceil(asked.length / 2);
			if (asked.length > 1) continue;
			leftOut++;
			missing = missing.slice(1);
			size = MAX_IDS_A_CALL;
			continue;
		}
		if (clock.stopped()) return { found };
		const askedFor = failure?.retryAfterMs ?? 0;
		await clock.sleep(Math.min(Math.max(askedFor, wait), LONGEST_WAIT_MS), 'backoff');
		wait = Math.min(2 * wait, LONGEST_WAIT_MS);
	}
	return { found, failure: refusal };
}

function failureOf(answer: Result<JsonObject>): Failure | undefined {
	return answer.ok ? undefined : answer.failure;
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
