import type { IncomingMessage, RequestListener } from 'node:http';
import { text } from 'node:stream/consumers';

import type { IDataObject } from 'n8n-workflow';

import { serveSecurely } from '../../support/secure';
import { serve, type Loopback } from '../../unit/support/loopback';
import { beds } from '../support/bed';
import { jsonOf, textLike } from '../support/outcomes';
import { customers } from '../support/workflows';

const openBed = beds();
const onError = 'continueRegularOutput';

interface Call {
	readonly request: IncomingMessage;
	readonly body: string;
}

let server: Loopback;
let calls: Call[];

const answer: RequestListener = (request, response) => {
	void text(request).then((body) => {
		calls.push({ request, body });
		const token = '{"access_token":"a-token-of-this-server","expires_in":300}';
		response.setHeader('content-type', 'application/json');
		response.end(request.url?.endsWith('/oauth/token') ? token : '{"id":"m-1"}');
	});
};

beforeEach(async () => {
	calls = [];
	server = await serveSecurely(answer);
});
afterEach(async () => await server.close());

const HOSTILE = [
	'a\r\nX-Injected: 1',
	'a\nX-Injected: 1',
	'a\r\n\r\nGET /injected HTTP/1.1',
	'a:b&grant_type=password&scope=admin',
	'a%0d%0aX-Injected:%201',
	'../../injected?x=1#y',
	'ä\u0000\u2028"\'\\',
	'{"type":"agent"}',
];

/** Runs with a credential and an item that hold a hostile text. */
async function run(reuseConnections: boolean, credential: IDataObject, item: IDataObject = {}) {
	const urls = { loginUrl: server.url, apiUrl: server.url };
	const bed = await openBed({ credential: { ...urls, ...credential } });
	const input = customers('c1').map(({ json }) => ({ json: { ...json, ...item } }));
	return await bed.run(input, { delivery: { reuseConnections } }, { onError });
}

describe.each([false, true])('hostile text, with reuseConnections %s', (reuseConnections) => {
	it.each(HOSTILE)('in the credential adds nothing to the login: %j', async (hostile) => {
		const fields = { clientId: hostile, clientSecret: `s-${hostile}`, scope: hostile };
		const result = await run(reuseConnections, fields);
		expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
		expect(calls.map(({ request }) => request.url)).toEqual([
			'/oauth/token',
			'/api/v2/webchat/messaging',
		]);
		const [login] = calls as [Call];
		expect(login.request.headers).not.toHaveProperty('x-injected');
		const basic = login.request.headers.authorization?.replace('Basic ', '') ?? '';
		// Characters that nobody sees are never part of a client's ID or secret.
		const visible = hostile.replace(/[\r\n\0]/g, '');
		expect(Buffer.from(basic, 'base64').toString()).toBe(`${visible}:s-${visible}`);
		expect([...new URLSearchParams(login.body)]).toEqual([
			['grant_type', 'client_credentials'],
			['scope', hostile],
		]);
	});

	it.each(HOSTILE)('in an item stays in its field: %j', async (hostile) => {
		const item = { contactId: hostile, text: hostile };
		const result = await run(reuseConnections, { clientId: `id-${hostile}` }, item);
		expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
		expect(calls).toHaveLength(2);
		const { request, body } = calls[1]!;
		expect([request.method, request.url]).toEqual(['POST', '/api/v2/webchat/messaging']);
		expect(request.headers).not.toHaveProperty('x-injected');
		expect(JSON.parse(body)).toEqual({ contactId: hostile, type: 'bot', message: hostile });
	});
});

describe('a hostile environment', () => {
	it.each([
		'mypurecloud.de@evil.example',
		'mypurecloud.de\r\nHost: evil.example',
		'mypurecloud.de#.evil.example',
		'mypurecloud.de\\@evil.example',
		'127.0.0.1',
		'2130706433',
		'[::1]',
		'localhost',
	])('that is more than a domain is refused: %j', async (environment) => {
		const result = await run(false, { environment, loginUrl: '', apiUrl: '' });
		const [item] = jsonOf(result);
		expect(item).toMatchObject({ error: textLike(/^'Environment' is not a region/) });
	});

	it.each([
		'http://localhost.evil.example',
		'http://127.0.0.1.evil.example',
		'http://127.0.0.1@evil.example',
		'http://[::ffff:1.2.3.4]',
		'http://[::ffff:127.0.0.1]',
		'http://16909060',
		'http://0x01020304',
		'http://0.0.0.0',
		'http:evil.example',
		'http:\\\\evil.example',
		'https://api.example.com?x=',
		'https://user@api.example.com',
		'https://:pass@api.example.com',
		'https://api.example.com/#/x',
		'javascript:alert(1)',
		'file:///etc/passwd',
		'data:text/plain,x',
		'//evil.example',
	])('of one’s own makes no call: %s', async (apiUrl) => {
		for (const fields of [{ apiUrl, loginUrl: server.url }, { loginUrl: apiUrl }]) {
			const result = await run(false, { environment: 'custom', ...fields });
			const [item] = jsonOf(result);
			expect(item).toMatchObject({ error: textLike(/^'(API|Login) URL' /) });
			expect(JSON.stringify(item)).not.toContain('pass@');
		}
		expect(calls).toEqual([]);
	});

	it.each(['http://2130706433', 'http://0x7f000001', 'http://127.1', 'http:\\\\localhost'])(
		'that is this machine, in another notation, is this machine: %s',
		async (url) => {
			const plain = await serve(answer);
			const { port } = new URL(plain.url);
			const result = await run(false, { apiUrl: `${url}:${port}`, clientId: url });
			await plain.close();
			expect(jsonOf(result)).toMatchObject([{ status: 'sent' }]);
		},
	);
});
