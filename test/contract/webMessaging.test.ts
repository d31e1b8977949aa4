import { startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { anyText, clientOf, logIn, senderOf, until } from './support';
import type { Http } from './support';

const URL_PATH = '/api/v2/webchat/messaging';
const CLIENTS = [
	{ clientId: 'simulator-client', clientSecret: 'simulator-secret' },
	{ clientId: 'no-role', clientSecret: 'secret', permissions: false },
];

describe('POST /api/v2/webchat/messaging', () => {
	let simulator: Simulator;
	let http: Http;

	beforeAll(async () => {
		simulator = await startSimulator({ clients: CLIENTS });
		http = clientOf(simulator);
	});
	afterEach(() => simulator.reset());
	afterAll(async () => await simulator.stop());

	it.each(['bot', 'agent'])('accepts a message of a %s and journals it', async (type) => {
		const contactId = simulator.contacts.open();
		const send = await senderOf(http);
		const { status, data } = await send(contactId, 'Ça va? 👋', type);
		expect(status).toBe(200);
		expect(data).toMatchObject({ contactId, type, message: 'Ça va? 👋', status: 'sent' });
		expect(data.id).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
		expect(new Date(data.timestamp).toISOString()).toBe(data.timestamp);
		expect(simulator.journal.all()).toEqual([
			{
				id: data.id,
				contactId,
				type,
				message: 'Ça va? 👋',
				timestamp: data.timestamp,
				tokenId: anyText,
			},
		]);
		expect(simulator.journal.byContact().get(contactId)).toHaveLength(1);
	});

	it('refuses an expired session with the documented 400', async () => {
		const contactId = simulator.contacts.open();
		simulator.contacts.expire(contactId);
		const { status, data, headers } = await (await senderOf(http))(contactId);
		expect(status).toBe(400);
		expect(data).toEqual({
			message: 'Contact ID is invalid or session has expired',
			code: 'bad.request',
			status: 400,
			contextId: headers['inin-correlation-id'] as unknown,
			details: [],
			errors: [],
		});
		expect(simulator.journal.count).toBe(0);
	});

	it('refuses unknown contacts with 404, or accepts them when it is told to', async () => {
		const send = await senderOf(http);
		const refused = await send('nobody');
		expect([refused.status, refused.data.code]).toEqual([404, 'not.found']);
		expect(refused.data.message).toBe('The requested resource was not found.');
		simulator.configure({ unknownContacts: 'accept' });
		expect((await send('nobody')).status).toBe(200);
		expect(simulator.journal.count).toBe(1);
	});

	it('lets a session expire after inactivity, counted from its last message', async () => {
		simulator.configure({ sessionTimeoutSeconds: 0.3 });
		const contactId = simulator.contacts.open();
		const send = await senderOf(http);
		const openedAt = performance.now();
		await until(() => performance.now() - openedAt > 150);
		expect((await send(contactId)).status).toBe(200);
		const sentAt = performance.now();
		await until(() => performance.now() - openedAt > 320);
		expect(simulator.contacts.state(contactId)).toBe('open');
		await until(() => performance.now() - sentAt > 310);
		expect((await send(contactId)).status).toBe(400);
	});

	it.each([
		['contactId', { type: 'bot', message: 'Hello' }],
		['type', { contactId: 'c', message: 'Hello' }],
		['message', { contactId: 'c', type: 'bot', message: ' ' }],
		['message', { contactId: 'c', type: 'bot', message: 7 }],
		['contactId', []],
	])('refuses a body without a proper %s', async (fieldName, body) => {
		const { status, data } = await http.post(URL_PATH, body, { headers: await logIn(http) });
		expect([status, data.code]).toEqual([400, 'bad.request']);
		expect(data.details).toEqual([{ errorCode: 'field.required', fieldName }]);
	});

	it('refuses a wrong sender type with 400 invalid.value', async () => {
		const contactId = simulator.contacts.open();
		const { status, data } = await (await senderOf(http))(contactId, 'Hello', 'robot');
		expect([status, data.code]).toEqual([400, 'invalid.value']);
		expect(data.message).toBe(
			'Value [robot] is not valid for field type [type]. Allowable values are: bot, agent',
		);
	});

	it.each([
		['broken JSON', '{"contactId":', 'application/json', 400, 'bad.request'],
		['another content type', 'contactId=c', 'text/plain', 415, 'unsupported.media.type'],
		['a form', 'contactId=c', 'application/x-www-form-urlencoded', 415, 'unsupported.media.type'],
		[
			'a body over the limit',
			JSON.stringify({ message: 'x'.repeat(512_000) }),
			'application/json',
			413,
			'request.entity.too.large',
		],
	])('refuses %s', async (_what, body, contentType, status, code) => {
		const headers = { ...(await logIn(http)), 'Content-Type': contentType };
		const answer = await http.post(URL_PATH, body, { headers });
		expect([answer.status, answer.data.status, answer.data.code]).toEqual([status, status, code]);
		expect(answer.data.contextId).toBe(answer.headers['inin-correlation-id']);
	});

	it('refuses a client without the permission with 403', async () => {
		const form = new URLSearchParams({ grant_type: 'client_credentials' });
		const auth = { username: 'no-role', password: 'secret' };
		const { data: token } = await http.post('/oauth/token', form, { auth });
		const headers = { Authorization: `Bearer ${token.access_token}` };
		const { status, data } = await http.post(URL_PATH, { contactId: 'c' }, { headers });
		expect([status, data.code]).toEqual([403, 'missing.permissions']);
		expect(data.message).toMatch(/missing the following permission\(s\): \[webchat:messaging\]$/);
		expect((await http.get('/api/v2/tokens/me', { headers })).status).toBe(200);
	});

	it('answers 404 in the documented form for a path it does not have', async () => {
		const { status, data, headers } = await http.get('/api/v2/nothing');
		expect([status, data.code]).toEqual([404, 'not.found']);
		expect(data.contextId).toBe(headers['inin-correlation-id']);
	});
});
