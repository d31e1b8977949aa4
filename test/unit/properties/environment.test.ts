import * as fc from 'fast-check';

import { baseUrls, REGIONS } from '../../../nodes/GenesysCloud/api/environment';
import { withoutCopied } from '../../../nodes/GenesysCloud/api/unseen';
import { InputError } from '../../../nodes/GenesysCloud/failures/failure';
import { anyJson, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';

const domains = fc.constantFrom(...REGIONS.map(({ domain }) => domain));
const keys = fc.constantFrom(...REGIONS.map(({ key }) => key));
const INJECTIONS = [
	...['@evil.example', '#.evil.example', '?x=.evil.example', '/../evil.example', '\\evil.example'],
	...['\r\nHost: evil.example', ':80@evil.example', '%2eevil.example', '\u3002evil.example'],
	...['\u0000', '\u202e', '.', '..', ':443', ' evil.example', '\tevil.example', '\u200b'],
] as const;

/** A domain with something before or behind it that could lead a call elsewhere. */
const injected = fc
	.tuple(
		fc.oneof(fc.constantFrom('', 'https://', 'http://', 'api.', '//', 'user:pw@'), anyText()),
		fc.oneof(domains, keys, fc.constantFrom('evil.example')),
		fc.oneof(fc.constantFrom('', ...INJECTIONS), anyText()),
	)
	.map((parts) => parts.join(''));

/** The base URLs, or `undefined` when the value was refused; anything else that is thrown is a bug. */
function urlsOf(fields: Parameters<typeof baseUrls>[0]) {
	try {
		return baseUrls(fields);
	} catch (error) {
		expect(error).toBeInstanceOf(InputError);
		return undefined;
	}
}

/** A base URL must be just that, however it is parsed, and must not change when a path is added. */
function expectPlain(baseUrl: string): URL {
	const url = new URL(`${baseUrl}/api/v2/x`);
	expect(url.username + url.password + url.search + url.hash).toBe('');
	expect(url.href).toBe(`${baseUrl}/api/v2/x`);
	return url;
}

describe('any text as environment', () => {
	it('is refused, or leads to the login and API hosts of the domain that it names', () => {
		const property = fc.property(fc.oneof(injected, anyText()), (environment) => {
			const urls = urlsOf({ environment });
			if (!urls) return;
			const [login, api] = [expectPlain(urls.loginUrl), expectPlain(urls.apiUrl)];
			expect([login.protocol, api.protocol]).toEqual(['https:', 'https:']);
			expect([login.port, api.port]).toEqual(['', '']);
			const domain = api.host.replace(/^api\./, '');
			expect(login.host).toBe(`login.${domain}`);
			// What the user did not write, nobody is called by.
			const written = withoutCopied(environment).toLowerCase();
			const named = written.includes(domain) || REGIONS.some((r) => r.domain === domain);
			expect(named).toBe(true);
		});
		fc.assert(property, runs(1_000));
	});

	it.each(INJECTIONS)('never leads from a region to another host by %j', (injection) => {
		const property = fc.property(fc.oneof(domains, keys), (region) => {
			const host = new URL(urlsOf({ environment: region + injection })?.apiUrl ?? 'https://refused')
				.host;
			const own = REGIONS.find(({ key, domain }) => key === region || domain === region);
			expect(['refused', `api.${own!.domain}`]).toContain(host);
		});
		fc.assert(property, runs(30));
	});

	it('may be any other JSON: it is refused', () => {
		const notText = anyJson().filter((value) => typeof value !== 'string');
		const property = fc.property(notText, (environment) => {
			expect(urlsOf({ environment })).toBeUndefined();
		});
		fc.assert(property, runs(100));
	});
});

describe('any text as custom URL', () => {
	it('is refused, or is a plain base URL that is encrypted or of this machine', () => {
		const urls = fc.oneof(
			injected,
			fc.webUrl({ withQueryParameters: true, withFragments: true }),
			fc.tuple(fc.constantFrom('http://', 'https://', 'HTTP:'), injected).map((p) => p.join('')),
			fc
				.tuple(fc.constantFrom('127.0.0.1', 'localhost', '[::1]', '0.0.0.0', '127.1'), anyText())
				.map(([host, rest]) => `http://${host}${rest}`),
		);
		const property = fc.property(urls, (text) => {
			const found = urlsOf({ environment: 'custom', loginUrl: text, apiUrl: text });
			if (!found) return;
			const url = expectPlain(found.apiUrl);
			expect(url.host).toBe(new URL(withoutCopied(text)).host);
			expect(found.apiUrl).not.toMatch(/\/api\/v2$/);
			const local = /^(?:localhost|\[::1\]|127\.\d+\.\d+\.\d+)$/.test(url.hostname);
			expect(url.protocol === 'https:' || (url.protocol === 'http:' && local)).toBe(true);
		});
		fc.assert(property, runs(1_000));
	});
});
