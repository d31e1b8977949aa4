/** The owner of a throw-away n8n. */
export interface Owner {
	readonly email: string;
	readonly password: string;
}

/** What n8n answered. */
interface RestAnswer {
	readonly status: number;
	/** The JSON, without n8n's envelope `{ data }`. */
	readonly data: unknown;
	readonly text: string;
}

/** n8n's internal API, as the editor uses it. */
export class RestClient {
	/**
	 * @param url n8n's base URL
	 * @param cookie a session that goes on: n8n allows few logins a minute
	 */
	constructor(
		readonly url: string,
		private cookie = '',
	) {}

	/** The session's cookie. */
	get session(): string {
		return this.cookie;
	}

	/**
	 * Makes the owner of a new n8n and logs in.
	 *
	 * @param owner e-mail address and password
	 */
	async setUpOwner({ email, password }: Owner): Promise<void> {
		const names = { firstName: 'Local', lastName: 'Owner' };
		await this.call('POST', '/rest/owner/setup', { email, password, ...names });
	}

	/**
	 * Logs in.
	 *
	 * @param owner e-mail address and password
	 */
	async logIn({ email, password }: Owner): Promise<void> {
		await this.call('POST', '/rest/login', { emailOrLdapLoginId: email, password });
	}

	/** @returns whether this n8n has its owner already */
	async hasOwner(): Promise<boolean> {
		const { data } = await this.call('GET', '/rest/settings');
		const { userManagement } = data as { userManagement: { showSetupOnFirstLoad: boolean } };
		return !userManagement.showSetupOnFirstLoad;
	}

	/**
	 * Makes a call.
	 *
	 * @param method the HTTP method
	 * @param path the path, from `/rest` on
	 * @param body the JSON body
	 * @returns the answer
	 * @throws Error with what n8n said when it refuses
	 */
	async call(method: string, path: string, body?: unknown): Promise<RestAnswer> {
		const answer = await this.request(method, path, body);
		if (answer.status >= 200 && answer.status < 300) return answer;
		throw new Error(`n8n answered ${method} ${path} with ${answer.status}: ${answer.text}`);
	}

	/**
	 * Makes a call that may be refused.
	 *
	 * @param method the HTTP method
	 * @param path the path
	 * @param body the JSON body
	 * @returns the answer, whatever its status
	 */
	async request(method: string, path: string, body?: unknown): Promise<RestAnswer> {
		const response = await fetch(this.url + path, {
			method,
			headers: {
				...(this.cookie !== '' && { cookie: this.cookie }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			...(body !== undefined && { body: JSON.stringify(body) }),
		});
		const cookies = response.headers.getSetCookie().map((cookie) => cookie.split(';')[0]);
		if (cookies.length > 0) this.cookie = cookies.join('; ');
		const text = await response.text();
		return { status: response.status, data: dataOf(text), text };
	}
}

function dataOf(text: string): unknown {
	try {
		const json = JSON.parse(text) as unknown;
		const enveloped = typeof json === 'object' && json !== null && 'data' in json;
		return enveloped ? json.data : json;
	} catch {
		return text;
	}
}
