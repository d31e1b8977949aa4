import type { JsonObject } from '../delivery/types';
import { asObject, isText, listIn } from './json';

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
