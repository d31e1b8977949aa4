import { Agent } from 'node:http';

import axios from 'axios';
import type { AxiosInstance, AxiosResponse } from 'axios';

import { DEFAULT_CLIENT } from '../../simulator';
import type { Simulator } from '../../simulator';

/** An independent HTTP client that throws for no status and keeps no connection. */
export function clientOf({ url }: Simulator): AxiosInstance {
	return axios.create({
		baseURL: url,
		validateStatus: () => true,
		maxRedirects: 0,
		proxy: false,
		httpAgent: new Agent({ keepAlive: false }),
	});
}

/** Asks for an access token; the answer as it came. */
export async function requestToken(
	http: AxiosInstance,
	login: { username: string; password: string } = {
		username: DEFAULT_CLIENT.clientId,
		password: DEFAULT_CLIENT.clientSecret,
	},
	form: Record<string, string> = { grant_type: 'client_credentials' },
): Promise<AxiosResponse> {
	return await http.post('/oauth/token', new URLSearchParams(form), { auth: login });
}

/** The headers of a call with a new access token. */
export async function logIn(http: AxiosInstance): Promise<{ Authorization: string }> {
	const { data } = await requestToken(http);
	return { Authorization: `Bearer ${data.access_token}` };
}

/** A sender of web messages with one access token. */
export type Send = (contactId: string, message?: string, type?: string) => Promise<AxiosResponse>;

/** Logs in and returns a sender of web messages. */
export async function senderOf(http: AxiosInstance): Promise<Send> {
	const headers = await logIn(http);
	return async (contactId, message = 'Hello!', type = 'bot') =>
		await http.post('/api/v2/webchat/messaging', { contactId, type, message }, { headers });
}

/** Waits until a condition holds, looking every few milliseconds; fails after two seconds. */
export async function until(condition: () => boolean): Promise<void> {
	const deadline = Date.now() + 2000;
	while (!condition()) {
		if (Date.now() > deadline) throw new Error('The condition did not come true in 2 s.');
		await new Promise((resolve) => setTimeout(resolve, 5));
	}
}
