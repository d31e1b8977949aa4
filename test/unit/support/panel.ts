import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { NODE } from './context';
import { SECRET } from './credentials';

let client = 0;

/**
 * n8n's context of the node's panel, with an API that is played by the test: answers in turn, the last one for all
 * further calls; a number is a status.
 *
 * @param parameters what is set in the panel
 */
export function panel(
	answers: readonly unknown[],
	parameters: Readonly<Record<string, unknown>> = {},
) {
	const calls: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => NODE,
		getCurrentNodeParameter: (name: string) => parameters[name],
		getCredentials: async () => ({
			environment: 'mypurecloud.de',
			clientId: `panel-${++client}`,
			clientSecret: SECRET,
		}),
		helpers: {
			httpRequest: async (request: IHttpRequestOptions) => {
				if (request.url.endsWith('/oauth/token')) {
					const body = '{"access_token":"t","expires_in":300}';
					return { statusCode: 200, headers: {}, body };
				}
				calls.push(request);
				const answer = answers[Math.min(calls.length, answers.length) - 1];
				if (typeof answer === 'number') return { statusCode: answer, headers: {}, body: '{}' };
				return { statusCode: 200, headers: {}, body: JSON.stringify(answer) };
			},
		},
	} as unknown as ILoadOptionsFunctions;
	const paths = () => calls.map(({ url }) => url.replace('https://api.mypurecloud.de/api/v2', ''));
	return { context, calls, paths };
}

/** Numbered pages of a list, as an answer each. */
export function pages(...records: readonly (readonly object[])[]) {
	return records.map((entities) => ({ entities, pageCount: records.length }));
}
