import { parseObject } from './answer';
import { classifyNoAnswer, unexpectedAnswer } from './classify';
import type { ApiFailure } from '../failures/failure';
import { isSuccess, type HttpFunction } from './http';
import { withoutSecrets } from './redact';

/** Describes the caller's own token; every client may read it. */
export const WHO_AM_I_PATH = '/api/v2/tokens/me';

/** What is asked, and with what. */
export interface TokenCheck {
	/** The API's base URL. */
	readonly apiUrl: string;
	readonly token: string;
	/** The time limit of the call in ms. */
	readonly timeoutMs: number;
}

/**
 * Asks the API about an access token, to learn whether there is such an API at all.
 *
 * @param http makes the call
 * @param check what is asked
 * @returns the failure when nobody answers, or somebody else does; a refusal is an answer of the API.
 *   Never rejects
 */
export async function findApiFailure(
	http: HttpFunction,
	{ apiUrl, token, timeoutMs }: TokenCheck,
): Promise<ApiFailure | undefined> {
	const result = await http({
		method: 'GET',
		url: apiUrl + WHO_AM_I_PATH,
		headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
		timeoutMs,
	});
	if (!result.ok) return { ...classifyNoAnswer(result.kind, result.code), call: 'read' };
	const { status, text } = result.response;
	if (!isSuccess(status) || parseObject(text)) return undefined;
	return { ...unexpectedAnswer(withoutSecrets(result.response, [token])), call: 'read' };
}
