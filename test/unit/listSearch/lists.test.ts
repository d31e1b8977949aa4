import { listSearch } from '../../../nodes/GenesysCloud/listSearch';
import { templates } from '../../../nodes/GenesysCloud/listSearch/lists';
import { missingFields, unknownFields } from '../../contract/sdkTypes';
import { panel } from '../support/panel';

/** Opens a list of the panel. */
function open(name: string, answers: unknown[], parameters: Record<string, unknown> = {}) {
	const { context, calls, paths } = panel(answers, parameters);
	const search = async (filter?: string, page?: string) => {
		const list = listSearch[name];
		if (!list) throw new Error(`There is no list "${name}".`);
		return await list.call(context, filter, page);
	};
	return { calls, paths, search };
}

describe('the list', () => {
	it('of deployments follows the cursor', async () => {
		const { search, paths } = open('searchDeployments', [
			{
				entities: [
					{ id: 'd-1', name: 'Shop', status: 'Active' },
					{ id: 'd-2', name: 'Old', status: 'Inactive' },
				],
				nextUri: '/api/v2/webdeployments/deployments?pageSize=100&after=a%2Bb',
			},
			{ entities: [{ id: 'd-3', name: 'New' }] },
		]);
		expect(await search()).toEqual({
			results: [
				{ name: 'Shop', value: 'd-1' },
				{ name: 'Old (inactive)', value: 'd-2' },
				{ name: 'New', value: 'd-3' },
			],
		});
		expect(paths()).toEqual([
			'/webdeployments/deployments?pageSize=100',
			'/webdeployments/deployments?pageSize=100&after=a%2Bb',
		]);
	});

	it('keeps the plus of a cursor', async () => {
		const nextUri = '/api/v2/webdeployments/deployments?after=a+b';
		const { search, paths } = open('searchDeployments', [{ entities: [], nextUri }]);
		await search();
		expect(paths()[1]).toBe('/webdeployments/deployments?pageSize=100&after=a%2Bb');
	});

	it('has no next page by an empty cursor: the beginning would come again', async () => {
		const entities = [{ id: 'd-1', name: 'Shop' }];
		const { search } = open('searchDeployments', [{ entities, nextUri: '/x?after=' }]);
		expect((await search('', 'c-1')).results).toHaveLength(1);
	});

	it.each([undefined, null, '/x', '/x?other=1'])('has no next page by %j', async (nextUri) => {
		const { search, calls } = open('searchDeployments', [{ entities: [], nextUri }]);
		expect(await search()).toEqual({ results: [] });
		expect(calls).toHaveLength(1);
	});

	it('of SMS numbers is filtered by number and name, and leaves out what has none', async () => {
		const { search, paths } = open('searchSmsNumbers', [
			{
				entities: [
					{ phoneNumber: '+13175550100', name: 'Sales' },
					{ phoneNumber: '+13175550101' },
					{ phoneNumber: 'MyShop', name: 'Sender name' },
					{ phoneNumber: 7 },
				],
				pageCount: 1,
			},
		]);
		expect(await search()).toEqual({
			results: [
				{ name: '+13175550100 - Sales', value: '+13175550100' },
				{ name: '+13175550101', value: '+13175550101' },
				{ name: 'MyShop - Sender name', value: 'MyShop' },
			],
		});
		expect((await search(' SALES')).results).toHaveLength(1);
		expect(paths()[0]).toBe('/routing/sms/phonenumbers?pageSize=100&pageNumber=1');
	});

	it("of integrations has those of the node's channel", async () => {
		const entities = [
			{ id: 'i-1', name: 'WhatsApp', messengerType: 'whatsapp' },
			{ id: 'i-2', name: 'Open', messengerType: 'open' },
			{ id: 'i-3', name: 'Untold' },
			{ id: 'i-4', name: 'Null', messengerType: null },
		];
		const { search } = open('searchIntegrations', [{ entities }], { channel: 'whatsapp' });
		const { results } = await search();
		expect(results.map(({ value }) => value)).toEqual(['i-1', 'i-3', 'i-4']);
	});

	it('of external contacts leaves the search to Genesys Cloud', async () => {
		const { search, paths } = open('searchExternalContacts', [
			{
				entities: [
					{ id: 'e-1', firstName: 'Ada', lastName: 'Lovelace', workEmail: 'ada@example.com' },
					{ id: 'e-2', personalEmail: 'grace@example.com' },
					{ id: 'e-3', firstName: ' \u200b' },
					{ firstName: 'No ID' },
				],
				pageCount: 1,
			},
		]);
		// Found by a number that the entry does not show.
		expect((await search(' +1 317 ')).results).toEqual([
			{ name: 'Ada Lovelace - ada@example.com', value: 'e-1' },
			{ name: 'grace@example.com', value: 'e-2' },
			{ name: 'e-3', value: 'e-3' },
		]);
		await search();
		expect(paths()).toEqual([
			'/externalcontacts/contacts?pageSize=100&pageNumber=1&q=%2B1+317',
			'/externalcontacts/contacts?pageSize=100&pageNumber=1',
		]);
	});

	it('of external contacts shows the phone number of who has no e-mail address', async () => {
		const { search } = open('searchExternalContacts', [
			{
				entities: [
					{ id: 'e-1', firstName: 'Ada', cellPhone: { e164: '+13175555555' } },
					{ id: 'e-2', workEmail: '', otherPhone: { display: '+1 317 555' } },
					{ id: 'e-3', firstName: 'Grace', workPhone: null, otherEmail: 'grace@example.com' },
				],
			},
		]);
		expect((await search()).results).toEqual([
			{ name: 'Ada - +13175555555', value: 'e-1' },
			{ name: '+1 317 555', value: 'e-2' },
			{ name: 'Grace - grace@example.com', value: 'e-3' },
		]);
	});

	it('of templates leaves the search to Genesys Cloud, and shows their texts', async () => {
		const text = (content: string) => [{ content, contentType: 'text/plain' }];
		const entities = [
			{
				id: 't-1',
				name: 'Shipped',
				responseType: 'MessagingTemplate',
				texts: text('Hello\n{{1}}!'),
			},
			{ id: 't-2', name: 'Plain', responseType: 'Standard' },
			{ id: 't-3', responseType: 'MessagingTemplate' },
			{ id: 't-4', name: 'Long', responseType: 'MessagingTemplate', texts: text('x'.repeat(200)) },
		];
		const { search, calls } = open('searchTemplates', [{ results: { entities, pageCount: 1 } }]);
		expect((await search(' order ')).results).toEqual([
			{ name: 'Shipped - Hello {{1}}!', value: 't-1' },
			{ name: 't-3', value: 't-3' },
			{ name: `Long - ${'x'.repeat(120)}…`, value: 't-4' },
		]);
		expect(JSON.parse(calls[0]?.body as string)).toEqual({
			pageSize: 100,
			pageNumber: 1,
			queryPhrase: 'order',
		});
		await search('', '3');
		expect(JSON.parse(calls[1]?.body as string)).toEqual({ pageSize: 100, pageNumber: 3 });
	});
});

describe('the query for message templates', () => {
	it.each([
		['the first page', '', ''],
		['a later page with a filter', '2', 'shipped'],
	])('has only fields that Genesys Cloud knows: %s', (_name, page, filter) => {
		const { body = {} } = templates.request(page, filter);
		expect(body).toMatchObject({ pageSize: 100, pageNumber: page === '' ? 1 : 2 });
		expect(unknownFields('ResponseQueryRequest', body as object)).toEqual([]);
		expect(missingFields('ResponseQueryRequest', body as object)).toEqual([]);
	});
});
