import { InputError } from '../failures/failure';
import { pasted } from './unseen';

/** A region of Genesys Cloud: its AWS key, its domain and where it is. */
interface Region {
	readonly key: string;
	readonly domain: string;
	readonly place: string;
}

/** The 18 regions, as in Genesys Cloud's own SDKs (JavaScript SDK 262, PureCloudRegionHosts). */
export const REGIONS: readonly Region[] = [
	{ key: 'us-east-1', domain: 'mypurecloud.com', place: 'US East (N. Virginia)' },
	{ key: 'us-east-2', domain: 'use2.us-gov-pure.cloud', place: 'US East (FedRAMP)' },
	{ key: 'us-west-2', domain: 'usw2.pure.cloud', place: 'US West (Oregon)' },
	{ key: 'ca-central-1', domain: 'cac1.pure.cloud', place: 'Canada (Montreal)' },
	{ key: 'mx-central-1', domain: 'mxc1.pure.cloud', place: 'Mexico (Central)' },
	{ key: 'sa-east-1', domain: 'sae1.pure.cloud', place: 'South America (Sao Paulo)' },
	{ key: 'eu-west-1', domain: 'mypurecloud.ie', place: 'Europe (Dublin)' },
	{ key: 'eu-west-2', domain: 'euw2.pure.cloud', place: 'Europe (London)' },
	{ key: 'eu-central-1', domain: 'mypurecloud.de', place: 'Europe (Frankfurt)' },
	{ key: 'eu-central-2', domain: 'euc2.pure.cloud', place: 'Europe (Zurich)' },
	{ key: 'eusc-de-east-1', domain: 'edee1.eusc-pure.cloud', place: 'EU Sovereign (Germany)' },
	{ key: 'me-central-1', domain: 'mec1.pure.cloud', place: 'Middle East (UAE)' },
	{ key: 'ap-south-1', domain: 'aps1.pure.cloud', place: 'Asia Pacific (Mumbai)' },
	{ key: 'ap-southeast-1', domain: 'apse1.pure.cloud', place: 'Asia Pacific (Singapore)' },
	{ key: 'ap-southeast-2', domain: 'mypurecloud.com.au', place: 'Asia Pacific (Sydney)' },
	{ key: 'ap-northeast-1', domain: 'mypurecloud.jp', place: 'Asia Pacific (Tokyo)' },
	{ key: 'ap-northeast-2', domain: 'apne2.pure.cloud', place: 'Asia Pacific (Seoul)' },
	{ key: 'ap-northeast-3', domain: 'apne3.pure.cloud', place: 'Asia Pacific (Osaka)' },
];

/** The value of the credential's Environment field that shows the two URL fields. */
export const CUSTOM_ENVIRONMENT = 'custom';

/** Where an organisation logs in and where its API is; no slash at the end. */
interface BaseUrls {
	readonly loginUrl: string;
	readonly apiUrl: string;
}

/** The fields of the credential that decide where calls go; as stored, so of any type. */
export interface EnvironmentFields {
	readonly environment?: unknown;
	readonly loginUrl?: unknown;
	readonly apiUrl?: unknown;
}

/**
 * Finds the base URLs of a credential's environment. Accepts what people paste: a domain, a URL of
 * it, a region key (`us-east-1`, `us_east_1`), or `us-east-1.mypurecloud.com`.
 *
 * @throws InputError that names the field when it is empty, malformed or not HTTPS
 */
export function baseUrls(fields: EnvironmentFields): BaseUrls {
	if (isCustom(fields.environment)) {
		return {
			loginUrl: customUrl(LOGIN, fields.loginUrl),
			apiUrl: customUrl(API, fields.apiUrl),
		};
	}
	const domain = regionDomain(fields.environment);
	return { loginUrl: `https://login.${domain}`, apiUrl: `https://api.${domain}` };
}

