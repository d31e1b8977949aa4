import type { IHttpRequestOptions, ILoadOptionsFunctions } from 'n8n-workflow';

import { triggerLists } from '../../../nodes/GenesysCloud/listSearch';

let clients = 0;

/** n8n's context of the panel; the API answers by page. */
function panel(answers: readonly object[]) {
	const urls: string[] = [];
	const context = {
		getCredentials: async () => ({
			environment: 'mypurecloud.de',
			clientId: `lists-${++clients}`,
			clientSecret: 'a-secret',
		}),
		helpers: {
			httpRequest: async ({ url }: IHttpRequestOptions) => {
				if (url.endsWith('/oauth/token')) {
					const token = { access_token: 'a-token-of-the-client', expires_in: 300 };
					return { statusCode: 200, headers: {}, body: JSON.stringify(token) };
				}
				urls.push(url);
				return { statusCode: 200, headers: {}, body: JSON.stringify(answers[urls.length - 1]) };
			},
		},
	};
	return { context: context as unknown as ILoadOptionsFunctions, urls };
}

describe("the trigger's pick-lists", () => {
	it('hold the queues of all pages, by name', async () => {
		const { context, urls } = panel([
			{ entities: [{ id: '2', name: 'Support' }], pageCount: 2 },
			{ entities: [{ id: '1', name: 'Sales' }], pageCount: 2 },
		]);
		expect(await triggerLists.loadOptions.getQueues.call(context)).toEqual([
			{ name: 'Sales', value: '1' },
			{ name: 'Support', value: '2' },
		]);
		expect(urls.map((url) => new URL(url).searchParams.get('pageNumber'))).toEqual(['1', '2']);
	});

	it('hold the deployments', async () => {
		const { context } = panel([{ entities: [{ id: 'd', name: 'Website', status: 'Active' }] }]);
		expect(await triggerLists.loadOptions.getDeployments.call(context)).toEqual([
			{ name: 'Website', value: 'd' },
		]);
	});

	it('hold the topics that a client can have over a WebSocket', async () => {
		const topic = (id: string, more: object = {}) => ({ id, transports: ['All'], ...more });
		const { context } = panel([
			{
				entities: [
					topic('v2.a', { description: 'An A', requiresPermissions: ['a:b:view'] }),
					topic('v2.b', { transports: ['EventBridge', 'Websocket'] }),
					topic('v2.c', { transports: ['EventBridge', 'ProcessAutomation'] }),
					topic('v2.d', { permissionDetails: [{ type: 'requiresCurrentUser' }] }),
					topic('v2.e', {
						permissionDetails: [{ type: 'requiresCurrentUser' }, { type: 'requiresPermissions' }],
					}),
					topic('v2.system.f'),
				],
			},
		]);
		const { results } = await triggerLists.listSearch.searchTopics.call(context);
		expect(results).toEqual([
			{ name: 'v2.a', value: 'v2.a', description: 'An A. Needs a:b:view' },
			{ name: 'v2.b', value: 'v2.b' },
			{ name: 'v2.e', value: 'v2.e' },
		]);
	});
});
