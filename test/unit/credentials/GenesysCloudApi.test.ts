import type {
	ICredentialDataDecryptedObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	INodePropertyOptions,
} from 'n8n-workflow';

import { GenesysCloudApi } from '../../../credentials/GenesysCloudApi.credentials';
import { REGIONS } from '../../../nodes/GenesysCloud/api/environment';
import { SECRET } from '../support/credentials';
import { FORBIDDEN_WORDS } from '../support/failures';

const credential = new GenesysCloudApi();
const FIELDS: ICredentialDataDecryptedObject = {
	environment: 'mypurecloud.de',
	clientId: 'client-1',
	clientSecret: SECRET,
	scope: 'webchat:messaging',
	accessToken: 'token-1',
};

const field = (name: string) => credential.properties.find((property) => property.name === name);

describe('the credential', () => {
	it('has the names that nodes and workflows use', () => {
		expect([credential.name, credential.displayName]).toEqual([
			'genesysCloudApi',
			'Genesys Cloud API',
		]);
		expect(credential.documentationUrl).toMatch(/^https:/);
	});

	it.each([
		['environment', { type: 'options', default: 'mypurecloud.com' }],
		['loginUrl', { displayOptions: { show: { environment: ['custom'] } }, required: true }],
		['apiUrl', { displayOptions: { show: { environment: ['custom'] } }, required: true }],
		['clientId', { type: 'string', required: true, default: '' }],
		['clientSecret', { typeOptions: { password: true }, required: true, default: '' }],
		['scope', { type: 'string', default: 'webchat:messaging' }],
		['accessToken', { type: 'hidden', typeOptions: { expirable: true }, default: '' }],
	])('has the field %s', (name, expected) => {
		expect(field(name)).toMatchObject(expected);
	});

	it('has no other fields', () => {
		expect(credential.properties).toHaveLength(7);
	});

	it('offers the 18 regions by their domains, and a custom one last', () => {
		const values = (field('environment')?.options as INodePropertyOptions[]).map(
			({ value }) => value,
		);
		expect(values).toEqual([...REGIONS.map(({ domain }) => domain), 'custom']);
		expect(values).toHaveLength(19);
	});

	it("is tested against Genesys Cloud's own check of a token", () => {
		expect(credential.test.request).toEqual({ method: 'GET', url: '/api/v2/tokens/me' });
	});
});

describe('authenticate', () => {
	const authenticated = async (options: Partial<IHttpRequestOptions> & { uri?: string }) => {
		if (typeof credential.authenticate !== 'function') throw new Error('not a function');
		return await credential.authenticate(FIELDS, options as IHttpRequestOptions);
	};

	it('adds the access token to the headers', async () => {
		const options = { url: 'https://api.mypurecloud.de/x', headers: { accept: 'text/plain' } };
		expect(await authenticated(options)).toEqual({
			url: 'https://api.mypurecloud.de/x',
			headers: { accept: 'text/plain', authorization: 'Bearer token-1' },
		});
		expect(options.headers).toEqual({ accept: 'text/plain' });
	});

	it("completes a URL without a host by the environment's API", async () => {
		expect(await authenticated({ url: '/api/v2/tokens/me' })).toMatchObject({
			url: '/api/v2/tokens/me',
			baseURL: 'https://api.mypurecloud.de',
		});
	});

	it('leaves a base URL alone', async () => {
		const options = { url: '/x', baseURL: 'https://api.mypurecloud.de/y' };
		expect(await authenticated(options)).toMatchObject(options);
	});

	it.each<Partial<IHttpRequestOptions> & { uri?: string }>([
		{ url: 'https://evil.example/api/v2/users/me' },
		{ uri: 'https://evil.example/api/v2/users/me' },
		{ url: '/x', baseURL: 'https://evil.example' },
		{ url: '//evil.example/x' },
		{ url: '/\\evil.example/x' },
		{ url: 'https://evil.example/x', baseURL: 'https://api.mypurecloud.de' },
		{ url: 'https://api.mypurecloud.de@evil.example/' },
		{ url: 'https://api.mypurecloud.de.evil.example/' },
		{ url: 'https://api.mypurecloud.de:8443/' },
		{ url: 'http://api.mypurecloud.de/x' },
		{ url: 'https://login.mypurecloud.de/oauth/token' },
		{ url: 'not a URL' },
		{},
	])('gives the token to no other server: %j', async (options) => {
		await expect(authenticated(options)).rejects.toThrow(
			'This credential is only for the API of its environment (https://api.mypurecloud.de)',
		);
	});

	it('takes the `uri` of the HTTP Request node', async () => {
		const uri = 'https://api.mypurecloud.de/api/v2/users/me';
		expect(await authenticated({ uri })).toEqual({
			uri,
			headers: { authorization: 'Bearer token-1' },
		});
	});

	it('sends no odd token', async () => {
		if (typeof credential.authenticate !== 'function') throw new Error('not a function');
		const url = 'https://api.mypurecloud.de';
		const fields = { ...FIELDS, accessToken: { a: 1 } as never };
		const { headers } = await credential.authenticate(fields, { url });
		expect(headers).toEqual({ authorization: 'Bearer ' });
	});
});

