import type {
	IAuthenticate,
	ICredentialDataDecryptedObject,
	ICredentialTestRequest,
	ICredentialType,
	IDataObject,
	IHttpRequestHelper,
	IHttpRequestOptions,
	Icon,
	INodeProperties,
} from 'n8n-workflow';

import {
	baseUrls,
	CUSTOM_ENVIRONMENT,
	isOfEnvironment,
	REGIONS,
} from '../nodes/GenesysCloud/api/environment';
import { httpOf } from '../nodes/GenesysCloud/api/httpFunctions';
import {
	checkApi,
	fetchAccessToken,
	fingerprintOf,
	readOAuthClient,
	WHO_AM_I_PATH,
} from '../nodes/GenesysCloud/api/oauth';
import { explain, sentences } from '../nodes/GenesysCloud/failures/explain';

/** An OAuth client of Genesys Cloud with the client credentials grant. */
export class GenesysCloudApi implements ICredentialType {
	name = 'genesysCloudApi';

	displayName = 'Genesys Cloud API';

	icon: Icon = {
		light: 'file:../nodes/GenesysCloud/genesysCloud.svg',
		dark: 'file:../nodes/GenesysCloud/genesysCloud.dark.svg',
	};

	documentationUrl =
		'https://github.com/n8n-nodes-genesys-cloud/n8n-nodes-genesys-cloud#credentials';

	properties: INodeProperties[] = [
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				...REGIONS.map(({ place, domain, key }) => ({
					name: `${place} - ${domain}`,
					value: domain,
					description: key,
				})),
				{
					name: 'Custom',
					value: CUSTOM_ENVIRONMENT,
					description: 'A gateway, a new region, or the simulator',
				},
			],
			default: 'mypurecloud.com',
			description:
				"The region of your organization: the domain in the address bar after you have logged in to Genesys Cloud, without 'apps.'",
		},
		{
			displayName: 'Login URL',
			name: 'loginUrl',
			type: 'string',
			displayOptions: { show: { environment: [CUSTOM_ENVIRONMENT] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://login.mypurecloud.de',
			description: 'The base URL for access tokens; /oauth/token is appended',
		},
		{
			displayName: 'API URL',
			name: 'apiUrl',
			type: 'string',
			displayOptions: { show: { environment: [CUSTOM_ENVIRONMENT] } },
			required: true,
			default: '',
			placeholder: 'e.g. https://api.mypurecloud.de',
			description: 'The base URL of the API; /api/v2/… is appended',
		},
		{
			displayName: 'Client ID',
			name: 'clientId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 7de3af06-c0b3-4f9b-af45-72f4a1400797',
			description:
				"In Genesys Cloud under Admin > Integrations > OAuth, of a client with the grant type 'Client Credentials'",
		},
		{
			displayName: 'Client Secret',
			name: 'clientSecret',
			type: 'string',
			typeOptions: { password: true },
			required: true,
			default: '',
			description: 'Shown beside the client ID in Genesys Cloud, to those who may edit the client',
		},
		{
			displayName: 'Scope',
			name: 'scope',
			type: 'string',
			default: 'webchat:messaging',
			description:
				'Leave it as it is unless you were told otherwise. Genesys Cloud ignores scopes of such clients, as the roles of the OAuth client decide what it may do; a gateway or an older web messaging set-up may want one. Empty sends none.',
		},
		{
			// In place of n8n's own field, whose default "All" this credential would not keep.
			displayName: 'Allowed HTTP Request Domains',
			name: 'allowedHttpRequestDomains',
			type: 'options',
			options: [
				{
					name: 'Only Those of the Environment',
					value: 'all',
					description:
						'In the HTTP Request node, the credential works for the addresses of its environment and refuses all others',
				},
				{
					name: 'None',
					value: 'none',
					description: 'Only the Genesys Cloud nodes may use the credential',
				},
			],
			default: 'all',
			description:
				'What the HTTP Request node may call with this credential. The Genesys Cloud nodes always call the environment.',
		},
		{
			displayName: 'Access Token',
			name: 'accessToken',
			type: 'hidden',
			typeOptions: { expirable: true, password: true },
			default: '',
		},
	];

	/**
	 * Lets n8n's HTTP Request node use this credential. The Genesys Cloud node has its own cache. The API
	 * is asked here too: of a failed connection, n8n's credential test shows only the network's code.
	 */
	async preAuthentication(
		this: IHttpRequestHelper,
		credentials: ICredentialDataDecryptedObject,
	): Promise<IDataObject> {
		const http = httpOf(this.helpers);
		const client = readOAuthClient(credentials);
		const { apiUrl } = baseUrls(credentials);
		const result = await fetchAccessToken(http, client, TIMEOUT_MS, Date.now);
		if (!result.ok) throw new Error(sentences(explain(result.failure)));
		const token = result.value.value;
		const found = await checkApi(http, apiUrl, token, TIMEOUT_MS);
		if (!found.ok) {
			throw new Error(`${sentences(explain(found.failure))} The API URL is ${apiUrl}.`);
		}
		return { accessToken: `${fingerprintOf(client)}${SEPARATOR}${token}` };
	}

	/** Adds the access token to a call of the credential's environment, and to no other call. */
	authenticate: IAuthenticate = async (credentials, options) => {
		const checked = withinEnvironment(credentials, options);
		const token = tokenOf(credentials);
		// Without a token the API answers 401, upon which n8n fetches a new one and calls again.
		if (token === undefined) return checked;
		return { ...checked, headers: { ...options.headers, authorization: `Bearer ${token}` } };
	};

	test: ICredentialTestRequest = {
		request: { method: 'GET', url: WHO_AM_I_PATH },
	};
}

