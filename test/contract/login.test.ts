import { startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { anyText, clientOf, logIn, requestToken, textLike, until } from './support';
import type { Http } from './support';

describe('access tokens', () => {
	let simulator: Simulator;
	let http: Http;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	it('answers the client-credentials grant with a bearer token', async () => {
		const { status, data, headers } = await requestToken(http);
		expect(status).toBe(200);
		expect(data).toEqual({
			access_token: textLike(/^.{40,}$/),
			token_type: 'bearer',
			expires_in: 86_400,
		});
		expect(headers['inin-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
		expect(simulator.stats.tokenRequests).toBe(1);
	});

	it('leaves expires_in out when told so', async () => {
		simulator.configure({ tokenExpiry: 'omitted' });
		const { data } = await requestToken(http);
		expect(data).toEqual({ access_token: anyText, token_type: 'bearer' });
	});

	it('takes the grant type from the query string as well', async () => {
		const auth = { username: 'simulator-client', password: 'simulator-secret' };
		const url = '/oauth/token?grant_type=client_credentials';
		expect((await http.post(url, undefined, { auth })).status).toBe(200);
	});

	it.each([
		['a wrong secret', { username: 'simulator-client', password: 'wrong' }],
		['an unknown client', { username: 'nobody', password: 'simulator-secret' }],
	])('refuses %s with 400 invalid_client', async (_what, login) => {
		const { status, data } = await requestToken(http, login);
		expect(status).toBe(400);
		expect(data).toEqual({
			error: 'invalid_client',
			description: 'authentication failed',
			error_description: 'authentication failed',
		});
	});

	it('refuses a login without HTTP Basic', async () => {
		const { status, data } = await http.post(
			'/oauth/token',
			new URLSearchParams({ grant_type: 'client_credentials' }),
		);
		expect([status, data.error]).toEqual([400, 'invalid_client']);
	});

	it('refuses another grant type', async () => {
		const { status, data } = await requestToken(http, undefined, { grant_type: 'password' });
		expect([status, data.error]).toEqual([400, 'unsupported_grant_type']);
	});

	it('throttles logins as Genesys Cloud does', async () => {
		simulator.faults.add({ kind: 'tokenThrottle' });
		const { status, data } = await requestToken(http);
		expect([status, data.error]).toEqual([400, 'invalid_request']);
		expect(data.error_description).toMatch(/^rate limit exceeded;/);
		expect((await requestToken(http)).status).toBe(200);
	});

	it('tells whose token it is', async () => {
		const { data: token } = await requestToken(http, undefined, {
			grant_type: 'client_credentials',
			scope: 'webchat:messaging',
		});
		const headers = { Authorization: `Bearer ${token.access_token}` };
		const { status, data } = await http.get('/api/v2/tokens/me', { headers });
		expect(status).toBe(200);
		expect(data).toMatchObject({
			organization: { id: anyText, name: anyText },
			authorizedScope: ['webchat:messaging'],
			authenticatedUser: null,
			OAuthClient: { id: 'simulator-client', authorizedGrantType: 'CLIENT-CREDENTIALS' },
		});
		expect((await http.head('/api/v2/tokens/me', { headers })).status).toBe(200);
	});

	it.each([
		['no token', {}, 'authentication.required'],
		['an unknown token', { Authorization: 'Bearer made-up' }, 'bad.credentials'],
	])('answers a call with %s with 401', async (_what, headers, code) => {
		const { status, data, headers: answered } = await http.get('/api/v2/tokens/me', { headers });
		expect([status, data.status, data.code]).toEqual([401, 401, code]);
		expect(data.contextId).toBe(answered['inin-correlation-id']);
	});

	it('lets tokens expire', async () => {
		simulator.configure({ tokenLifetimeSeconds: 0.15 });
		const headers = await logIn(http);
		const issuedAt = performance.now();
		expect((await http.get('/api/v2/tokens/me', { headers })).status).toBe(200);
		await until(() => performance.now() - issuedAt > 160);
		const { status, data } = await http.get('/api/v2/tokens/me', { headers });
		expect([status, data.code]).toEqual([401, 'credentials.expired']);
	});

	it('revokes tokens', async () => {
		const headers = await logIn(http);
		simulator.revokeTokens();
		const { status, data } = await http.get('/api/v2/tokens/me', { headers });
		expect([status, data.code]).toEqual([401, 'bad.credentials']);
		const renewed = await logIn(http);
		expect((await http.get('/api/v2/tokens/me', { headers: renewed })).status).toBe(200);
	});
});
