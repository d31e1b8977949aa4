import type { JsonObject } from '../delivery/types';
import { asObject, isText, listIn } from './json';
import type { ApiRequest } from './request';

const MESSAGES = '/api/v2/conversations/messages';

/** The API's limit for the IDs of one call. */
export const MAX_IDS_A_CALL = 1_000;

/** The request for a message conversation: `GET /api/v2/conversations/messages/{conversationId}`. */
export function conversationRequest(conversationId: string): ApiRequest {
	return { method: 'GET', path: `${MESSAGES}/${encodeURIComponent(conversationId)}`, reads: true };
}

/** The request for what its messages say: `POST …/{conversationId}/messages/bulk`; the API promises no order. */
export function messagesRequest(conversationId: string, ids: readonly string[]): ApiRequest {
	return {
		method: 'POST',
		path: `${MESSAGES}/${encodeURIComponent(conversationId)}/messages/bulk`,
		body: ids,
		reads: true,
		answer: 'list',
	};
}

/** Whether a participant of a conversation is the customer. */
export function isCustomer({ purpose }: JsonObject): boolean {
	return purpose === 'customer' || purpose === 'external';
}

/** Receipts, typing and presence stand among the messages too, but nobody has said them. */
const UNSAID: ReadonlySet<string> = new Set(['event', 'receipt']);

/**
 * Whether somebody has said a message.
 *
 * @param kind what tells of what kind it is: `messageMetadata` or `normalizedMessage`
 */
export function isSaid(kind: unknown): boolean {
	const { type, events, content, text } = asObject(kind);
	if (typeof type === 'string' && UNSAID.has(type.toLowerCase())) return false;
	// A type that does not say it, or none: events alone are no message.
	return (
		type === 'Text' || listIn(events).length === 0 || isText(text) || listIn(content).length > 0
	);
}

/** What a message says (MessageData in the SDKs): its text, or the buttons that the customer has pressed. */
export function textOf({ normalizedMessage, textBody }: JsonObject): string | undefined {
	const { text, content } = asObject(normalizedMessage);
	const pressed = listIn(content).map((part) => asObject(asObject(part).buttonResponse).text);
	return [text, textBody, pressed.filter(isText).join(', ')].find(isText);
}
