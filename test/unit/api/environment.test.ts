import { baseUrls, isOfEnvironment, REGIONS } from '../../../nodes/GenesysCloud/api/environment';
import { inputErrorOf } from '../support/inputErrors';

/** As in Genesys Cloud's JavaScript SDK 262 (PureCloudRegionHosts). */
const EXPECTED = [
	['us-east-1', 'mypurecloud.com'],
	['us-east-2', 'use2.us-gov-pure.cloud'],
	['us-west-2', 'usw2.pure.cloud'],
	['ca-central-1', 'cac1.pure.cloud'],
	['mx-central-1', 'mxc1.pure.cloud'],
	['sa-east-1', 'sae1.pure.cloud'],
	['eu-west-1', 'mypurecloud.ie'],
	['eu-west-2', 'euw2.pure.cloud'],
	['eu-central-1', 'mypurecloud.de'],
	['eu-central-2', 'euc2.pure.cloud'],
	['eusc-de-east-1', 'edee1.eusc-pure.cloud'],
	['me-central-1', 'mec1.pure.cloud'],
	['ap-south-1', 'aps1.pure.cloud'],
	['ap-southeast-1', 'apse1.pure.cloud'],
	['ap-southeast-2', 'mypurecloud.com.au'],
	['ap-northeast-1', 'mypurecloud.jp'],
	['ap-northeast-2', 'apne2.pure.cloud'],
	['ap-northeast-3', 'apne3.pure.cloud'],
] as const;

const urlsOf = (domain: string) => ({
	loginUrl: `https://login.${domain}`,
	apiUrl: `https://api.${domain}`,
});

describe('the regions', () => {
	it('are the 18 of Genesys Cloud', () => {
		const byKey = new Map(REGIONS.map(({ key, domain }) => [key, domain]));
		expect([...byKey].sort()).toEqual([...EXPECTED].sort());
		expect(REGIONS.every(({ place }) => place.length > 0)).toBe(true);
	});

	it.each(EXPECTED)('%s is found by its key, with - and _', (key, domain) => {
		expect(baseUrls({ environment: key })).toEqual(urlsOf(domain));
		expect(baseUrls({ environment: key.replace(/-/g, '_') })).toEqual(urlsOf(domain));
		expect(baseUrls({ environment: key.toUpperCase() })).toEqual(urlsOf(domain));
	});

	it.each(EXPECTED)('%s is found by its domain %s', (_key, domain) => {
		expect(baseUrls({ environment: domain })).toEqual(urlsOf(domain));
	});

	it.each(EXPECTED)('%s is found by the form of the tutorial', (key, domain) => {
		expect(baseUrls({ environment: `${key}.mypurecloud.com` })).toEqual(urlsOf(domain));
	});
});

