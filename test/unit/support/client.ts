import { createClient, type ClientOptions } from '../../../nodes/GenesysCloud/api/client';
import { TokenPool } from '../../../nodes/GenesysCloud/api/tokenPool';
import { FakeClock } from './clock';
import { CREDENTIALS } from './credentials';
import { scripted, type Script } from './http';

/** An API client with scripted answers and a fake clock. */
export function clientWith(
	script: Script,
	maxTokens = 1,
	options: Pick<ClientOptions, 'uncertain'> = {},
) {
	const clock = new FakeClock();
	const { http, tokenCalls, apiCalls } = scripted(script);
	const client = createClient({
		apiUrl: 'https://api.mypurecloud.de',
		tokens: new TokenPool(CREDENTIALS),
		clock,
		http,
		maxTokens,
		timeoutMs: 12_345,
		maxWaitMs: 180_000,
		...options,
	});
	return { client, clock, tokenCalls, apiCalls };
}