describe('preAuthentication', () => {
	/** n8n's part: a request helper that gives the answer or throws. */
	function helperOf(answer: unknown) {
		const httpRequest = jest.fn<Promise<unknown>, [IHttpRequestOptions]>(async () => {
			if (answer instanceof Error) throw answer;
			await Promise.resolve();
			return answer;
		});
		return { helper: { helpers: { httpRequest } } as IHttpRequestHelper, httpRequest };
	}

	const authentication = async (answer: unknown, fields = FIELDS) => {
		const { helper } = helperOf(answer);
		return await credential.preAuthentication.call(helper, fields);
	};

	async function refusalOf(answer: unknown, fields = FIELDS): Promise<string> {
		const error = await authentication(answer, fields).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		if (!(error instanceof Error)) throw new Error('nothing was thrown');
		expect(JSON.stringify([error, error.stack])).not.toContain(SECRET);
		return error.message;
	}

	it('fetches an access token', async () => {
		const body = '{"access_token":"token-2","expires_in":300}';
		const { helper, httpRequest } = helperOf({ statusCode: 200, headers: {}, body });
		expect(await credential.preAuthentication.call(helper, FIELDS)).toEqual({
			accessToken: 'token-2',
		});
		expect(httpRequest).toHaveBeenCalledTimes(1);
		expect(httpRequest.mock.calls[0]?.[0]).toMatchObject({
			method: 'POST',
			url: 'https://login.mypurecloud.de/oauth/token',
			disableFollowRedirect: true,
		});
	});

	it.each([
		[
			'a wrong secret',
			{ statusCode: 401, headers: {}, body: '{"error":"invalid_client"}' },
			/did not accept the client ID and secret.*client secret and the environment/,
		],
		[
			"a proxy's page",
			{ statusCode: 200, headers: {}, body: '<html>' },
			/login URL did not answer like Genesys Cloud's token endpoint/,
		],
		[
			'no network',
			Object.assign(new Error(`connect ${SECRET}`), { code: 'ECONNREFUSED' }),
			/connection to Genesys Cloud did not work\. Check the network/,
		],
	])('says what to do about %s, without the secret', async (_name, answer, text) => {
		const message = await refusalOf(answer);
		expect(message).toMatch(text);
		expect(message).not.toMatch(FORBIDDEN_WORDS);
	});

	it.each([
		[{ ...FIELDS, clientSecret: '' }, "'Client Secret' is empty"],
		[{ ...FIELDS, environment: 'mars' }, "'Environment' is not a region"],
		[{ ...FIELDS, environment: 'custom', loginUrl: 'x', apiUrl: '' }, "'Login URL' is not a URL"],
	])('names the field that cannot be used', async (fields, text) => {
		expect(await refusalOf({}, fields)).toContain(text);
	});
});
