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
	const authenticated = async (
		options: Partial<IHttpRequestOptions> & { uri?: string },
		fields: ICredentialDataDecryptedObject = FIELDS,
	) => {
		if (typeof credential.authenticate !== 'function') throw new Error('not a function');
		return await credential.authenticate(fields, options as IHttpRequestOptions);
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
		{ url: 'https://mypurecloud.de/x' },
		{ url: 'https://evilmypurecloud.de/x' },
		{ url: 'http://apps.mypurecloud.de/x' },
		{ url: 'not a URL' },
		{},
	])('gives the token to no other server: %j', async (options) => {
		await expect(authenticated(options)).rejects.toThrow(
			'This credential is only for its environment (https://api.mypurecloud.de)',
		);
	});

	it('gives the token to the other hosts of a region, such as that of uploads', async () => {
		const url = 'https://apps.mypurecloud.de/uploads/v2/prompt';
		expect(await authenticated({ url })).toMatchObject({ url });
	});

	it('gives the token of a custom environment to no other host of its domain', async () => {
		const custom = { environment: 'custom', loginUrl: 'https://login.example.com' };
		const fields = { ...custom, apiUrl: 'https://api.example.com', accessToken: 't' };
		const options = { url: 'https://apps.example.com/x' };
		await expect(authenticated(options, fields)).rejects.toThrow(
			'This credential is only for its environment (https://api.example.com)',
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
	const TOKEN = {
		statusCode: 200,
		headers: {},
		body: '{"access_token":"token-2","expires_in":300}',
	};
	const REFUSED = Object.assign(new Error(`connect ${SECRET}`), { code: 'ECONNREFUSED' });

	/** n8n's part: a request helper that gives an answer for each call, or throws it. */
	function helperOf(...answers: unknown[]) {
		const httpRequest = jest.fn<Promise<unknown>, [IHttpRequestOptions]>(async () => {
			const answer = answers.shift();
			if (answer instanceof Error) throw answer;
			await Promise.resolve();
			return answer;
		});
		return { helper: { helpers: { httpRequest } } as IHttpRequestHelper, httpRequest };
	}

	async function refusalOf(answers: unknown[], fields = FIELDS): Promise<string> {
		const { helper } = helperOf(...answers);
		const error = await credential.preAuthentication.call(helper, fields).then(
			() => undefined,
			(thrown: unknown) => thrown,
		);
		if (!(error instanceof Error)) throw new Error('nothing was thrown');
		expect(JSON.stringify([error, error.stack])).not.toContain(SECRET);
		return error.message;
	}

	it('fetches an access token, and shows it to the API', async () => {
		const { helper, httpRequest } = helperOf(TOKEN, { ...TOKEN, body: '{"OAuthClient":{}}' });
		expect(await credential.preAuthentication.call(helper, FIELDS)).toEqual({
			accessToken: 'token-2',
		});
		expect(httpRequest.mock.calls.map(([call]) => call)).toMatchObject([
			{
				method: 'POST',
				url: 'https://login.mypurecloud.de/oauth/token',
				disableFollowRedirect: true,
			},
			{
				method: 'GET',
				url: 'https://api.mypurecloud.de/api/v2/tokens/me',
				headers: { authorization: 'Bearer token-2' },
			},
		]);
	});

	it.each([401, 404, 503])('leaves a refusal by the API (%i) to n8n', async (statusCode) => {
		const { helper } = helperOf(TOKEN, { statusCode, headers: {}, body: '<html>' });
		expect(await credential.preAuthentication.call(helper, FIELDS)).toEqual({
			accessToken: 'token-2',
		});
	});

	it.each([
		['nobody is', REFUSED, /connection to Genesys Cloud did not work\. Check the network/],
		[
			"a proxy's page is",
			{ statusCode: 200, headers: {}, body: '<html>token-2' },
			/The answer did not come from the Genesys Cloud API/,
		],
	])('names the API URL where %s', async (_name, answer, text) => {
		const message = await refusalOf([TOKEN, answer]);
		expect(message).toMatch(text);
		expect(message).toMatch(/sent or changed\..* The API URL is https:\/\/api\.mypurecloud\.de\.$/);
		expect(message).not.toContain('token-2');
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
		['no network', REFUSED, /connection to Genesys Cloud did not work\. Check the network/],
	])('says what to do about %s, without the secret', async (_name, answer, text) => {
		const message = await refusalOf([answer]);
		expect(message).toMatch(text);
		expect(message).not.toMatch(FORBIDDEN_WORDS);
	});

	it.each([
		[{ ...FIELDS, clientSecret: '' }, "'Client Secret' is empty"],
		[{ ...FIELDS, environment: 'mars' }, "'Environment' is not a region"],
		[{ ...FIELDS, environment: 'custom', loginUrl: 'x', apiUrl: '' }, "'Login URL' is not a URL"],
	])('names the field that cannot be used', async (fields, text) => {
		expect(await refusalOf([], fields)).toContain(text);
	});
});
