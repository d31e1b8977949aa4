import { hash } from 'node:crypto';

import { InputError, failed, succeeded, type Failure, type Result } from '../failures/failure';
import { classifyAnswer, unexpectedAnswer } from './answer';
import { baseUrls, type EnvironmentFields } from './environment';
import { isSuccess, MAX_RECORD_BYTES, type HttpFunction } from './http';
import { parseObject } from './json';
import { Redactor } from './redact';
import { pasted, withoutUnseen } from './unseen';

/** The credential's fields that make an OAuth client; as stored, so of any type. */
export interface OAuthClientFields extends EnvironmentFields {
	readonly clientId?: unknown;
	readonly clientSecret?: unknown;
	readonly scope?: unknown;
}

/** What it takes to get an access token by the client credentials grant. */
export interface OAuthClient {
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

/** A token is renewed this long before it expires, in ms, as in the tutorial. */
const RENEWAL_MARGIN_MS = 10_000;
/** A token is used at least this long, in ms: one that expires sooner is renewed by its 401. */
const SHORTEST_USE_MS = 1_000;
/** Genesys Cloud's shortest token life; assumed when an answer does not tell. */
const SHORTEST_LIFE_MS = 300_000;

/**
 * Reads the OAuth client from the credential's fields.
 *
 * @throws InputError that names the field when one is empty or malformed
 */
export function readOAuthClient(fields: OAuthClientFields): OAuthClient {
	return {
		loginUrl: baseUrls(fields).loginUrl,
		clientId: required('Client ID', fields.clientId),
		clientSecret: required('Client Secret', fields.clientSecret),
		scope: pasted(fields.scope),
	};
}

/** Copying brings along characters that nobody sees, and no client ID or secret has. */
function required(field: string, value: unknown): string {
	const text = typeof value === 'string' ? withoutUnseen(value).trim() : '';
	if (text !== '') return text;
	throw new InputError(field, 'is empty', 'Fill it in in the Genesys Cloud credential');
}

/**
 * Fetches an access token: `POST {loginUrl}/oauth/token`, HTTP Basic, client credentials grant.
 *
 * @param timeoutMs the time limit of the call
 * @param now tells the current time in ms since 1970
 */
export async function fetchAccessToken(
	http: HttpFunction,
	client: OAuthClient,
	timeoutMs: number,
	now: () => number,
): Promise<Result<AccessToken>> {
	const startedAt = now();
	const basic = Buffer.from(`${client.clientId}:${client.clientSecret}`, 'utf8').toString('base64');
	const result = await http({
		method: 'POST',
		url: `${client.loginUrl}/oauth/token`,
		headers: {
			authorization: `Basic ${basic}`,
			'content-type': 'application/x-www-form-urlencoded',
			accept: 'application/json',
		},
		body: tokenForm(client.scope),
		timeoutMs,
		maxBodyBytes: MAX_RECORD_BYTES,
	});
	if (!result.ok) return refused(result.failure);
	const response = result.value;
	const redactor = new Redactor([client.clientSecret, basic]);
	if (!isSuccess(response.status)) {
		return refused(redactor.failure(tokenRefusal(classifyAnswer(response, now()))));
	}
	const body = parseObject(response.text);
	const value = body?.access_token;
	if (typeof value !== 'string' || !isHeaderSafe(value)) {
		return refused(redactor.failure(tokenRefusal(unexpectedAnswer(response))));
	}
	const usableUntil = Math.max(startedAt + usableMs(body?.expires_in), now() + SHORTEST_USE_MS);
	return succeeded({ value, usableUntil });
}

function tokenForm(scope: string): string {
	const form = new URLSearchParams({ grant_type: 'client_credentials' });
	if (scope !== '') form.set('scope', scope);
	return form.toString();
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

const OAUTH_ERRORS =
	/^(?:invalid_client|invalid_grant|unauthorized_client|unsupported_grant_type|invalid_scope|access_denied)$/i;
const THROTTLED_WORDS =
	/^rate limit exceeded|^(?:the )?rate limit (?:has been|was) exceeded|^too many requests/i;
const THROTTLED_CODE =
	/^(?:rate[\s._-]?limit|too[\s._-]?many[\s._-]?requests|slow[\s._-]?down|temporarily[\s._-]?unavailable)/i;

/**
 * What the token endpoint's refusals mean. Genesys Cloud answers a throttled client with 400
 * `invalid_request` and "rate limit exceeded" (its Terraform provider waits for exactly this); a busy one
 * says 503.
 */
function tokenRefusal(failure: Failure): Failure {
	const throttled =
		THROTTLED_WORDS.test(failure.apiMessage ?? '') ||
		THROTTLED_CODE.test(failure.code ?? '') ||
		(failure.httpCode === '503' && failure.retryAfterMs !== undefined);
	if (throttled) return { ...failure, reason: 'rateLimited', transient: true };
	if (OAUTH_ERRORS.test(failure.code ?? '') || failure.reason === 'unauthorized') {
		return { ...failure, reason: 'invalidCredentials', transient: false };
	}
	return failure.transient ? failure : { ...failure, reason: 'unexpectedResponse' };
}

/** A message whose token could not be had was not delivered. */
function refused(failure: Failure): Result<never> {
	return failed({ ...failure, call: 'token', delivered: 'no', endsRun: !failure.transient });
}

/**
 * A name for an OAuth client by which its tokens are kept. It holds a hash of the secret: another user
 * with the same client ID and a wrong secret never gets the cached token.
 */
export function fingerprintOf({ loginUrl, clientId, clientSecret, scope }: OAuthClient): string {
	const secretHash = hash('sha256', clientSecret);
	const content = JSON.stringify([loginUrl, clientId, secretHash, scope]);
	return hash('sha256', content, 'base64url');
}

/** Describes the caller's own token; every client may read it. */
export const WHO_AM_I_PATH = '/api/v2/tokens/me';

/**
 * Asks the API about an access token, to learn whether there is such an API at all.
 *
 * @param apiUrl the API's base URL
 * @param timeoutMs the time limit of the call
 * @returns the failure when nobody answers, or somebody else does; a refusal is an answer of the API
 */
export async function checkApi(
	http: HttpFunction,
	apiUrl: string,
	token: string,
	timeoutMs: number,
): Promise<Result<void>> {
	const result = await http({
		method: 'GET',
		url: apiUrl + WHO_AM_I_PATH,
		headers: { authorization: `Bearer ${token}`, accept: 'application/json' },
		timeoutMs,
		maxBodyBytes: MAX_RECORD_BYTES,
	});
	if (!result.ok) return failed(ofRead(result.failure));
	const { status, text } = result.value;
	if (!isSuccess(status) || parseObject(text)) return succeeded(undefined);
	return failed(ofRead(new Redactor([token]).failure(unexpectedAnswer(result.value))));
}

/** Nothing was sent, whoever has answered. */
function ofRead(failure: Failure): Failure {
	return { ...failure, call: 'read', delivered: 'no' };
}
