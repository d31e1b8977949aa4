import { cleaned, MAX_MESSAGE_LENGTH } from './answer';

/** A shorter value of a request says nothing by standing in a message. */
const SHORTEST_QUOTE = 4;
/** What a message and a value of the request share is a quote from this length on, cut or not. */
const LONG_QUOTE = 20;

/** Where a message leaves something out. */
const DOTS = /(\.{3,}|…)/;

/** How web pages, JSON and URLs write a character; what is not listed is a blank. */
const ENCODED =
	/(?:&#x|\\u)([\da-f]{2,4});?|%([0-7][\da-f])|&#(\d{1,5});|&(?:amp|apos|gt|lt|nbsp|quot);|\\[\\"'/bfnrt]/gi;
const CHARACTERS: Readonly<Record<string, string>> = {
	'&amp;': '&',
	'&apos;': "'",
	'&gt;': '>',
	'&lt;': '<',
	'&quot;': '"',
	'\\"': '"',
	"\\'": "'",
	'\\/': '/',
	'\\\\': '\\',
};

/** What stands in quotation marks, to the end where they are not closed. An apostrophe in a word is none. */
const QUOTED = [
	/(?<![\p{L}\d])(["'`´])(?:(?!\1).|(?<=[\p{L}\d])\1(?=[\p{L}\d]))*\1?/gu,
	/[“„][^“”„]*[“”]?|«[^«»]*»?|»[^«»]*«?|[‹<][^‹›<>]*[›>]?|›[^‹›]*‹?|[「『][^「『」』]*[」』]?/gu,
	/‘(?:[^’‘]|’(?=[\p{L}\d]))*’?/gu,
];

/**
 * The part of an API message that Genesys Cloud wrote itself. It quotes values of the request in brackets,
 * in quotation marks, or bare; what our own text says must not decide what a failure means.
 *
 * @param message the cleaned message
 * @param request what was sent, with all its texts and IDs
 */
export function ownWords(message: string, request: unknown): string {
	const values = textsOf(request).map((value) => decoded(cleaned(value) ?? ''));
	let rest = withoutCut(decoded(message), values, message.length >= MAX_MESSAGE_LENGTH);
	for (const quoted of values.sort((a, b) => b.length - a.length)) {
		rest = quoted.length < LONG_QUOTE ? withoutWhole(rest, quoted) : withoutShared(rest, quoted);
	}
	rest = withoutBrackets(rest);
	for (const quotes of QUOTED) rest = rest.replace(quotes, ' ');
	return rest.replace(/ {2,}/g, ' ').trim();
}

/** Takes out the beginning of a value where it was cut: before dots, or at the end of a message that was cut. */
function withoutCut(message: string, values: readonly string[], isCut: boolean): string {
	const parts = message.split(DOTS);
	const kept = parts.map((part, index) =>
		index === parts.length - 1 && !isCut ? part : part.slice(0, part.length - cutEnd(part, values)),
	);
	return kept.join('');
}

/** A text as it was before a gateway wrote it for a web page, for JSON or for a URL. */
function decoded(text: string): string {
	return text
		.replace(ENCODED, (code, hex?: string, byte?: string, decimal?: string) => {
			const unicode = Number(decimal ?? `0x${hex ?? byte ?? ''}`);
			return unicode > 0 ? String.fromCharCode(unicode) : (CHARACTERS[code.toLowerCase()] ?? ' ');
		})
		.replace(/(?<=\p{L})\+(?=\p{L})/gu, ' ')
		.replace(/\s+/g, ' ');
}

/** All texts and numbers of a request, however deep. */
function textsOf(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value === 'number') return [String(value)];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(textsOf);
}

/**
 * How many characters at the end of a text that was cut are the beginning of one of these; 0 when there are so
 * few that it may be chance.
 */
export function cutEnd(cutText: string, values: readonly string[]): number {
	let longest = 0;
	for (const value of values) {
		const most = Math.min(value.length, cutText.length);
		for (let length = most; length > longest; length--) {
			if (cutText.endsWith(value.slice(0, length))) longest = length;
		}
	}
	return longest < SHORTEST_QUOTE ? 0 : longest;
}

/** Takes out a short value, with or without the signs at its ends. */
function withoutWhole(message: string, quoted: string): string {
	const core = /[\p{L}\d](?:.*[\p{L}\d])?/u.exec(quoted)?.[0] ?? '';
	return [quoted, core].reduce(withoutPhrase, message);
}

/** A single word (`agent`, `open`) may as well be Genesys Cloud's own. */
function withoutPhrase(message: string, phrase: string): string {
	if (phrase.length < SHORTEST_QUOTE || /^\p{L}+$/u.test(phrase)) return message;
	const escaped = phrase.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
	const edge = '(?:(?<![\\p{L}\\d])|(?![\\p{L}\\d]))';
	return message.replace(new RegExp(edge + escaped + edge, 'giu'), ' ');
}

/** Takes out whatever part of a long value the message holds: it may be cut anywhere. */
function withoutShared(message: string, value: string): string {
	const [said, quoted] = [inSmallLetters(message), inSmallLetters(value)];
	let kept = '';
	let start = 0;
	while (start < message.length) {
		let end = start + LONG_QUOTE;
		if (end > message.length || !quoted.includes(said.slice(start, end))) {
			kept += message.charAt(start++);
			continue;
		}
		while (end < message.length && quoted.includes(said.slice(start, end + 1))) end++;
		kept += ' ';
		start = end;
	}
	return kept;
}

/** In small letters, character by character, so that the length stays. */
function inSmallLetters(text: string): string {
	return text.replace(/\p{Lu}/gu, (letter) => {
		const small = letter.toLowerCase();
		return small.length === letter.length ? small : letter;
	});
}

/** Brackets may be nested; one that is never closed quotes to the end. */
function withoutBrackets(message: string): string {
	let depth = 0;
	let kept = '';
	for (const character of message) {
		if (character === '[' || character === '{') depth++;
		else if ((character === ']' || character === '}') && depth > 0) depth--;
		else if (depth === 0) kept += character;
	}
	return kept;
}
