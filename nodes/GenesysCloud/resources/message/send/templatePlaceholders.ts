import { asObject, isText, objectsIn } from '../../../api/json';
import type { JsonObject } from '../../../delivery/types';

/** The parts of a message template that have placeholders, in the order in which a customer sees them. */
export const PARTS = ['header', 'body', 'buttonUrl'] as const;

/** A part of a message template. */
export type Part = (typeof PARTS)[number];

/** A placeholder of a message template. */
interface Placeholder {
	/** The name of its field in the panel, such as `body.1`. */
	readonly name: string;
	/** What the panel shows: which one it is, and what stands around it. */
	readonly label: string;
}

/** The panel cuts labels off after some 30 characters, so most of them have no part before their text. */
const PART_NAMES: Record<Part, string> = {
	header: 'Header: ',
	body: '',
	buttonUrl: 'Button URL: ',
};
const PLACEHOLDER = /\{\{\s*([\p{L}\p{M}\p{N}_.-]{1,64})\s*\}\}/gu;
/** How much of the text before and after a placeholder the panel shows. */
const AROUND = 12;

/** The part and ID that a field's name stands for; one without a part fills the body. */
export function partOf(name: string): { readonly part: Part; readonly id: string } {
	const part = PARTS.find((known) => name.startsWith(`${known}.`));
	return part ? { part, id: name.slice(part.length + 1) } : { part: 'body', id: name };
}

/** The text of a template (Response in the SDKs), as the customer gets it; empty when it has none. */
export function templateText(response: JsonObject): string {
	return textsOf(response, 'body').join('\n');
}

/** The placeholders of a template (Response in the SDKs), each once, in the order of its text. */
export function placeholdersOf(response: JsonObject): Placeholder[] {
	const inTexts = PARTS.flatMap((part) =>
		textsOf(response, part).flatMap((text) =>
			[...text.matchAll(PLACEHOLDER)].map((match) => ({
				name: `${part}.${match[1] ?? ''}`,
				label: PART_NAMES[part] + around(text, match),
			})),
		),
	);
	return inTexts.filter(
		({ name }, index) => inTexts.findIndex((other) => other.name === name) === index,
	);
}

/** A placeholder between the whole words before and after it. */
function around(text: string, { index, 0: found }: RegExpExecArray): string {
	const end = index + found.length;
	const before = text.slice(Math.max(0, index - AROUND), index);
	const after = text.slice(end, end + AROUND);
	const shown = [
		index > AROUND ? `…${before.replace(/^\S*\s/, '')}` : before,
		found,
		text.length > end + AROUND ? `${after.replace(/\s\S*$/, '')}…` : after,
	];
	return shown.join('').replace(/\s+/g, ' ').trim();
}

function textsOf(response: JsonObject, part: Part): string[] {
	const whatsApp = asObject(asObject(response.messagingTemplate).whatsApp);
	switch (part) {
		case 'header':
			return texts([whatsApp.header]);
		case 'body':
			return texts(response.texts);
		case 'buttonUrl':
			return texts(whatsApp.buttons);
	}
}

function texts(values: unknown): string[] {
	return objectsIn(values)
		.map(({ content }) => content)
		.filter(isText);
}
