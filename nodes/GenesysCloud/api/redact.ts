import type { Failure } from '../failures/failure';
import { cleaned, MAX_MESSAGE_LENGTH } from './answer';
import { cutEnd } from './ownWords';

const HIDDEN = '***';

/** The escapes of JSON: a gateway may write a secret's characters as `\/` or `\u20ac`. */
const JSON_ESCAPES = /(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))+/g;

/** Shorter secrets would be found by chance in an answer that is passed on. */
const SHORTEST_IN_ANSWER = 16;

/**
 * Hides secrets in what an answer says: some gateways repeat the request in their error. A secret is found as
 * it is, URL-encoded, in HTML and in Base64, however the answer's JSON escapes it. Made once a token, used for each call.
 */
export class Redactor {
	private readonly forms: readonly string[];
	private readonly inAnswers: readonly string[];

	constructor(secrets: readonly string[]) {
		// The longest first: a form may be part of another one.
		const byLength = (forms: string[]) => forms.sort((a, b) => b.length - a.length);
		this.forms = byLength(secrets.flatMap(formsOf));
		const long = secrets.filter((secret) => secret.length >= SHORTEST_IN_ANSWER);
		this.inAnswers = byLength(long.flatMap(formsOf));
	}

	/** A failure with its texts cleaned: what a person may see. Its classification stays as it is. */
	failure(failure: Failure): Failure {
		const { code, apiMessage, correlationId } = failure;
		return {
			...failure,
			...(code !== undefined && { code: this.text(code) }),
			...(apiMessage !== undefined && { apiMessage: this.text(apiMessage) }),
			...(correlationId !== undefined && { correlationId: this.text(correlationId) }),
		};
	}

	/** A text of an answer may have been cut in the middle of a secret. */
	text(text: string): string {
		const cut = text.length < MAX_MESSAGE_LENGTH ? 0 : cutEnd(text, this.forms);
		const rest = cut === 0 ? text : text.slice(0, -cut) + HIDDEN;
		return hide(rest, this.forms);
	}

	/** The JSON of an answer that is passed on; nearly always the very same text. */
	answer(json: string): string {
		const plain = json.includes('\\') ? json.replace(JSON_ESCAPES, shortened) : json;
		const holdsSecret = this.inAnswers.some((form) => plain.includes(form));
		return holdsSecret ? hide(plain, this.inAnswers) : json;
	}
}

function hide(text: string, forms: readonly string[]): string {
	let rest = text;
	for (const form of forms) rest = rest.replaceAll(form, HIDDEN);
	return rest;
}

/** The forms in which a request carries a secret, and those in which an answer may repeat it. */
function formsOf(secret: string): string[] {
	if (secret === '') return [];
	const bytes = Buffer.from(secret);
	const encoded = encodeURIComponent(bytes.toString());
	const forms = [
		secret,
		escaped(secret),
		encoded,
		encoded.replace(/%../g, (byte) => byte.toLowerCase()),
		new URLSearchParams([['', secret]]).toString().slice(1),
		bytes.toString('base64'),
		bytes.toString('base64').replaceAll('=', ''),
		bytes.toString('base64url'),
		encodeURIComponent(bytes.toString('base64')),
		...inHtml(secret),
	];
	// What a failure quotes was cleaned before, and a secret's own blanks with it.
	return [...new Set([...forms, ...forms.flatMap((form) => cleaned(form) ?? [])])];
}

/** A text as web pages write it: every library has its own entity for the apostrophe. */
function inHtml(text: string): string[] {
	const written = text
		.replaceAll('&', '&amp;')
		.replaceAll('<', '&lt;')
		.replaceAll('>', '&gt;')
		.replaceAll('"', '&quot;');
	return ['&#39;', '&#x27;', '&apos;', "'"].map((entity) => written.replaceAll("'", entity));
}

/** A text as it stands within the quotes of JSON. */
function escaped(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** JSON can write a character in several ways (`/`, `\/`, `\u002f`): this one is looked for. */
function shortened(escapes: string): string {
	return escaped(JSON.parse(`"${escapes}"`) as string);
}
