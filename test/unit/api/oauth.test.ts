import {
	basicAuthorization,
	credentialsKey,
	fetchAccessToken,
	tokenForm,
} from '../../../nodes/GenesysCloud/api/accessToken';
import type { HttpFunction, HttpResult } from '../../../nodes/GenesysCloud/api/http';
import { CREDENTIALS, SECRET } from '../support/credentials';
import { answered, scripted, tokenAnswer } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);

const fetched = async (result: HttpResult) =>
	await fetchAccessToken(scripted({ token: [result] }).http, CREDENTIALS, 30_000, () => NOW);

async function failureOf(result: HttpResult) {
	const token = await fetched(result);
	if (token.ok) throw new Error('there is a token');
	return token.failure;
}

async function usableMs(expiresIn: unknown): Promise<number> {
	const token = await fetched(tokenAnswer('t', expiresIn));
	if (!token.ok) throw new Error('there is no token');
	return token.token.usableUntil - NOW;
}

describe('the call for an access token', () => {
	it('is a POST with HTTP Basic and the client credentials grant', async () => {
		const { http, tokenCalls } = scripted({});
		await fetchAccessToken(http, CREDENTIALS, 12_345, () => NOW);
		const encoded = Buffer.from(`client-1:${SECRET}`).toString('base64');
		expect(tokenCalls).toEqual([
			{
				method: 'POST',
				url: 'https://login.mypurecloud.de/oauth/token',
				headers: {
					authorization: `Basic ${encoded}`,
					'content-type': 'application/x-www-form-urlencoded',
					accept: 'application/json',
				},
				body: 'grant_type=client_credentials&scope=webchat%3Amessaging',
				timeoutMs: 12_345,
			},
		]);
	});

	it.each([
		['', 'grant_type=client_credentials'],
		['   ', 'grant_type=client_credentials'],
		[' a b ', 'grant_type=client_credentials&scope=a+b'],
		['a&grant_type=password', 'grant_type=client_credentials&scope=a%26grant_type%3Dpassword'],
	])('has the scope %j in its form', (scope, form) => {
		expect(tokenForm(scope)).toBe(form);
	});

	it.each([
		['id', 'secret', 'id:secret'],
		['idé', 'pass:word', 'idé:pass:word'],
		['', '', ':'],
	])('encodes %j and %j as UTF-8', (clientId, clientSecret, plain) => {
		const header = basicAuthorization({ clientId, clientSecret });
		expect(Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8')).toBe(plain);
	});
});

describe('an access token', () => {
	it('is used until 10 seconds before it expires', async () => {
		expect(await fetched(tokenAnswer('abc', 86_400))).toEqual({
			ok: true,
			token: { value: 'abc', usableUntil: NOW + 86_390_000 },
		});
	});

	it.each([
		[300, 290_000],
		['600', 590_000],
		[true, 290_000],
		[[600], 290_000],
		[20, 10_000],
		[12, 6_000],
		[2, 1_000],
		[1, 1_000],
		[0.001, 1_000],
		[0, 290_000],
		[-5, 290_000],
		[null, 290_000],
		['soon', 290_000],
		[Number.POSITIVE_INFINITY, 290_000],
	])('that expires in %p seconds is used for %i ms', async (expiresIn, expected) => {
		expect(await usableMs(expiresIn)).toBe(expected);
	});

	it("is used for Genesys Cloud's shortest life when its answer does not tell", async () => {
		const result = await fetched(answered(200, { access_token: 'abc' }));
		expect(result).toMatchObject({ ok: true, token: { usableUntil: NOW + 290_000 } });
	});

	it('counts its life from the start of a slow call', async () => {
		let now = NOW;
		const http: HttpFunction = async () => {
			now += 25_000;
			return tokenAnswer('abc', 300);
		};
		const result = await fetchAccessToken(http, CREDENTIALS, 30_000, () => now);
		expect(result).toMatchObject({ ok: true, token: { usableUntil: NOW + 290_000 } });
	});

	it('is used for a second even when it came too slowly', async () => {
		let now = NOW;
		const http: HttpFunction = async () => {
			now += 25_000;
			return tokenAnswer('abc', 20);
		};
		const result = await fetchAccessToken(http, CREDENTIALS, 30_000, () => now);
		expect(result).toMatchObject({ ok: true, token: { usableUntil: now + 1_000 } });
	});

	it.each([
		'abc\r\nx-injected: 1',
		'abc\ndef',
		'abc def',
		'abc\u0000',
		'abcé',
		'',
		'x'.repeat(8_193),
		undefined,
		null,
		7,
		{ value: 'abc' },
	])('never is %j: it would break out of its header', async (value) => {
		const failure = await failureOf(answered(200, { access_token: value, expires_in: 300 }));
		expect(failure).toMatchObject({ reason: 'unexpectedResponse', call: 'token' });
	});
});

describe('the key of the token cache', () => {
	it.each([
		['login URL', { loginUrl: 'https://login.mypurecloud.ie' }],
		['client ID', { clientId: 'client-2' }],
		['secret', { clientSecret: 'wrong' }],
		['scope', { scope: '' }],
	])('differs by the %s', (_name, change) => {
		expect(credentialsKey({ ...CREDENTIALS, ...change })).not.toBe(credentialsKey(CREDENTIALS));
	});

	it('does not run its parts together', () => {
		const parts = (clientId: string, scope: string) =>
			credentialsKey({ ...CREDENTIALS, clientId, scope });
		expect(parts('a","b', 'c')).not.toBe(parts('a', 'b","c'));
	});

	it('is the same for the same client and does not reveal the secret', () => {
		expect(credentialsKey({ ...CREDENTIALS })).toBe(credentialsKey(CREDENTIALS));
		expect(credentialsKey(CREDENTIALS)).not.toContain(SECRET);
	});
});
