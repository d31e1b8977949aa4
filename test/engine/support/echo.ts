import type { IncomingMessage } from 'node:http';

import { serveSecurely } from '../../support/secure';
import type { Loopback } from '../../unit/support/loopback';

/** A way in which a gateway writes what it repeats into a JSON text. */
type Form = (text: string) => string;

const inJson: Form = (text) => JSON.stringify(text).slice(1, -1);

/** Ways to repeat a header: all of them give the secret to whoever reads the answer. */
export const FORMS: Readonly<Record<string, Form>> = {
	'as it is': inJson,
	'with escaped slashes': (text) => inJson(text).replaceAll('/', '\\/'),
	'with every character escaped': (text) =>
		text.replace(/[^]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`),
	'URL-encoded': encodeURIComponent,
	'as a form': (text) => new URLSearchParams([['', text]]).toString().slice(1),
	'in Base64': (text) => Buffer.from(text).toString('base64'),
};

/** A gateway that repeats the credentials of a call wherever its answer has room. */
export interface Echo extends Loopback {
	/** What the token endpoint answers; 200 gives an access token. */
	tokenStatus: number;
	/** What every other endpoint answers; 200 is a success of Genesys Cloud. */
	apiStatus: number;
	/** Everything secret that it got or gave. */
	readonly secrets: Set<string>;
	/** How many calls came. */
	calls: number;
}

/** What an Authorization header holds: its value, and for Basic the secret in it. */
function credentialsIn({ headers }: IncomingMessage): string[] {
	const value = headers.authorization?.split(' ')[1] ?? '';
	if (!headers.authorization?.startsWith('Basic')) return [value];
	return [
		value,
		Buffer.from(value, 'base64')
			.toString()
			.replace(/^[^:]*:/, ''),
	];
}

/** Starts the gateway; every token that it gives is another one. */
export async function startEcho(form: Form): Promise<Echo> {
	const state = { tokenStatus: 200, apiStatus: 200, calls: 0, secrets: new Set<string>() };
	const server = await serveSecurely((request, response) => {
		state.calls++;
		const login = request.url === '/oauth/token';
		const repeated = credentialsIn(request);
		const token = `t0k/n+${state.calls}-${'x'.repeat(40)}`;
		for (const secret of login ? [...repeated, token] : repeated) state.secrets.add(secret);
		const [first = '', second = first] = repeated.map(form);
		const members = ['error', 'message', 'code', 'error_description', 'contextId', 'details']
			.map((name, index) => `"${name}":"of ${index % 2 ? first : second}!"`)
			.join();
		const own = login ? `"access_token":"${token}","expires_in":300` : '"id":"m-1"';
		const nested = `"echo":{"headers":["Basic ${first}",{"${second}":null}]}`;
		response.writeHead(login ? state.tokenStatus : state.apiStatus, {
			'content-type': 'application/json',
			'inin-correlation-id': repeated[0],
			'www-authenticate': `Bearer error="${repeated[0] ?? ''}"`,
			location: `/sso?token=${repeated[0] ?? ''}`,
		});
		response.end(`{${own},${members},${nested}}`);
	});
	return Object.assign(state, server);
}
