import { parseObject } from './answer';
import type { HttpResponse } from './http';

const HIDDEN = '***';

/**
 * Hides secrets in an answer: some gateways repeat the request in their error, and what an answer says
 * is shown to the user. A secret is found as it is, URL-encoded and in Base64, however the answer's
 * JSON escapes it.
 *
 * @param response the answer
 * @param secrets what must not be shown
 * @returns the answer without them
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
		text: hide(plainJson(response.text)),
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
		inJson(secret),
		encoded,
		encoded.replace(/%../g, (byte) => byte.toLowerCase()),
		new URLSearchParams([['', secret]]).toString().slice(1),
		bytes.toString('base64'),
		bytes.toString('base64').replaceAll('=', ''),
		bytes.toString('base64url'),
	];
	return [...new Set(forms)];
}

/** A text as `JSON.stringify` writes it, without its quotes. */
function inJson(text: string): string {
	return JSON.stringify(text).slice(1, -1);
}

/**
 * JSON can write each character in several ways (`/`, `\/`, `\u002f`). Where it does, it is written
 * anew in the one way in which secrets are looked for.
 */
function plainJson(text: string): string {
	if (!text.includes('\\')) return text;
	const body = parseObject(text);
	if (body === undefined) return text;
	try {
		return JSON.stringify(body);
	} catch {
		// Nested too deeply to be written, so too deeply to be searched: nothing of it is shown.
		return '';
	}
}
