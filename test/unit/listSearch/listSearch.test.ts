import { NodeApiError, type IHttpRequestOptions, type ILoadOptionsFunctions } from 'n8n-workflow';

import { listSearch } from '../../../nodes/GenesysCloud/listSearch';
import { NODE } from '../support/context';
import { SECRET } from '../support/credentials';

type Search = keyof typeof listSearch;

let client = 0;

/** n8n's context of the node's panel, with an API that is played by the test. */
function panel(answers: unknown[], channel = 'open') {
	const calls: IHttpRequestOptions[] = [];
	const context = {
		getNode: () => NODE,
		getCurrentNodeParameter: () => channel,
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
	return {
		calls,
		search: async (name: Search, filter?: string, page?: string) =>
			await listSearch[name].call(context, filter, page),
	};
}

const API = 'https://api.mypurecloud.de/api/v2';

describe('a pick-list', () => {
	it('of deployments follows the cursor', async () => {
		const { search, calls } = panel([
			{
				entities: [
					{ id: 'd-1', name: 'Shop', status: 'Active' },
					{ id: 'd-2', name: 'Old', status: 'Inactive' },
				],
				nextUri: '/api/v2/webdeployments/deployments?pageSize=100&after=a%2Bb',
			},
			{ entities: [] },
		]);
		expect(await search('searchDeployments')).toEqual({
			results: [
				{ name: 'Shop', value: 'd-1' },
				{ name: 'Old (inactive)', value: 'd-2' },
			],
			paginationToken: 'a+b',
		});
		expect(await search('searchDeployments', '', 'a+b')).toEqual({ results: [] });
		expect(calls.map(({ url }) => url)).toEqual([
			`${API}/webdeployments/deployments?pageSize=100`,
			`${API}/webdeployments/deployments?pageSize=100&after=a%2Bb`,
		]);
	});

	it.each([undefined, '/x', '/x?other=1'])('has no next page by %j', async (nextUri) => {
		const { search } = panel([{ entities: [], nextUri }]);
		expect(await search('searchDeployments')).toEqual({ results: [] });
	});

	it('of SMS numbers is filtered by number and name, and goes page by page', async () => {
		const { search, calls } = panel([
			{
				entities: [
					{ phoneNumber: '+13175550100', name: 'Sales' },
					{ phoneNumber: '+13175550101' },
					{ phoneNumber: 7 },
				],
				pageCount: 2,
			},
		]);
		expect(await search('searchSmsNumbers')).toEqual({
			results: [
				{ name: '+13175550100 - Sales', value: '+13175550100' },
				{ name: '+13175550101', value: '+13175550101' },
				{ name: '', value: '' },
			],
			paginationToken: '2',
		});
		const { results, paginationToken } = await search('searchSmsNumbers', ' SALES', '2');
		expect([results.length, paginationToken]).toEqual([1, undefined]);
		expect(calls[1]?.url).toBe(`${API}/routing/sms/phonenumbers?pageSize=100&pageNumber=2`);
	});

	it("of integrations has those of the node's channel", async () => {
		const entities = [
			{ id: 'i-1', name: 'WhatsApp', messengerType: 'whatsapp' },
			{ id: 'i-2', name: 'Open', messengerType: 'open' },
			{ id: 'i-3', name: 'Untold' },
		];
		const { search } = panel([{ entities }], 'whatsapp');
		const { results } = await search('searchIntegrations');
		expect(results.map(({ value }) => value)).toEqual(['i-1', 'i-3']);
	});

	it('of templates leaves the filter to the API', async () => {
		const entities = [
			{ id: 't-1', name: 'Shipped', responseType: 'MessagingTemplate' },
			{ id: 't-2', name: 'Shipped', responseType: 'Standard' },
		];
		const { search, calls } = panel([{ results: { entities, pageCount: 1 } }]);
		const { results } = await search('searchTemplates', ' shipped ');
		expect(results).toEqual([{ name: 'Shipped', value: 't-1' }]);
		expect(JSON.parse(calls[0]?.body as string)).toEqual({
			pageSize: 100,
			pageNumber: 1,
			queryPhrase: 'shipped',
		});
		await search('searchTemplates', '', '3');
		expect(JSON.parse(calls[1]?.body as string)).toEqual({ pageSize: 100, pageNumber: 3 });
	});
});

describe('a pick-list that cannot be loaded', () => {
	const refusalOf = async (name: Search, answers: unknown[]) => {
		const { search } = panel(answers);
		const error: unknown = await search(name).catch((thrown: unknown) => thrown);
		if (!(error instanceof NodeApiError)) throw new Error('no NodeApiError');
		return error;
	};

	it.each([
		['searchDeployments', 'webDeployments:deployment:view'],
		['searchSmsNumbers', 'sms:phoneNumber:view'],
		['searchTemplates', 'responses:response:view'],
		['searchIntegrations', 'messaging:integration:view'],
	] as const)('names the missing permission: %s', async (name, permission) => {
		const error = await refusalOf(name, [403]);
		expect(error.message).toContain(permission);
		expect(error.description).toContain("choose 'By ID'");
	});

	it("says that 'By ID' goes on working", async () => {
		const error = await refusalOf('searchDeployments', [404]);
		expect(error.description).toMatch(/'By ID' goes on working\.$/);
	});

	it('is tried again after an outage', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
		try {
			const { search, calls } = panel([500, { entities: [{ id: 'd-1', name: 'Shop' }] }]);
			const found = search('searchDeployments');
			await jest.advanceTimersByTimeAsync(500);
			expect((await found).results).toHaveLength(1);
			expect(calls).toHaveLength(2);
		} finally {
			jest.useRealTimers();
		}
	});

	it('leaves out what is not a record', async () => {
		const { search } = panel([{ entities: [null, { id: 'd-1', name: 'Shop' }] }]);
		expect((await search('searchDeployments')).results).toEqual([{ name: 'Shop', value: 'd-1' }]);
	});

	it('does not take a page of HTML or another JSON for a list', async () => {
		const error = await refusalOf('searchDeployments', [{ id: 'x' }]);
		expect(error.message).toContain('did not come from the Genesys Cloud API');
	});
});
