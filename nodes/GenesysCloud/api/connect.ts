import { failed, succeeded, type Result } from '../failures/failure';
import { createClient, type ApiClient, type ConnectOptions } from './client';
import { StallMeter } from './clock';
import { baseUrls } from './environment';
import { fingerprintOf, readOAuthClient, type OAuthClient, type OAuthClientFields } from './oauth';
import { TokenPool } from './tokenPool';

/** The name of the credential type. */
export const CREDENTIAL = 'genesysCloudApi';

/** A credential, ready for calls. */
export interface Connection {
	/** API URL and client ID: whose messages these are. */
	readonly account: string;
	/** The account, its secret and scope: who is refused when the login is. */
	readonly client: string;
	readonly apiUrl: string;
	readonly call: ApiClient;
	/**
	 * Makes sure that there is an access token, without any call of the API.
	 *
	 * @param until renews the token when it cannot be used until then, in ms since 1970
	 * @returns until when it can be used
	 */
	login(until?: number): Promise<Result<number>>;
}

/**
 * Connects a credential: for the node, the pick-lists and the trigger alike.
 *
 * @param fields the credential's fields, as n8n gives them
 * @throws InputError when a field of the credential cannot be used
 */
export function connect(fields: OAuthClientFields, options: ConnectOptions): Connection {
	const client = readOAuthClient(fields);
	const { apiUrl } = baseUrls(fields);
	const tokens = tokenPoolOf(client);
	// All logins of an execution wait together, as its calls do: each by itself might wait as long again.
	const stall = new StallMeter(options.clock);
	return {
		account: `${apiUrl} ${client.clientId}`,
		client: `${apiUrl} ${fingerprintOf(client)}`,
		apiUrl,
		call: createClient({ ...options, apiUrl, tokens }),
		login: async (until = 0) => {
			const request = { ...options, stalledMs: () => stall.ms(), onlyLogin: true } as const;
			const failure = await tokens.renew(until, request);
			if (failure) return failed(failure);
			const granted = await tokens.acquire(request);
			if (!granted.ok) return granted;
			tokens.cancel(granted.value);
			stall.end();
			return succeeded(granted.value.lane.token.usableUntil);
		},
	};
}

const MAX_POOLS = 100;
const pools = new Map<string, TokenPool>();

/**
 * The pool of an OAuth client: one for all executions of the process. The one that was used longest ago makes
 * room when there are too many.
 */
export function tokenPoolOf(client: OAuthClient): TokenPool {
	const key = fingerprintOf(client);
	const pool = pools.get(key) ?? new TokenPool(client);
	pools.delete(key);
	pools.set(key, pool);
	const [oldest] = pools.keys();
	if (pools.size > MAX_POOLS && oldest !== undefined) pools.delete(oldest);
	return pool;
}