describe('baseUrls of what people paste', () => {
	it.each([
		['api.mypurecloud.de', 'mypurecloud.de'],
		['login.mypurecloud.de', 'mypurecloud.de'],
		['apps.mypurecloud.de', 'mypurecloud.de'],
		['www.mypurecloud.de', 'mypurecloud.de'],
		['eu-central-1.mypurecloud.de', 'mypurecloud.de'],
		['https://apps.eu-west-2.pure.cloud/', 'euw2.pure.cloud'],
		['ap-southeast-2.mypurecloud.com.au', 'mypurecloud.com.au'],
		['https://webmessaging.mypurecloud.de/v1?deploymentId=1', 'mypurecloud.de'],
		['https://streaming.mypurecloud.de', 'mypurecloud.de'],
		['https://mypurecloud.de', 'mypurecloud.de'],
		['http://mypurecloud.de', 'mypurecloud.de'],
		['https://login.mypurecloud.de/oauth/token', 'mypurecloud.de'],
		['https://apps.mypurecloud.de/directory/#/', 'mypurecloud.de'],
		['https://api.usw2.pure.cloud//', 'usw2.pure.cloud'],
		['mypurecloud.de/', 'mypurecloud.de'],
		['  mypurecloud.de\n', 'mypurecloud.de'],
		['MyPureCloud.DE', 'mypurecloud.de'],
		['\ufeffmypurecloud\u00ad.de\u200b', 'mypurecloud.de'],
		['\u200bhttps://login.mypurecloud.de\u202c', 'mypurecloud.de'],
		['https://us-east-1.mypurecloud.com/', 'mypurecloud.com'],
		['us_east_1.mypurecloud.com', 'mypurecloud.com'],
		['api.us-east-1.mypurecloud.com', 'mypurecloud.com'],
		['new1.pure.cloud', 'new1.pure.cloud'],
	])('takes %j for %s', (environment, domain) => {
		expect(baseUrls({ environment })).toEqual(urlsOf(domain));
	});

	it.each([
		'',
		'   ',
		'mars-north-1',
		'mypurecloud',
		'my purecloud.com',
		'mypurecloud.com:8080',
		'user@mypurecloud.com',
		'mypurecloud.com?x=1',
		'mypurecloud.com\r\nhost: evil.example',
		'mypurecloud..com',
		'-.com',
		'127.0.0.1',
		'ftp://mypurecloud.com',
		`${'a'.repeat(64)}.com`,
		`${'a.'.repeat(200)}com`,
		undefined,
		null,
		42,
		{ domain: 'mypurecloud.com' },
	])('refuses %j', (environment) => {
		const error = inputErrorOf(() => baseUrls({ environment }));
		expect(error.field).toBe('Environment');
		expect(error.message).toBe("'Environment' is not a region or domain of Genesys Cloud");
		expect(error.remedy).toContain('mypurecloud.de');
	});

	it('takes a domain of 253 characters, and no longer one', () => {
		const long = `${`${'a'.repeat(63)}.`.repeat(3)}${'a'.repeat(57)}`;
		expect(baseUrls({ environment: `${long}.com` })).toEqual(urlsOf(`${long}.com`));
		expect(inputErrorOf(() => baseUrls({ environment: `${long}a.com` })).field).toBe('Environment');
	});
});

