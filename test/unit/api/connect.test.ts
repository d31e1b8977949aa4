import { connect, CREDENTIAL } from '../../../nodes/GenesysCloud/api/connect';
import { FakeClock } from '../support/clock';
import { SECRET } from '../support/credentials';
import { answered, scripted, windowHeaders, type Script } from '../support/http';
import { inputErrorOf } from '../support/inputErrors';

let client = 0;

/** A connection of a client of its own: tokens are shared by all of the process. */
function connected(script: Script = {}, fields: Record<string, unknown> = {}) {
	const clock = new FakeClock();
	const { http, tokenCalls, apiCalls } = scripted(script);
	const clientId = `connect-${++client}`;
	const connection = connect(
		{ environment: 'mypurecloud.de', clientId, clientSecret: SECRET, ...fields },
		{ http, clock, maxTokens: 1, timeoutMs: 30_000, maxWaitMs: 180_000 },
	);
	return { connection, clientId, clock, tokenCalls, apiCalls };
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

	it('says why it cannot log in', async () => {
		const { connection } = connected({ token: [answered(401)] });
		expect(await connection.login()).toMatchObject({ failure: { reason: 'invalidCredentials' } });
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
