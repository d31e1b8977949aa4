import { connect, CREDENTIAL, tokenPoolOf } from '../../../nodes/GenesysCloud/api/connect';
import { ServerTime } from '../../../nodes/GenesysCloud/api/serverTime';
import { FakeClock } from '../support/clock';
import { CREDENTIALS, SECRET } from '../support/credentials';
import { answered, scripted, tokenAnswer, windowHeaders, type Script } from '../support/http';
import { inputErrorOf } from '../support/inputErrors';

let client = 0;

/** A connection of a client of its own: tokens are shared by all of the process. */
function connected(script: Script = {}, fields: Record<string, unknown> = {}) {
	const clock = new FakeClock();
	const { http, tokenCalls, apiCalls } = scripted(script);
	const clientId = `connect-${++client}`;
	const serverTime = new ServerTime(() => clock.now());
	const connection = connect(
		{ environment: 'mypurecloud.de', clientId, clientSecret: SECRET, ...fields },
		{ http, clock, serverTime, maxTokens: 1, timeoutMs: 30_000, maxWaitMs: 180_000 },
	);
	return { connection, serverTime, clientId, clock, tokenCalls, apiCalls };
}

const READ = { method: 'GET', path: '/api/v2/x', answer: 'any' } as const;

describe('the connection of a credential', () => {
	it('has the name of the credential type', () => {
		expect(CREDENTIAL).toBe('genesysCloudApi');
	});

	it('calls the API of its environment with a token of its login', async () => {
		const { connection, tokenCalls, apiCalls } = connected();
		expect(connection.apiUrl).toBe('https://api.mypurecloud.de');
		await connection.call(READ);
		expect(tokenCalls[0]?.url).toBe('https://login.mypurecloud.de/oauth/token');
		expect(apiCalls[0]?.url).toBe('https://api.mypurecloud.de/api/v2/x');
	});

	it('is of an account: API and client, whatever the secret and the scope', () => {
		const { connection, clientId } = connected();
		expect(connection.account).toBe(`https://api.mypurecloud.de ${clientId}`);
		const same = connected({}, { clientId, clientSecret: 'new', scope: 'x' });
		expect(same.connection.account).toBe(connection.account);
		const elsewhere = connected({}, { clientId, environment: 'mypurecloud.ie' });
		expect(elsewhere.connection.account).not.toBe(connection.account);
	});

	it('is of a client: who is refused when the login is, and nobody else', () => {
		const { connection, clientId } = connected();
		const clientOf = (fields: Record<string, unknown>) =>
			connected({}, { clientId, ...fields }).connection.client;
		expect(clientOf({})).toBe(connection.client);
		const others = [
			{ clientId: 'another' },
			{ clientSecret: 'new' },
			{ scope: 'x' },
			{ environment: 'mypurecloud.ie' },
		].map(clientOf);
		expect(new Set([connection.client, ...others]).size).toBe(5);
		expect(connection.client).toContain('https://api.mypurecloud.de ');
		expect(connection.client).not.toContain(SECRET);
	});

	it('logs in without a call of the API, and keeps the token', async () => {
		const { connection, tokenCalls, apiCalls } = connected();
		const first = await connection.login();
		expect(first).toEqual({ ok: true, value: expect.any(Number) as number });
		expect(await connection.login()).toEqual(first);
		await connection.call(READ);
		expect([tokenCalls.length, apiCalls.length]).toEqual([1, 1]);
	});

	it('logs in without using up a call of the window', async () => {
		const api = [answered(200, {}, windowHeaders(3, 1, 30))];
		const { connection, clock } = connected({ api });
		await connection.call(READ);
		for (let login = 0; login < 5; login++) await connection.login();
		await connection.call(READ);
		expect(clock.waits).toEqual([]);
	});

	it('renews a token that ends too early, and no other', async () => {
		const token = [tokenAnswer('short', 600), tokenAnswer('long', 86_400)];
		const { connection, clock, tokenCalls, apiCalls } = connected({ token });
		const first = await connection.login(clock.now() + 590_000);
		expect(first).toEqual({ ok: true, value: clock.now() + 590_000 });
		expect(tokenCalls).toHaveLength(1);
		const second = await connection.login(clock.now() + 590_001);
		expect(second).toEqual({ ok: true, value: clock.now() + 86_390_000 });
		await connection.call(READ);
		expect(apiCalls[0]?.headers.authorization).toBe('Bearer long');
	});

	it('goes on with the token there is when it cannot be renewed', async () => {
		const token = [tokenAnswer('short', 600), answered(500), tokenAnswer('long', 86_400)];
		const { connection, clock, apiCalls } = connected({ token });
		const first = await connection.login();
		const later = clock.now() + 3_600_000;
		expect(await connection.login(later)).toEqual(first);
		await connection.call(READ);
		expect(apiCalls[0]?.headers.authorization).toBe('Bearer short');
		clock.time += 60_000;
		expect(await connection.login(later)).not.toEqual(first);
	});

	it('learns what time it is at the server', async () => {
		const date = new Date(Date.UTC(2026, 10, 22, 15)).toUTCString();
		const { connection, serverTime } = connected({ api: [answered(200, {}, { date })] });
		await connection.call(READ);
		expect(serverTime.now()).toBe(Date.UTC(2026, 10, 22, 15));
	});

	it('says why it cannot log in', async () => {
		const { connection } = connected({ token: [answered(401)] });
		expect(await connection.login()).toMatchObject({ failure: { reason: 'invalidCredentials' } });
	});

	it('does not ask again when a renewal is refused and the token ends meanwhile', async () => {
		const token = [tokenAnswer('short', 600), answered(401)];
		const { connection, clock, tokenCalls, apiCalls } = connected({ token });
		await connection.login();
		const renewed = connection.login(clock.now() + 3_600_000);
		clock.time += 600_000;
		const REFUSED = { failure: { reason: 'invalidCredentials' } };
		expect(await connection.call(READ)).toMatchObject(REFUSED);
		expect(await renewed).toMatchObject(REFUSED);
		expect([tokenCalls.length, apiCalls.length]).toEqual([2, 0]);
	});

	describe('whose login is throttled', () => {
		const said = { error: 'invalid_request', error_description: 'rate limit exceeded' };
		const throttled = answered(400, said, { 'retry-after': '100' });
		const GIVEN_UP = { failure: { reason: 'rateLimited', delivered: 'no', notCalled: true } };

		it('waits no longer than allowed', async () => {
			const { connection, clock } = connected({ token: [throttled] });
			expect(await connection.login()).toMatchObject(GIVEN_UP);
			expect(clock.waitedMs).toEqual([100_000, 100_000]);
		});

		it('waits once for all that want to log in', async () => {
			const { connection, clock } = connected({ token: [throttled] });
			for (let login = 0; login < 10; login++) {
				expect(await connection.login()).toMatchObject(GIVEN_UP);
			}
			expect(clock.waits).toHaveLength(2);
		});

		it('has its full patience again after a login', async () => {
			const short = tokenAnswer('short', 30);
			const token = [throttled, short, throttled, throttled, short];
			const { connection, clock } = connected({ token });
			expect(await connection.login()).toMatchObject({ ok: true });
			clock.time += 600_000;
			expect(await connection.login()).toMatchObject({ ok: true });
			expect(clock.waitedMs).toEqual([100_000, 100_000, 100_000]);
		});
	});

	it.each([
		['Client ID', { clientId: ' ' }],
		['Client Secret', { clientSecret: undefined }],
		['Environment', { environment: 'mars' }],
		['API URL', { environment: 'custom', loginUrl: 'https://l.example.com', apiUrl: '' }],
	])('names the field that cannot be used: %s', (field, fields) => {
		expect(inputErrorOf(() => connected({}, fields)).field).toBe(field);
	});
});

describe('the tokens of the process', () => {
	it('are kept for the 100 clients that were used last', () => {
		const used = (name: number) => tokenPoolOf({ ...CREDENTIALS, clientId: `kept-${name}` });
		const pools = Array.from({ length: 100 }, (_, name) => used(name));
		expect(pools.every((pool, name) => used(name) === pool)).toBe(true);
		used(100);
		expect(used(0)).not.toBe(pools[0]);
	});
});