describe('baseUrls of a custom environment', () => {
	const custom = (loginUrl: unknown, apiUrl: unknown = 'https://api.example.com') =>
		baseUrls({ environment: 'custom', loginUrl, apiUrl });

	it.each([
		['https://login.example.com', 'https://login.example.com'],
		['https://login.example.com/', 'https://login.example.com'],
		['https://gateway.example.com/genesys/login//', 'https://gateway.example.com/genesys/login'],
		[' https://login.example.com ', 'https://login.example.com'],
		['\u200bhttps://login.example.com/\u202c', 'https://login.example.com'],
		['HTTPS://Login.Example.com', 'https://login.example.com'],
		['https://login.example.com:8443', 'https://login.example.com:8443'],
		['http://localhost:3000', 'http://localhost:3000'],
		['http://127.0.0.1:3000/', 'http://127.0.0.1:3000'],
		['http://127.1.2.3:3000', 'http://127.1.2.3:3000'],
		['http://127.10.200.3:3000', 'http://127.10.200.3:3000'],
		['http://127.1:3000', 'http://127.0.0.1:3000'],
		['http://[::1]:3000', 'http://[::1]:3000'],
		['http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
	])('takes %j', (url, expected) => {
		expect(custom(url)).toEqual({ loginUrl: expected, apiUrl: 'https://api.example.com' });
		expect(custom('https://l.example.com', url).apiUrl).toBe(expected);
	});

	it.each([
		['https://login.example.com/oauth/token', 'https://api.example.com/api/v2'],
		['https://login.example.com/oauth', 'https://api.example.com/api/v2/'],
		['https://login.example.com/oauth/token//', 'https://api.example.com/api/v2//'],
		['https://login.example.com/', 'https://api.example.com/api/v2/webchat/messaging'],
		[
			'https://login.example.com/oauth/authorize',
			'https://api.example.com/api/v2/conversations/messages/agentless/',
		],
		['https://login.example.com/OAuth/Token', 'https://api.example.com/API/V2/'],
		['https://login.example.com//oauth//token', 'https://api.example.com//api//v2'],
		['\u200bhttps://login.example.com', 'https://api.example.com/api/v2\u200b '],
	])('leaves out what the node appends itself: %s, %s', (loginUrl, apiUrl) => {
		expect(custom(loginUrl, apiUrl)).toEqual({
			loginUrl: 'https://login.example.com',
			apiUrl: 'https://api.example.com',
		});
	});

	it.each(['/genesys/api/v2', '/genesys/api/v2/'])(
		'keeps the path of a gateway before %s',
		(path) => {
			const { apiUrl } = custom('https://l.example.com', `https://gateway.example.com${path}`);
			expect(apiUrl).toBe('https://gateway.example.com/genesys');
		},
	);

	it.each(['/api/v2/genesys', '/api/v2/genesys/', '/api/v2/genesys/api/v2'])(
		'keeps the path of a gateway that is below /api/v2: %s',
		(path) => {
			const { apiUrl } = custom('https://l.example.com', `https://gateway.example.com${path}`);
			expect(apiUrl).toBe('https://gateway.example.com/api/v2/genesys');
		},
	);

	it.each(['/api/v20', '/api/v2x', '/myapi/v2', '/oauth'])(
		'keeps a path of another name: %s',
		(path) => {
			expect(custom('https://l.example.com', `https://g.example.com${path}`).apiUrl).toBe(
				`https://g.example.com${path}`,
			);
		},
	);

	it.each(['Custom', ' custom\u200b'])(
		'are read for %j, as an expression may give it',
		(environment) => {
			const urls = { loginUrl: 'https://l.example.com', apiUrl: 'https://a.example.com' };
			expect(baseUrls({ environment, ...urls })).toEqual(urls);
			expect(isOfEnvironment({ environment, ...urls }, new URL('https://b.example.com'))).toBe(
				false,
			);
		},
	);

	it('are asked for by an example of their own', () => {
		const asked = (loginUrl: string) =>
			inputErrorOf(() => baseUrls({ environment: 'custom', loginUrl, apiUrl: 'x' })).remedy;
		expect(asked('x')).toContain('for example https://login.');
		expect(asked('https://l.example.com')).toContain('for example https://api.');
	});

	it('takes one of 2,048 characters, and no longer one', () => {
		const longest = `https://login.example.com/${'a'.repeat(2_022)}`;
		expect(custom(longest).loginUrl).toBe(longest);
		expect(inputErrorOf(() => custom(`${longest}a`)).message).toBe("'Login URL' is not a URL");
	});

	it.each(['', '  ', 'login.example.com', '/login', 'ftp://example.com', undefined, null, 7])(
		'refuses %j: not a URL',
		(url) => {
			const error = inputErrorOf(() => custom(url));
			expect(error.message).toBe("'Login URL' is not a URL");
			expect(error.remedy).toContain('https://');
		},
	);

	it.each([
		'http://login.example.com',
		'http://127.0.0.1.example.com',
		'http://localhost.example.com',
		'http://128.0.0.1',
		'http://0.0.0.0:3000',
		'http://10.0.0.1',
		'http://[::2]:3000',
		'http://[::ffff:10.0.0.1]',
	])('refuses %s: the secret would go over the network in the clear', (url) => {
		const error = inputErrorOf(() => custom('https://login.example.com', url));
		expect(error.field).toBe('API URL');
		expect(error.message).toBe("'API URL' uses http:// for a host that is not this machine");
		expect(error.remedy).toContain('https://');
	});

	it.each([
		'https://user@login.example.com',
		'https://user:secret@login.example.com',
		'https://:secret@login.example.com',
		'https://login.example.com/?region=de',
		'https://login.example.com/#top',
	])('refuses %s: more than a base URL', (url) => {
		const error = inputErrorOf(() => custom(url));
		expect(error.message).toBe("'Login URL' holds more than a base URL");
		expect(error.remedy).toContain('Remove the user name');
		expect(`${error.message} ${error.remedy}`).not.toContain('secret');
	});
});