/** How long n8n may wait for a token on behalf of the HTTP Request node, in ms. */
const TIMEOUT_MS = 30_000;
/** Stands between the name of the OAuth client and its token; no token holds a blank. */
const SEPARATOR = ' ';

/** The stored token, if it is one of this very client: n8n keeps it when the credential is changed. */
function tokenOf(credentials: ICredentialDataDecryptedObject): string | undefined {
	const stored = typeof credentials.accessToken === 'string' ? credentials.accessToken : '';
	const [fingerprint, token] = stored.split(SEPARATOR);
	return fingerprint === fingerprintOf(readOAuthClient(credentials)) ? token : undefined;
}

/** Whether options switch the verification of TLS off: n8n and Node have a name each for that. */
function isUnverified(options: object = {}): boolean {
	return Object.entries(options).some(([name, value]) => {
		if (!/unauthori[sz]ed|sslcertificate/i.test(name)) return false;
		return value === !name.startsWith('reject');
	});
}

/**
 * A URL without a host, as in the credential test, is one of the API. The HTTP Request node takes any
 * URL, also from whoever may use the credential but not see it: the token must not go elsewhere, nor over a
 * connection that somebody else may read.
 */
function withinEnvironment(
	credentials: ICredentialDataDecryptedObject,
	options: IHttpRequestOptions,
): IHttpRequestOptions {
	const { apiUrl } = baseUrls(credentials);
	// The HTTP Request node hands over `uri`, not `url`.
	const given = options as Partial<IHttpRequestOptions> & { uri?: string };
	const { url, uri = url, baseURL } = given;
	if (isUnverified(options) || isUnverified(given.agentOptions)) {
		throw new Error(
			"This credential is not used without TLS verification. Switch 'Ignore SSL Issues' off: anybody between n8n and Genesys Cloud could read the access token.",
		);
	}
	if (given.agentOptions?.ca !== undefined) {
		throw new Error(
			"This credential is not used with a CA of the workflow's own, whose owner could read the access token. Remove the CA from 'SSL Certificates'; n8n itself trusts a private CA by NODE_EXTRA_CA_CERTS.",
		);
	}
	const completed = url?.startsWith('/') && !baseURL ? { ...options, baseURL: apiUrl } : options;
	const target = String(uri);
	const base = completed.baseURL;
	const isHere = URL.canParse(target, base) && isOfEnvironment(credentials, new URL(target, base));
	if (!isHere) {
		throw new Error(
			`This credential is only for its environment (${apiUrl}). Use another credential, or none, for other addresses.`,
		);
	}
	if (apiUrl.startsWith('http://') && given.proxy) {
		throw new Error('This credential is not used over a proxy without TLS. Remove the proxy.');
	}
	return completed;
}
