import type { Clock, UncertainPolicy } from '../delivery/types';
import { failed, succeeded, type Result } from '../failures/failure';
import { createClient, type ApiClient } from './client';
import { baseUrls } from './environment';
import type { HttpFunction } from './http';
import { fingerprintOf, readOAuthClient, type OAuthClient, type OAuthClientFields } from './oauth';
import type { ServerTime } from './serverTime';
import { TokenPool } from './tokenPool';

/** The name of the credential type. */
export const CREDENTIAL = 'genesysCloudApi';

/** How calls are made; all times in ms. */
export interface ConnectOptions {
	readonly http: HttpFunction;
	readonly clock: Clock;
	/** How many access tokens may be used in parallel. */
	readonly maxTokens: number;
	/** The time limit of a call. */
	readonly timeoutMs: number;
	/** The longest wait that the server may ask for. */
	readonly maxWaitMs: number;
	/** Whether a message is repeated after a 401 that may be another's than Genesys Cloud's; it is by default. */
	readonly uncertain?: UncertainPolicy;
	/** Learns from the API's answers. */
	readonly serverTime?: ServerTime;
}

/** A credential, ready for calls. */
export interface Connection {
	/** API URL and client ID: whose messages these are. */
	readonly account: string;
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
	const { clock } = options;
	// All logins of an execution wait together, as its calls do: each by itself might wait as long again.
	let stalledSince: number | undefined;
	const stalledMs = () => clock.now() - (stalledSince ??= clock.now());
	return {
		account: `${apiUrl} ${client.clientId}`,
		apiUrl,
		call: createClient({ ...options, apiUrl, tokens }),
		login: async (until = 0) => {
			const request = { ...options, stalledMs, onlyLogin: true } as const;
			const failure = await tokens.renew(until, request);
			if (failure) return failed(failure);
			const granted = await tokens.acquire(request);
			if (!granted.ok) return granted;
			tokens.cancel(granted.value);
			stalledSince = undefined;
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
