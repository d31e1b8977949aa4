import { isLoopback, isOfEnvironment } from '../../../nodes/GenesysCloud/api/environment';
import { inputErrorOf } from '../support/inputErrors';

describe('an address of a region', () => {
	const isOf = (url: string, environment = 'mypurecloud.de') =>
		isOfEnvironment({ environment }, new URL(url));

	it.each([
		['https://api.mypurecloud.de/api/v2/users/me', 'mypurecloud.de'],
		['https://apps.mypurecloud.de/uploads/v2/prompt', 'mypurecloud.de'],
		['https://APPS.mypurecloud.de:443/', 'eu-central-1'],
		['https://apps.usw2.pure.cloud/', 'us-west-2'],
	])('is %s for %s', (url, environment) => {
		expect(isOf(url, environment)).toBe(true);
	});

	it.each([
		['in the clear', 'http://apps.mypurecloud.de/'],
		['in the clear, of the API', 'http://api.mypurecloud.de/'],
		['of another port', 'https://apps.mypurecloud.de:8443/'],
		['of another port, of the API', 'https://api.mypurecloud.de:8443/'],
		['of the bare domain', 'https://mypurecloud.de/'],
		['of a domain that ends alike', 'https://evilmypurecloud.de/'],
		['of a domain that begins alike', 'https://api.mypurecloud.de.evil.example/'],
		['of another region', 'https://api.mypurecloud.ie/'],
		['of another host', 'https://evil.example/api.mypurecloud.de'],
	])('is none %s: %s', (_name, url) => {
		expect(isOf(url)).toBe(false);
	});

	it('is asked for in vain where the environment is none', () => {
		expect(inputErrorOf(() => isOf('https://api.mypurecloud.de/', 'mars')).field).toBe(
			'Environment',
		);
	});
});

describe('an address of a custom environment', () => {
	it.each([
		['https://api.example.com/genesys', 'https://api.example.com/other', true],
		['https://api.example.com:8443', 'https://api.example.com:8443/x', true],
		['http://localhost:3000', 'http://localhost:3000/x', true],
		['https://api.example.com', 'https://apps.example.com/', false],
		['https://api.example.com', 'https://api.example.com:8443/', false],
		['https://api.example.com', 'http://api.example.com/', false],
		['http://localhost:3000', 'http://localhost:3001/', false],
	])('of %s is %s: %s', (apiUrl, url, expected) => {
		const fields = { environment: 'custom', loginUrl: 'https://login.example.com', apiUrl };
		expect(isOfEnvironment(fields, new URL(url))).toBe(expected);
	});
});

describe('this very machine', () => {
	it.each([
		['localhost', true],
		['127.0.0.1', true],
		['127.10.200.3', true],
		['[::1]', true],
		['[::2]', false],
		['128.0.0.1', false],
		['10.127.0.0.1', false],
		['127.0.0.1.example.com', false],
		['localhost.example.com', false],
	])('as %s: %s', (hostname, expected) => {
		expect(isLoopback(hostname)).toBe(expected);
	});
});
