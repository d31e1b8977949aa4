import type { HttpResponse } from './http';

const HIDDEN = '***';

/** The escapes of JSON: a gateway may write a secret's characters as `\/` or `\u20ac`. */
const JSON_ESCAPES = /(?:\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))+/g;

/**
 * Hides secrets in an answer: some gateways repeat the request in their error, and what an answer says
 * is shown to the user. A secret is found as it is, URL-encoded and in Base64, however the answer's
 * JSON escapes it.
 *
 * @param response the answer
 * @param secrets what must not be shown
 * @returns the answer without them; the escapes in its JSON are the shortest ones
 */
export function withoutSecrets(response: HttpResponse, secrets: readonly string[]): HttpResponse {
	// The longest first: a form may be part of another one.
	const forms = secrets.flatMap(formsOf).sort((a, b) => b.length - a.length);
	const hide = (text: string) => {
		let rest = text;
		for (const form of forms) rest = rest.replaceAll(form, HIDDEN);
		return rest;
	};
	return {
		status: response.status,
		text: hide(response.text.replace(JSON_ESCAPES, shortened)),
		header: (name) => {
			const value = response.header(name);
			return value === undefined ? undefined : hide(value);
		},
	};
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
	];
	return [...new Set(forms)];
}

/** A text as it stands within the quotes of JSON. */
function escaped(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/** JSON can write a character in several ways (`/`, `\/`, `\u002f`): this one is looked for. */
function shortened(escapes: string): string {
	return escaped(JSON.parse(`"${escapes}"`) as string);
}
