import { Agent } from 'node:http';

import axios from 'axios';
import type { AxiosInstance, AxiosRequestConfig, AxiosResponse } from 'axios';

import { DEFAULT_CLIENT, startSimulator } from '../../dev/simulator';
import type { Simulator, SimulatorOptions } from '../../dev/simulator';

/** The fields that bodies of answers may have. */
interface AnswerBody {
	access_token: string;
	code: string;
	contactId: string;
	contextId: string;
	conversationId: string;
	count: number;
	details: unknown;
	endpoints: object;
	entities: { id: string; name: string }[];
	error: string;
	externalContactId: string;
	error_description: string;
	expires_in: number;
	id: string;
	ids: unknown;
	message: string;
	nextUri: string;
	padding: string;
	results: { entities: { id: string; name: string }[]; total: number };
	state: string;
	status: number | string;
	timestamp: string;
	tokenRequests: number;
	total: number;
}

/** An answer of the simulator. */
export type Answer = AxiosResponse<AnswerBody>;

type Get = (url: string, config?: AxiosRequestConfig) => Promise<Answer>;
type Post = (url: string, data?: unknown, config?: AxiosRequestConfig) => Promise<Answer>;

/** An HTTP client whose answers are typed. */
export interface Http extends Pick<AxiosInstance, 'defaults'> {
	get: Get;
	head: Get;
	delete: Get;
	post: Post;
	patch: Post;
	put: Post;
	request(config: AxiosRequestConfig): Promise<Answer>;
}

/** Matches any text. Jest's own matchers are typed `any`. */
export const anyText: unknown = expect.any(String);

/** Matches a text by a pattern. */
export function textLike(pattern: RegExp): unknown {
	return expect.stringMatching(pattern);
}

/** An independent HTTP client that throws for no status and keeps no connection. */
export function clientOf({ url }: Simulator): Http {
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
	http: Http,
	login: { username: string; password: string } = {
		username: DEFAULT_CLIENT.clientId,
		password: DEFAULT_CLIENT.clientSecret,
	},
	form: Record<string, string> = { grant_type: 'client_credentials' },
): Promise<Answer> {
	return await http.post('/oauth/token', new URLSearchParams(form), { auth: login });
}

/** The headers of a call with a new access token. */
export async function logIn(
	http: Http,
	login?: { username: string; password: string },
): Promise<{ Authorization: string }> {
	const { data } = await requestToken(http, login);
	return { Authorization: `Bearer ${data.access_token}` };
}

/** A sender of web messages with one access token. */
export type Send = (contactId: string, message?: string, type?: string) => Promise<Answer>;

/** Logs in and returns a sender of web messages. */
export async function senderOf(http: Http): Promise<Send> {
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

/** A simulator for the tests of a `describe`; `use` gets it before each of them, as new. */
export function withSimulator(
	use: (simulator: Simulator) => Promise<void>,
	options?: SimulatorOptions,
): void {
	let simulator: Simulator;
	beforeAll(async () => {
		simulator = await startSimulator(options);
	});
	beforeEach(async () => {
		simulator.reset();
		await use(simulator);
	});
	afterAll(async () => await simulator.stop());
}
