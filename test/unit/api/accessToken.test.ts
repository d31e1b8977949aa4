import {
	basicAuthorization,
	credentialsKey,
	fetchAccessToken,
	tokenForm,
} from '../../../nodes/GenesysCloud/api/accessToken';
import type { HttpFunction, HttpResult } from '../../../nodes/GenesysCloud/api/http';
import { CREDENTIALS, SECRET } from '../support/credentials';
import { answered, noAnswer, scripted, tokenAnswer } from '../support/http';

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
		['300', 290_000],
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

describe('a refusal of the token endpoint', () => {
	const invalidClient = {
		error: 'invalid_client',
		description: 'authentication failed',
		error_description: 'authentication failed',
	};

	it.each([400, 401])(
		'%i invalid_client means wrong credentials and ends the run',
		async (status) => {
			expect(await failureOf(answered(status, invalidClient))).toEqual({
				reason: 'invalidCredentials',
				httpCode: String(status),
				code: 'invalid_client',
				apiMessage: 'authentication failed',
				delivered: 'no',
				transient: false,
				call: 'token',
				endsRun: true,
			});
		},
	);

	it.each(['unauthorized_client', 'unsupported_grant_type', 'invalid_scope'])(
		'400 %s means wrong credentials',
		async (error) => {
			expect(await failureOf(answered(400, { error }))).toMatchObject({
				reason: 'invalidCredentials',
				endsRun: true,
			});
		},
	);

	it('401 without a body means wrong credentials', async () => {
		expect(await failureOf(answered(401))).toMatchObject({ reason: 'invalidCredentials' });
	});

	it('400 "rate limit exceeded" is waited out like a 429', async () => {
		const throttled = {
			error: 'invalid_request',
			error_description: 'rate limit exceeded; try again later',
		};
		expect(await failureOf(answered(400, throttled, { 'retry-after': '5' }))).toMatchObject({
			reason: 'rateLimited',
			transient: true,
			delivered: 'no',
			retryAfterMs: 5_000,
			endsRun: false,
		});
	});

	it.each([
		['429', answered(429, '', { 'retry-after': '9' }), 'rateLimited'],
		['500', answered(500), 'serverError'],
		['503', answered(503, '<html>'), 'serverError'],
		['a time-out', noAnswer('timeout', 'ERR_CANCELED'), 'timeout'],
		['a reset', noAnswer('interrupted', 'ECONNRESET'), 'network'],
		['no connection', noAnswer('neverConnected', 'ECONNREFUSED'), 'network'],
	])('%s may pass: no message was sent, and the run goes on', async (_name, result, reason) => {
		expect(await failureOf(result)).toMatchObject({
			reason,
			delivered: 'no',
			transient: true,
			endsRun: false,
			call: 'token',
		});
	});

	it.each([
		['400 of another kind', answered(400, { error: 'invalid_request' })],
		['404', answered(404, '<html>')],
		['403', answered(403)],
		['a redirect', answered(302, '', { location: 'https://portal.example.com' })],
		['HTML', answered(200, '<html>Please log in</html>')],
		['broken JSON', answered(200, '{"access_token":"abc"')],
		['no token', answered(200, { expires_in: 300 })],
	])('%s is not the token endpoint and ends the run', async (_name, result) => {
		expect(await failureOf(result)).toMatchObject({
			reason: 'unexpectedResponse',
			delivered: 'no',
			transient: false,
			endsRun: true,
		});
	});

	it.each([
		['tls', 'CERT_HAS_EXPIRED'],
		['blocked', 'SsrfBlockedIpError'],
	] as const)('a connection that fails for %s is a matter of the network', async (kind, code) => {
		expect(await failureOf(noAnswer(kind, code))).toMatchObject({
			reason: 'network',
			code,
			delivered: 'no',
			endsRun: true,
		});
	});

	it.each([answered(401, invalidClient), answered(500), noAnswer('timeout', 'X')])(
		'never holds the secret (%#)',
		async (result) => {
			const text = JSON.stringify(await failureOf(result));
			expect(text).not.toContain(SECRET);
			expect(text).not.toContain(Buffer.from(`client-1:${SECRET}`).toString('base64'));
		},
	);
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
