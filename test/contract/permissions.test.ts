import { startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { AGENTLESS, SMS } from './messagingSupport';
import { clientOf, requestToken } from './support';
import type { Http } from './support';

const MESSAGES = '/api/v2/conversations/messages';

/** Every endpoint, the permissions of which it needs one, and whether an error says "any". */
const ENDPOINTS = [
	['POST', AGENTLESS, ['conversation:message:create'], false],
	[
		'GET',
		`${MESSAGES}/m/details`,
		['conversation:message:view', 'conversation:webmessaging:view'],
		true,
	],
	[
		'POST',
		'/api/v2/externalcontacts/identifierlookup/contacts',
		['externalContacts:contact:view'],
		true,
	],
	['GET', '/api/v2/webdeployments/deployments', ['webDeployments:deployment:view'], false],
	['GET', '/api/v2/conversations/messaging/integrations', ['messaging:integration:view'], false],
	[
		'POST',
		`${MESSAGES}/c/messages/bulk`,
		['conversation:message:view', 'conversation:webmessaging:view'],
		true,
	],
	['GET', '/api/v2/externalcontacts/contacts', ['externalContacts:contact:view'], true],
	['GET', '/api/v2/routing/queues', ['routing:queue:view'], false],
	[
		'POST',
		'/api/v2/analytics/conversations/details/query',
		['analytics:conversationDetail:view'],
		false,
	],
	['GET', '/api/v2/routing/sms/phonenumbers', ['sms:phoneNumber:view'], false],
	['GET', '/api/v2/responsemanagement/responses/r', ['responses:response:view'], true],
	['POST', '/api/v2/responsemanagement/responses/query', ['responses:response:view'], true],
] as const;

describe('permissions', () => {
	let simulator: Simulator;
	let http: Http;

	beforeAll(async () => {
		const every = [...new Set(ENDPOINTS.flatMap(([, , permissions]) => permissions))];
		const one = every.map((name) => ({ clientId: name.replaceAll(':', '.'), permissions: [name] }));
		const clients = [...one, { clientId: 'none', permissions: [] }, { clientId: 'all' }];
		simulator = await startSimulator({
			clients: clients.map((client) => ({ ...client, clientSecret: 'secret' })),
		});
		http = clientOf(simulator);
	});
	afterAll(async () => await simulator.stop());

	const call = async (method: string, url: string, clientId: string): Promise<[number, string]> => {
		const { data: token } = await requestToken(http, { username: clientId, password: 'secret' });
		const headers = { Authorization: `Bearer ${token.access_token}` };
		const data = method === 'POST' ? {} : undefined;
		const answer = await http.request({ method, url, data, headers });
		return [answer.status, answer.data.message];
	};

	it.each(ENDPOINTS)('%s %s needs %j', async (method, url, permissions, any) => {
		const [status, message] = await call(method, url, 'none');
		expect(status).toBe(403);
		const words = any
			? 'You must have at least one of the following permissions assigned:'
			: 'You are missing the following permission(s):';
		const list = permissions.join(', ');
		expect(message).toBe(`Unable to perform the requested action. ${words} [${list}]`);
		for (const permission of permissions) {
			const [granted] = await call(method, url, permission.replaceAll(':', '.'));
			expect(granted).not.toBe(403);
		}
		expect((await call(method, url, 'all'))[0]).not.toBe(403);
	});

	it('are not needed to read a conversation or the token, or for a notification channel', async () => {
		expect((await call('GET', `${MESSAGES}/c`, 'none'))[0]).toBe(404);
		expect((await call('GET', '/api/v2/tokens/me', 'none'))[0]).toBe(200);
		expect((await call('POST', '/api/v2/notifications/channels', 'none'))[0]).toBe(200);
		expect((await call('GET', '/api/v2/notifications/availabletopics', 'none'))[0]).toBe(200);
	});

	it('that a client has do not help another one', async () => {
		const { data: token } = await requestToken(http, {
			username: 'sms.phoneNumber.view',
			password: 'secret',
		});
		const headers = { Authorization: `Bearer ${token.access_token}` };
		const { status, data } = await http.post(AGENTLESS, SMS, { headers });
		expect([status, data.code]).toEqual([403, 'missing.permissions']);
	});
});
