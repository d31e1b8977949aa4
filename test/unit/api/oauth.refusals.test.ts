import { fetchAccessToken } from '../../../nodes/GenesysCloud/api/oauth';
import { CREDENTIALS, SECRET } from '../support/credentials';
import { answered, noAnswer, scripted, type HttpResult } from '../support/http';

async function failureOf(result: HttpResult, client = CREDENTIALS) {
	const { http } = scripted({ token: [result] });
	const token = await fetchAccessToken(http, client, 30_000, () => Date.UTC(2026, 10, 22));
	if (token.ok) throw new Error('there is a token');
	return token.failure;
}

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

	it.each([
		...['unauthorized_client', 'unsupported_grant_type', 'invalid_scope', 'invalid_grant'],
		...['access_denied', 'INVALID_CLIENT'],
	])('400 %s means wrong credentials', async (error) => {
		expect(await failureOf(answered(400, { error }))).toMatchObject({
			reason: 'invalidCredentials',
			endsRun: true,
		});
	});

	it('401 without a body means wrong credentials', async () => {
		expect(await failureOf(answered(401))).toMatchObject({ reason: 'invalidCredentials' });
	});

	it.each(['an_invalid_client', 'invalid_client_name', 'invalid_request'])(
		'400 %s is an answer that nobody expects, and ends the run',
		async (error) => {
			const refusal = { error, error_description: 'the rate limit exceeded all bounds' };
			expect(await failureOf(answered(400, refusal))).toMatchObject({
				reason: 'unexpectedResponse',
				endsRun: true,
			});
		},
	);

	it('200 with an OAuth error is the refusal that it says', async () => {
		expect(await failureOf(answered(200, { error: 'invalid_client' }))).toMatchObject({
			reason: 'invalidCredentials',
			endsRun: true,
		});
	});

	it.each([
		['invalid_request', 'rate limit exceeded; try again later'],
		['invalid_request', 'The rate limit has been exceeded'],
		['invalid_request', 'Too many requests'],
		['too_many_requests', 'Slow down'],
		['rate.limit.exceeded', 'Slow down'],
		['rate limit exceeded', 'No.'],
		['RateLimitExceeded', 'No.'],
		['slow_down', 'No.'],
		['temporarily_unavailable', 'No.'],
	])('400 %s "%s" is waited out like a 429', async (error, error_description) => {
		const throttled = { error, error_description };
		expect(await failureOf(answered(400, throttled, { 'retry-after': '5' }))).toMatchObject({
			reason: 'rateLimited',
			transient: true,
			delivered: 'no',
			retryAfterMs: 5_000,
			endsRun: false,
		});
	});

	it.each([
		['500', answered(500, '', { 'retry-after': '5' }), 'serverError'],
		['401', answered(401, '', { 'retry-after': '5' }), 'invalidCredentials'],
		['404', answered(404, '', { 'retry-after': '5' }), 'unexpectedResponse'],
	])('%s is no throttling, though it wishes for a wait', async (_status, result, reason) => {
		expect(await failureOf(result)).toMatchObject({ reason, retryAfterMs: 5_000 });
	});

	it('503 with a wish to wait is throttling, one without is an outage', async () => {
		expect(await failureOf(answered(503, '', { 'retry-after': '5' }))).toMatchObject({
			reason: 'rateLimited',
			transient: true,
			retryAfterMs: 5_000,
			endsRun: false,
		});
		expect(await failureOf(answered(503))).toMatchObject({ reason: 'serverError' });
	});

	it.each([
		['client', { error: 'invalid_client' }, 'invalidCredentials'],
		['rate', { error: 'invalid_request', error_description: 'rate limit exceeded' }, 'rateLimited'],
	])('is understood before a secret (%s) is hidden in it', async (clientSecret, said, reason) => {
		const failure = await failureOf(answered(400, said), { ...CREDENTIALS, clientSecret });
		expect(failure.reason).toBe(reason);
		expect(JSON.stringify([failure.code, failure.apiMessage])).not.toContain(clientSecret);
	});

	it.each([
		['408', answered(408), 'timeout'],
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
