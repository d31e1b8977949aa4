import type { IHttpRequestHelper, IHttpRequestOptions, INodePropertyOptions } from 'n8n-workflow';

import { GenesysCloudApi } from '../../../credentials/GenesysCloudApi.credentials';
import { REGIONS } from '../../../nodes/GenesysCloud/api/environment';
import { SECRET } from '../support/credentials';
import { FORBIDDEN_WORDS } from '../support/failures';
import { FIELDS, stored } from '../support/storedCredential';

const credential = new GenesysCloudApi();
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
		['allowedHttpRequestDomains', { type: 'options', default: 'all' }],
		['accessToken', { type: 'hidden', typeOptions: { expirable: true }, default: '' }],
	])('has the field %s', (name, expected) => {
		expect(field(name)).toMatchObject(expected);
	});

	it('has no other fields', () => {
		expect(credential.properties).toHaveLength(8);
	});

	it('offers the 18 regions by their domains, and a custom one last', () => {
		const values = (field('environment')?.options as INodePropertyOptions[]).map(
			({ value }) => value,
		);
		expect(values).toEqual([...REGIONS.map(({ domain }) => domain), 'custom']);
		expect(values).toHaveLength(19);
	});

	it('does not offer to work for all domains, as it refuses those of others', () => {
		const options = field('allowedHttpRequestDomains')?.options as INodePropertyOptions[];
		expect(options.map(({ name, value }) => [name, value])).toEqual([
			['Only Those of the Environment', 'all'],
			['None', 'none'],
		]);
	});

	it("is tested against Genesys Cloud's own check of a token", () => {
		expect(credential.test.request).toEqual({ method: 'GET', url: '/api/v2/tokens/me' });
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
			accessToken: stored('token-2'),
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
			accessToken: stored('token-2'),
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
