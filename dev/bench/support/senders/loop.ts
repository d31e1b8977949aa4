import { DEFAULT_CLIENT } from '../../../simulator';
import type { Item, Sender } from './types';

/** The body of a call. */
type Body = Item['json'] & { readonly type: 'bot' };

/**
 * Logs in at the simulator.
 *
 * @param url the simulator's base URL
 * @returns the access token
 */
export async function logIn(url: string): Promise<string> {
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	const answer = await fetch(`${url}/oauth/token`, {
		method: 'POST',
		headers: { authorization: `Basic ${btoa(`${clientId}:${clientSecret}`)}` },
		body: new URLSearchParams({ grant_type: 'client_credentials' }),
	});
	return ((await answer.json()) as { access_token: string }).access_token;
}

/**
 * The headers that the node sends.
 *
 * @param token the access token
 * @returns the headers of a call with a JSON body
 */
export function headersFor(token: string): Record<string, string> {
	return {
		authorization: `Bearer ${token}`,
		accept: 'application/json',
		'content-type': 'application/json',
	};
}

/**
 * Makes a bare loop: each message as soon as a place is free, no retry, no record.
 *
 * @param concurrency messages in flight at once
 * @param send sends one message and returns the answer's ID
 * @returns the loop
 */
export function loopOver(concurrency: number, send: (body: Body) => Promise<unknown>): Sender {
	return async (items) => {
		const queue = items.values();
		const drain = async () => {
			for (const { json } of queue) {
				const id = await send({ ...json, type: 'bot' });
				if (typeof id !== 'string') throw new Error('The answer has no message ID.');
			}
		};
		await Promise.all(Array.from({ length: concurrency }, drain));
		return {};
	};
}
