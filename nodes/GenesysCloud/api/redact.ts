import type { HttpResponse } from './http';

const HIDDEN = '***';

/**
 * Hides secrets in an answer: some gateways repeat the request in their error, and what an answer says
 * is shown to the user.
 *
 * @param response the answer
 * @param secrets what must not be shown
 * @returns the answer without them
 */
export function withoutSecrets(response: HttpResponse, secrets: readonly string[]): HttpResponse {
	const hide = (text: string) =>
		secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, HIDDEN) : rest), text);
	return {
		status: response.status,
		text: hide(response.text),
		header: (name) => {
			const value = response.header(name);
			return value === undefined ? undefined : hide(value);
		},
	};
}
