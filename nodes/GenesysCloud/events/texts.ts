import type { ApiClient } from '../api/client';
import type { Clock, JsonObject } from '../delivery/types';
import type { Failure } from '../failures/failure';
import { mayPass } from '../notifications/backoff';
import { objects, text } from './conversation';

/** The API takes this many IDs in a call. */
const MAX_IDS = 1_000;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;
/** After this time an event is told without its text, in ms. */
const GIVE_UP_MS = 10 * 60_000;
/** A message may be told of before it can be read: it is asked for this often. */
const MAX_TRIES_MISSING = 3;

/** The texts by message ID; one without a text (a picture) or that could not be had is not there. */
export interface Texts {
	readonly found: ReadonlyMap<string, string>;
	/** Why the last ones could not be had. */
	readonly failure?: Failure;
}

/**
 * Fetches the texts of messages: `POST /api/v2/conversations/messages/{id}/messages/bulk`. An outage is
 * waited out for a while: a reply without its text is of little use.
 */
export async function fetchTexts(
	call: ApiClient,
	clock: Clock,
	conversationId: string,
	messageIds: readonly string[],
): Promise<Texts> {
	const found = new Map<string, string>();
	const started = clock.now();
	let missing = [...new Set(messageIds)];
	let tries = 0;
	let wait = FIRST_WAIT_MS;
	for (;;) {
		const asked = missing.slice(0, MAX_IDS);
		const answer = await call({
			method: 'POST',
			path: `/api/v2/conversations/messages/${encodeURIComponent(conversationId)}/messages/bulk`,
			body: asked,
			answer: 'any',
			reads: true,
		});
		if (answer.ok) {
			const read = readTexts(answer.value, found);
			missing = missing.filter((id) => !read.has(id));
			if (missing.length === 0 || (read.size === 0 && ++tries >= MAX_TRIES_MISSING))
				return { found };
			if (read.size > 0) continue;
		} else if (!mayPass(answer.failure) || clock.now() - started > GIVE_UP_MS) {
			return { found, failure: answer.failure };
		}
		if (clock.stopped()) return { found };
		const askedFor = answer.ok ? 0 : (answer.failure.retryAfterMs ?? 0);
		await clock.sleep(Math.min(Math.max(askedFor, wait), LONGEST_WAIT_MS), 'backoff');
		wait = Math.min(2 * wait, LONGEST_WAIT_MS);
	}
}

/** @returns the IDs of the messages that the answer holds */
function readTexts(answer: JsonObject, found: Map<string, string>): Set<string> {
	const read = new Set<string>();
	for (const { id, normalizedMessage } of objects(answer.entities)) {
		const messageId = text(id);
		if (messageId === undefined) continue;
		read.add(messageId);
		const [normalized] = objects([normalizedMessage]);
		const said = text(normalized?.text);
		if (said !== undefined) found.set(messageId, said);
	}
	return read;
}
