import type { IDataObject } from 'n8n-workflow';

import type { Engine } from '../../../dev/headless-n8n';
import { serve, type Loopback } from '../../unit/support/loopback';
import { n8nHttpRequest } from '../../unit/support/n8nHelper';
import { beds, credentialOf, engineWith, type BedOptions } from '../support/bed';
import { messageBy, recipients } from '../support/messages';
import { jsonOf } from '../support/outcomes';
import { readerPackage, READER_TYPE } from '../support/readerPackage';
import { CREDENTIAL_ID, node, to } from '../support/workflows';

const openBed = beds();
const open = async (options?: BedOptions) =>
	await openBed({ ...options, packages: [readerPackage] });
const ME = '/api/v2/tokens/me';

/** Trigger → a node that makes calls with the credential as the HTTP Request node does. */
async function call(bed: { engine: Engine }, ...requests: IDataObject[]) {
	return await callBy(true, bed, ...requests);
}

/** The same, by the older helper of the HTTP Request node or by the newer one. */
async function callBy(legacy: boolean, { engine }: { engine: Engine }, ...requests: IDataObject[]) {
	const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
	const parameters = { requests, legacy } as never;
	const nodes = [
		node('Start', 'n8n-nodes-base.manualTrigger'),
		node('Reader', READER_TYPE, { parameters, credentials }),
	];
	const connections = { Start: { main: [[to('Reader')]] } };
	const result = await engine.run({ id: 'wf', nodes, connections });
	return { result, answers: result.outputOf('Reader').map(({ json }) => json) };
}

describe('the credential in the HTTP Request node', () => {
	it('authenticates a call of the API', async () => {
		const bed = await open();
		const { answers } = await call(bed, { uri: bed.simulator.url + ME });
		expect(answers).toMatchObject([{ OAuthClient: { id: bed.client.clientId } }]);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('posts a body with headers and a query of its own', async () => {
		const bed = await open();
		const { answers } = await call(bed, {
			method: 'POST',
			uri: `${bed.simulator.url}/api/v2/conversations/messages/agentless`,
			qs: { useNormalizedMessage: true },
			headers: { 'x-own': 'yes' },
			body: {
				fromAddress: '+12025550100',
				toAddress: '+12025550143',
				toAddressMessengerType: 'sms',
				textBody: 'Hi',
			},
		});
		expect(answers).toMatchObject([{ messengerType: 'sms', toAddress: '+12025550143' }]);
		expect(bed.simulator.journal.all()).toMatchObject([{ message: 'Hi', channel: 'sms' }]);
	});

	it('reaches what the node has no operation for', async () => {
		const bed = await open();
		const { answers } = await call(bed, {
			uri: `${bed.simulator.url}/api/v2/routing/queues`,
		});
		expect(answers).toMatchObject([{ entities: [{ name: 'Service' }, {}, {}] }]);
	});

	it('keeps its token, and renews it after a 401', async () => {
		const bed = await open();
		const request = { uri: bed.simulator.url + ME };
		await call(bed, request);
		await call(bed, request);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		bed.simulator.revokeTokens();
		const { result } = await call(bed, request);
		expect(result.status).toBe('success');
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('shares nothing with the Genesys Cloud node but the credential', async () => {
		const bed = await open();
		await call(bed, { uri: bed.simulator.url + ME });
		const sent = await bed.run(recipients('+12025550143'), messageBy('sms'));
		expect(jsonOf(sent)).toMatchObject([{ status: 'sent' }]);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('does not hand its token to a call that fails', async () => {
		const bed = await open();
		const { result } = await call(bed, { uri: `${bed.simulator.url}/api/v2/no/such/path` });
		expect(result.status).toBe('error');
		expect(result.error).toMatchObject({ httpCode: '404' });
		expect(JSON.stringify(result.error)).not.toContain(bed.client.clientSecret);
	});

	it('fails in clear words with a wrong secret', async () => {
		const bed = await openBed({
			packages: [readerPackage],
			credential: { clientSecret: 'wrong' },
		});
		const { result } = await call(bed, { uri: bed.simulator.url + ME });
		expect(JSON.stringify(result.error)).toContain('did not accept the client ID and secret');
	});
});

describe.each([
	["the HTTP Request node's helper", true, 'uri'],
	['the newer helper', false, 'url'],
])('the token in a call by %s', (_name, legacy, url) => {
	const seen: unknown[] = [];
	let proxy: Loopback;

	beforeAll(async () => {
		proxy = await serve((request, response) => {
			seen.push(request.headers.authorization);
			response.end('{}');
		});
	});

	afterAll(async () => {
		await proxy.close();
	});

	beforeEach(() => seen.splice(0));

	it('is not one of the client that the credential had before: n8n gets a new one by the 401', async () => {
		const bed = await open();
		const body = new URLSearchParams({ grant_type: 'client_credentials' });
		const basic = Buffer.from(`${bed.client.clientId}:${bed.client.clientSecret}`);
		const login = await fetch(`${bed.simulator.url}/oauth/token`, {
			...{ method: 'POST', body },
			headers: { authorization: `Basic ${basic.toString('base64')}` },
		});
		const { access_token: token } = (await login.json()) as { access_token: string };
		const accessToken = `fingerprint-of-another-client ${token}`;
		const credential = credentialOf(bed.simulator.url, bed.client, { accessToken });
		const engine = await engineWith(credential, { packages: [readerPackage] });
		const request = { [url]: bed.simulator.url + ME };
		const { answers } = await callBy(legacy, { engine }, request);
		expect(answers).toMatchObject([{ OAuthClient: { id: bed.client.clientId } }]);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
		await callBy(legacy, { engine }, request);
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it.each([
		['Ignore SSL Issues', { rejectUnauthorized: false, skipSslCertificateValidation: true }],
		['an agent that verifies nothing', { agentOptions: { rejectUnauthorized: false } }],
		['a CA of its own', { agentOptions: { ca: '-----BEGIN CERTIFICATE-----' } }],
		['a proxy in the clear', {}],
	])('goes to no proxy of the workflow with %s', async (option, options) => {
		const bed = await open({ plain: option === 'a proxy in the clear' });
		const { port } = new URL(proxy.url);
		const way = legacy ? proxy.url : { host: '127.0.0.1', port: Number(port) };
		const request = { [url]: bed.simulator.url + ME, proxy: way, ...options };
		const { result } = await callBy(legacy, bed, request);
		expect(result.status).toBe('error');
		expect(JSON.stringify(result.error)).toMatch(/This credential is not used (?:with|over)/);
		expect(seen).toEqual([]);
	});

	it('would go to the proxy of the workflow without the credential', async () => {
		const { port } = new URL(proxy.url);
		const way = { host: '127.0.0.1', port: Number(port) };
		await n8nHttpRequest({ url: 'http://127.0.0.1:9/x', proxy: way });
		expect(seen).toEqual([undefined]);
	});
});
