import type { HttpFunction } from '../../../nodes/GenesysCloud/api/http';
import {
	fetchAccessToken,
	fingerprintOf,
	readOAuthClient,
	type OAuthClient,
} from '../../../nodes/GenesysCloud/api/oauth';
import { CREDENTIALS, SECRET } from '../support/credentials';
import { answered, scripted, tokenAnswer, type HttpResult } from '../support/http';

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
	return token.value.usableUntil - NOW;
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
				maxBodyBytes: 1_048_576,
			},
		]);
	});

	const called = async (change: Partial<OAuthClient>) => {
		const { http, tokenCalls } = scripted({});
		await fetchAccessToken(http, { ...CREDENTIALS, ...change }, 30_000, () => NOW);
		return tokenCalls[0];
	};

	it.each([
		['', 'grant_type=client_credentials'],
		['a b', 'grant_type=client_credentials&scope=a+b'],
		['a&grant_type=password', 'grant_type=client_credentials&scope=a%26grant_type%3Dpassword'],
	])('has the scope %j in its form', async (scope, form) => {
		expect((await called({ scope }))?.body).toBe(form);
	});

	it.each([
		['id', 'secret', 'id:secret'],
		['idé', 'pass:word', 'idé:pass:word'],
		['', '', ':'],
	])('encodes %j and %j as UTF-8', async (clientId, clientSecret, plain) => {
		const header = (await called({ clientId, clientSecret }))?.headers.authorization ?? '';
		expect(Buffer.from(header.replace(/^Basic /, ''), 'base64').toString('utf8')).toBe(plain);
	});
});

describe('an access token', () => {
	it('is used until 10 seconds before it expires', async () => {
		expect(await fetched(tokenAnswer('abc', 86_400))).toEqual({
			ok: true,
			value: { value: 'abc', usableUntil: NOW + 86_390_000 },
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
		['Infinity', 290_000],
	])('that expires in %p seconds is used for %i ms', async (expiresIn, expected) => {
		expect(await usableMs(expiresIn)).toBe(expected);
	});

	it("is used for Genesys Cloud's shortest life when its answer does not tell", async () => {
		const result = await fetched(answered(200, { access_token: 'abc' }));
		expect(result).toMatchObject({ ok: true, value: { usableUntil: NOW + 290_000 } });
	});

	it('counts its life from the start of a slow call', async () => {
		let now = NOW;
		const http: HttpFunction = async () => {
			now += 25_000;
			return tokenAnswer('abc', 300);
		};
		const result = await fetchAccessToken(http, CREDENTIALS, 30_000, () => now);
		expect(result).toMatchObject({ ok: true, value: { usableUntil: NOW + 290_000 } });
	});

	it('is used for a second even when it came too slowly', async () => {
		let now = NOW;
		const http: HttpFunction = async () => {
			now += 25_000;
			return tokenAnswer('abc', 20);
		};
		const result = await fetchAccessToken(http, CREDENTIALS, 30_000, () => now);
		expect(result).toMatchObject({ ok: true, value: { usableUntil: now + 1_000 } });
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

describe('the fingerprint of an OAuth client', () => {
	it.each([
		['login URL', { loginUrl: 'https://login.mypurecloud.ie' }],
		['client ID', { clientId: 'client-2' }],
		['secret', { clientSecret: 'wrong' }],
		['scope', { scope: '' }],
	])('differs by the %s', (_name, change) => {
		expect(fingerprintOf({ ...CREDENTIALS, ...change })).not.toBe(fingerprintOf(CREDENTIALS));
	});

	it('does not run its parts together', () => {
		const parts = (clientId: string, scope: string) =>
			fingerprintOf({ ...CREDENTIALS, clientId, scope });
		expect(parts('a","b', 'c')).not.toBe(parts('a', 'b","c'));
	});

	it('is the same for the same client and does not reveal the secret', () => {
		expect(fingerprintOf({ ...CREDENTIALS })).toBe(fingerprintOf(CREDENTIALS));
		expect(fingerprintOf(CREDENTIALS)).not.toContain(SECRET);
	});
});

describe('the OAuth client of a credential', () => {
	const FIELDS = {
		environment: 'mypurecloud.de',
		clientId: 'id',
		clientSecret: 'secret',
		scope: 'webchat:messaging',
	};

	it('is read from its fields', () => {
		expect(readOAuthClient(FIELDS)).toEqual({
			loginUrl: 'https://login.mypurecloud.de',
			clientId: 'id',
			clientSecret: 'secret',
			scope: 'webchat:messaging',
		});
	});

	it.each([
		[' id\n', '\tsecret '],
		['\u200bid', 'sec\u2060ret\ufeff \u0000'],
	])('has nothing that copying leaves around values: %j, %j', (clientId, clientSecret) => {
		const client = readOAuthClient({ ...FIELDS, clientId, clientSecret });
		expect(client).toMatchObject({ clientId: 'id', clientSecret: 'secret' });
	});

	it.each([
		['', ''],
		['  ', ''],
		[' a b ', 'a b'],
		[' \u200bwebchat:messaging\ufeff', 'webchat:messaging'],
		[undefined, ''],
		[5, ''],
	])('has for the scope %j the scope %j', (scope, expected) => {
		expect(readOAuthClient({ ...FIELDS, scope }).scope).toBe(expected);
	});

	it.each([
		['clientId', '', "'Client ID' is empty"],
		['clientId', undefined, "'Client ID' is empty"],
		['clientId', 12, "'Client ID' is empty"],
		['clientSecret', ' \u200b ', "'Client Secret' is empty"],
		['clientSecret', null, "'Client Secret' is empty"],
		['environment', 'x', "'Environment' is not a region or domain of Genesys Cloud"],
	])('is refused with %s %j', (field, value, message) => {
		expect(() => readOAuthClient({ ...FIELDS, [field]: value })).toThrow(message);
	});

	it('is refused with the advice where to mend it', () => {
		const remedy = 'Fill it in in the Genesys Cloud credential';
		const empty = () => readOAuthClient({ ...FIELDS, clientId: '' });
		expect(empty).toThrow(expect.objectContaining({ field: 'Client ID', remedy }) as Error);
	});
});
