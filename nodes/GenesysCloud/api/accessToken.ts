import { createHash } from 'node:crypto';

import { parseObject } from './answer';
import { classifyAnswer, classifyNoAnswer, unexpectedAnswer } from './classify';
import type { ApiFailure } from '../failures/failure';
import { isSuccess, type HttpFunction } from './http';
import { withoutSecrets } from './redact';

/** What it takes to get an access token by the client credentials grant. */
export interface ClientCredentials {
	readonly loginUrl: string;
	readonly clientId: string;
	readonly clientSecret: string;
	/** Sent as `scope` unless empty. */
	readonly scope: string;
}

/** An access token and how long to use it. */
export interface AccessToken {
	readonly value: string;
	/** When to stop using it, in ms since 1970: some seconds before it expires. */
	readonly usableUntil: number;
}

/** A token, or why there is none. A message whose token could not be had was not delivered. */
export type TokenResult =
	| { readonly ok: true; readonly token: AccessToken }
	| { readonly ok: false; readonly failure: ApiFailure };

/** A token is renewed this long before it expires, in ms, as in the tutorial. */
const RENEWAL_MARGIN_MS = 10_000;
/** A token is used at least this long, in ms: one that expires sooner is renewed by its 401. */
const SHORTEST_USE_MS = 1_000;
/** Genesys Cloud's shortest token life; assumed when an answer does not tell. */
const SHORTEST_LIFE_MS = 300_000;

/**
 * Fetches an access token: `POST {loginUrl}/oauth/token`, HTTP Basic, client credentials grant.
 *
 * @param http makes the call
 * @param credentials the OAuth client
 * @param timeoutMs the time limit of the call in ms
 * @param now tells the current time in ms since 1970
 * @returns the token or the failure; never rejects
 */
export async function fetchAccessToken(
	http: HttpFunction,
	credentials: ClientCredentials,
	timeoutMs: number,
	now: () => number,
): Promise<TokenResult> {
	const startedAt = now();
	const result = await http({
		method: 'POST',
		url: `${credentials.loginUrl}/oauth/token`,
		headers: {
			authorization: basicAuthorization(credentials),
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
		},
		body: tokenForm(credentials.scope),
		timeoutMs,
	});
	if (!result.ok) return failed(classifyNoAnswer(result.kind, result.code));
	const basic = basicAuthorization(credentials).replace('Basic ', '');
	const response = withoutSecrets(result.response, [credentials.clientSecret, basic]);
	if (!isSuccess(response.status)) {
		return failed(tokenRefusal(classifyAnswer(response, now())));
	}
	const body = parseObject(result.response.text);
	const value = body?.access_token;
	if (typeof value !== 'string' || !isHeaderSafe(value)) return failed(unexpectedAnswer(response));
	const usableUntil = Math.max(startedAt + usableMs(body?.expires_in), now() + SHORTEST_USE_MS);
	return { ok: true, token: { value, usableUntil } };
}

/**
 * The form of the token request.
 *
 * @param scope the scope to ask for; empty asks for none
 * @returns the form, URL-encoded
 */
export function tokenForm(scope: string): string {
	const form = new URLSearchParams({ grant_type: 'client_credentials' });
	if (scope.trim() !== '') form.set('scope', scope.trim());
	return form.toString();
}

/**
 * The Authorization header of the token request (RFC 7617).
 *
 * @param credentials the OAuth client
 * @returns the header's value
 */
export function basicAuthorization({
	clientId,
	clientSecret,
}: Pick<ClientCredentials, 'clientId' | 'clientSecret'>): string {
	return `Basic ${Buffer.from(`${clientId}:${clientSecret}`, 'utf8').toString('base64')}`;
}

/**
 * The key under which a client's tokens are cached. It holds a hash of the secret, so that another
 * user with the same client ID and a wrong secret never gets the cached token.
 *
 * @param credentials the OAuth client
 * @returns the key; it does not reveal the secret
 */
export function credentialsKey(credentials: ClientCredentials): string {
	const secretHash = createHash('sha256').update(credentials.clientSecret).digest('hex');
	return JSON.stringify([
		credentials.loginUrl,
		credentials.clientId,
		secretHash,
		credentials.scope,
	]);
}

function usableMs(expiresIn: unknown): number {
	const seconds = typeof expiresIn === 'string' ? Number(expiresIn) : expiresIn;
	const known = typeof seconds === 'number' && Number.isFinite(seconds) && seconds > 0;
	const lifeMs = known ? seconds * 1000 : SHORTEST_LIFE_MS;
	return lifeMs - Math.min(RENEWAL_MARGIN_MS, lifeMs / 2);
}

/** A token goes into a header: anything but printable ASCII would break out of it. */
function isHeaderSafe(value: string): boolean {
	return /^[\x21-\x7e]{1,8192}$/.test(value);
}

/**
 * What the token endpoint's refusals mean. Genesys Cloud answers a throttled client with 400
 * `invalid_request` and "rate limit exceeded" (its Terraform provider waits for exactly this).
 */
function tokenRefusal(failure: ApiFailure): ApiFailure {
	if (/^rate limit exceeded/i.test(failure.apiMessage ?? '')) {
		return { ...failure, reason: 'rateLimited', transient: true };
	}
	const oauthErrors =
		/^(?:invalid_client|unauthorized_client|unsupported_grant_type|invalid_scope)$/;
	if (oauthErrors.test(failure.code ?? '') || failure.reason === 'unauthorized') {
		return { ...failure, reason: 'invalidCredentials' };
	}
	return failure.transient ? failure : { ...failure, reason: 'unexpectedResponse' };
}

function failed(failure: ApiFailure): TokenResult {
	return {
		ok: false,
		failure: { ...failure, call: 'token', delivered: 'no', endsRun: !failure.transient },
	};
}
