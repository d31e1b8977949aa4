import type { IDataObject } from 'n8n-workflow';

import { beds, type Bed } from '../support/bed';
import { readerPackage, READER_TYPE } from '../support/readerPackage';
import { CREDENTIAL_ID, node, to } from '../support/workflows';

const openBed = beds();

describe('the credential test', () => {
	it('passes with the right client', async () => {
		const bed = await openBed();
		await expect(bed.engine.testCredential(CREDENTIAL_ID)).resolves.toEqual({
			status: 'OK',
			message: 'Connection successful!',
		});
		expect(bed.simulator.stats.of('GET /api/v2/tokens/me').statuses).toEqual({ 200: 2 });
		expect(bed.simulator.stats.tokenRequests).toBe(1);
	});

	it('passes without permissions and without a scope: it tests the login alone', async () => {
		const bed = await openBed({ permissions: false, credential: { scope: '' } });
		const result = await bed.engine.testCredential(CREDENTIAL_ID);
		expect(result.status).toBe('OK');
	});

	it.each<[string, IDataObject, RegExp]>([
		['a wrong secret', { clientSecret: 'wrong' }, /client ID and secret.*Check the client ID/s],
		['an unknown client', { clientId: 'nobody' }, /client ID and secret.*Check the client ID/s],
		['no secret', { clientSecret: '' }, /'Client Secret' is empty/],
		['a malformed login URL', { loginUrl: 'login' }, /'Login URL' is not a URL/],
		['a malformed API URL', { apiUrl: 'api dot com' }, /'API URL' is not a URL/],
		['http:// to another host', { loginUrl: 'http://example.com' }, /'Login URL' uses http:/],
		[
			'an API URL where nobody is',
			{ apiUrl: 'http://127.0.0.1:9' },
			/did not work.*The API URL is/,
		],
		['an unknown region', { environment: 'mars!' }, /'Environment' is not a region/],
	])('fails with %s, in clear words', async (_name, credential, text) => {
		const bed = await openBed({ credential });
		const result = await bed.engine.testCredential(CREDENTIAL_ID);
		expect(result.status).toBe('Error');
		expect(result.message).toMatch(text);
		expect(result.message).not.toContain(bed.client.clientSecret);
	});
});

describe('the credential in another node', () => {
	const open = async () => await openBed({ packages: [readerPackage] });

	/** Trigger → a node that makes the requests with the credential. */
	async function read(bed: Bed, ...requests: IDataObject[]) {
		const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
		const parameters = { requests } as never;
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('Reader', READER_TYPE, { parameters, credentials }),
		];
		const connections = { Start: { main: [[to('Reader')]] } };
		return await bed.engine.run({ id: 'wf', nodes, connections });
	}

	it('authenticates calls of the API, by its address or by a path', async () => {
		const bed = await open();
		const path = '/api/v2/tokens/me';
		const result = await read(bed, { url: bed.simulator.url + path }, { url: path });
		expect(result.error).toBeUndefined();
		const me = { OAuthClient: { id: bed.client.clientId }, authorizedScope: ['webchat:messaging'] };
		expect(result.outputOf('Reader').map(({ json }) => json)).toMatchObject([me, me]);
	});

	it('keeps its token for later executions, and renews it after a 401', async () => {
		const bed = await open();
		const request = { url: '/api/v2/tokens/me' };
		await read(bed, request);
		await read(bed, request);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		bed.simulator.revokeTokens();
		const result = await read(bed, request);
		expect(result.status).toBe('success');
		expect(bed.simulator.stats.tokenRequests).toBe(2);
	});

	it('sends what the node gives, with the token beside its headers', async () => {
		const bed = await open();
		const body = { contactId: 'c1', type: 'agent', message: 'Hi' };
		const result = await read(bed, {
			method: 'POST',
			url: '/api/v2/webchat/messaging',
			headers: { 'x-own': 'yes' },
			body,
		});
		expect(result.error).toBeUndefined();
		expect(bed.simulator.journal.all()).toMatchObject([body]);
	});

	it('fails with the same clear words as the test', async () => {
		const bed = await openBed({
			packages: [readerPackage],
			credential: { clientSecret: 'wrong' },
		});
		const result = await read(bed, { url: '/api/v2/tokens/me' });
		expect(result.status).toBe('error');
		expect(JSON.stringify(result.error)).toContain('did not accept the client ID and secret');
	});
});
