import type { ICredentialDataDecryptedObject, IHttpRequestOptions } from 'n8n-workflow';

import { GenesysCloudApi } from '../../../credentials/GenesysCloudApi.credentials';
import { CLIENT, FIELDS, stored } from '../support/storedCredential';

const credential = new GenesysCloudApi();

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
		const custom = { ...FIELDS, environment: 'custom', loginUrl: 'https://login.example.com' };
		const fields = { ...custom, apiUrl: 'https://api.example.com' };
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

	it.each([
		['an odd one', { a: 1 }],
		['none', ''],
		['one without the name of its client', 'token-1'],
		['one of another client ID', stored('token-1', { ...CLIENT, clientId: 'client-2' })],
		['one of a former secret', stored('token-1', { ...CLIENT, clientSecret: 'former' })],
		['one of another region', stored('token-1', { ...CLIENT, environment: 'mypurecloud.ie' })],
	])(
		'sends no token where the stored one is %s: n8n renews it by the 401',
		async (_name, token) => {
			const options = { url: 'https://api.mypurecloud.de/x', headers: { accept: 'text/plain' } };
			const fields = { ...FIELDS, accessToken: token as never };
			expect(await authenticated(options, fields)).toEqual(options);
		},
	);

	it.each([
		{ skipSslCertificateValidation: true },
		{ rejectUnauthorized: false },
		{ agentOptions: { rejectUnauthorized: false } },
		{ rejectUnauthorized: false, proxy: 'http://proxy.example:3128' },
	])('gives no token away without TLS verification: %j', async (unverified) => {
		const options = { url: 'https://api.mypurecloud.de/x', ...unverified } as never;
		await expect(authenticated(options)).rejects.toThrow("Switch 'Ignore SSL Issues' off");
	});

	it('gives no token to whom a CA of the workflow vouches for', async () => {
		const agentOptions = { ca: '-----BEGIN CERTIFICATE-----' };
		const options = { url: 'https://api.mypurecloud.de/x', agentOptions };
		await expect(authenticated(options)).rejects.toThrow("Remove the CA from 'SSL Certificates'");
	});

	it.each([
		{ rejectUnauthorized: true, proxy: 'http://proxy.example:3128' },
		{ agentOptions: { cert: 'c', key: 'k', passphrase: 'p' } },
		{ skipSslCertificateValidation: false },
	])('gives the token where TLS is verified: %j', async (verified) => {
		const options = { url: 'https://api.mypurecloud.de/x', ...verified } as never;
		expect(await authenticated(options)).toMatchObject({
			headers: { authorization: 'Bearer token-1' },
		});
	});

	it('gives the token to no proxy in the clear', async () => {
		const local = { ...CLIENT, environment: 'custom', loginUrl: 'http://localhost:3000' };
		const fields = { ...local, apiUrl: 'http://localhost:3000', accessToken: '' };
		const url = 'http://localhost:3000/api/v2/tokens/me';
		expect(await authenticated({ url }, fields)).toEqual({ url });
		await expect(authenticated({ url, proxy: 'http://p:1' as never }, fields)).rejects.toThrow(
			'not used over a proxy without TLS',
		);
	});

	it.each([
		[{ ...FIELDS, clientId: '' }, "'Client ID' is empty"],
		[{ ...FIELDS, environment: 'mars' }, "'Environment' is not a region"],
	])('names the field that cannot be used', async (fields, text) => {
		await expect(authenticated({ url: '/api/v2/x' }, fields)).rejects.toThrow(text);
	});
});