/**
 * Whether an address belongs to a credential's environment: the API, and in a region every host of
 * its domain, because some calls are made elsewhere (uploads at `apps.{domain}`): there the access token may go.
 *
 * @throws InputError like `baseUrls`
 */
export function isOfEnvironment(fields: EnvironmentFields, target: URL): boolean {
	const api = new URL(baseUrls(fields).apiUrl);
	if (target.origin === api.origin) return true;
	if (isCustom(fields.environment)) return false;
	const domain = api.hostname.replace(/^api/, '');
	return target.protocol === 'https:' && target.port === '' && target.hostname.endsWith(domain);
}

/** An expression may give the name of the entry as the panel shows it. */
function isCustom(environment: unknown): boolean {
	return pasted(environment).toLowerCase() === CUSTOM_ENVIRONMENT;
}

/** Names of Genesys Cloud's hosts in each region, as people paste them. */
const HOST_NAME = /^(?:https?:\/\/)?(?:(?:api|login|apps|www|webmessaging|streaming)\.)?/;
/** What people put behind the key of a region. */
const AFTER_KEY = /\.(?:mypurecloud\.(?:com(?:\.au)?|de|ie|jp)|pure\.cloud)$/;
const DOMAIN = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/;
const MAX_DOMAIN_LENGTH = 253;

function regionDomain(environment: unknown): string {
	const [host = ''] = pasted(environment)
		.slice(0, 2 * MAX_DOMAIN_LENGTH)
		.toLowerCase()
		.replace(HOST_NAME, '')
		.split('/');
	const key = host.replace(/_/g, '-').replace(AFTER_KEY, '');
	const region = REGIONS.find((candidate) => candidate.key === key);
	const domain = region?.domain ?? host;
	if (domain.length > MAX_DOMAIN_LENGTH || !DOMAIN.test(domain)) {
		throw new InputError(
			'Environment',
			'is not a region or domain of Genesys Cloud',
			'Choose the region of your organization in the credential, for example mypurecloud.de',
		);
	}
	return domain;
}

/** A field for a base URL. */
interface UrlField {
	readonly name: string;
	readonly example: string;
	/** What the node appends itself; people paste it along. */
	readonly appended: RegExp;
}

const LOGIN: UrlField = {
	name: 'Login URL',
	example: 'https://login.mypurecloud.de',
	appended: /\/oauth(?:\/(?:token|authorize))?$/i,
};
const API: UrlField = {
	name: 'API URL',
	example: 'https://api.mypurecloud.de',
	// Only what the node calls: a gateway may have its own path below `/api/v2`.
	appended:
		/\/api\/v2(?:\/(?:webchat\/messaging|conversations\/messages\/agentless|tokens\/me))?$/i,
};

/** No base URL is longer; a text of slashes would take the more time the longer it is. */
const MAX_URL_LENGTH = 2048;

function customUrl({ name: field, example, appended }: UrlField, value: unknown): string {
	const text = pasted(value);
	const url = text.length <= MAX_URL_LENGTH && URL.canParse(text) && new URL(text);
	if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) {
		throw new InputError(
			field,
			'is not a URL',
			`Enter the full base URL in the credential, for example ${example}`,
		);
	}
	if (url.protocol === 'http:' && !isLoopback(url.hostname)) {
		throw new InputError(
			field,
			'uses http:// for a host that is not this machine',
			'Use https://, so that the client secret and the messages are encrypted on their way',
		);
	}
	if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
		throw new InputError(
			field,
			'holds more than a base URL',
			'Remove the user name, password, query and fragment from the URL in the credential',
		);
	}
	const path = url.pathname.replace(/\/{2,}/g, '/').replace(/\/$/, '');
	return (url.origin + path).replace(appended, '');
}

/** Whether a host is this very machine: the only one that may do without TLS. */
export function isLoopback(hostname: string): boolean {
	return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d{1,3}){3}$/.test(hostname);
}
