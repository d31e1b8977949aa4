import { NodeApiError } from 'n8n-workflow';

import { loadAll, loadPage, type PickList } from '../../../nodes/GenesysCloud/listSearch/list';
import {
	deployments,
	externalContacts,
	integrations,
	queues,
	smsNumbers,
	templates,
} from '../../../nodes/GenesysCloud/listSearch/lists';
import { pages, panel } from '../support/panel';

const records = (count: number, first = 0) =>
	Array.from({ length: count }, (_value, index) => ({
		id: `q-${first + index}`,
		name: `Queue ${first + index}`,
	}));

describe('a pick-list', () => {
	it('shows one page when it fills the view, and leads to the next', async () => {
		const { context, calls } = panel(pages(records(100), records(1, 100)));
		const { results, paginationToken } = await loadPage(context, queues);
		expect([results.length, paginationToken, calls.length]).toEqual([100, '2', 1]);
		const rest = await loadPage(context, queues, '', '2');
		expect(rest).toEqual({ results: [{ name: 'Queue 100', value: 'q-100' }] });
	});

	it('goes on until the view is full when a page has few entries', async () => {
		const others = [{ id: 'i-1', name: 'Open', messengerType: 'open' }];
		const own = [{ id: 'i-2', name: 'Shop', messengerType: 'whatsapp' }];
		const { context, calls } = panel(pages(others, others, own));
		expect(await loadPage(context, integrations('whatsapp'))).toEqual({
			results: [{ name: 'Shop', value: 'i-2' }],
		});
		expect(calls).toHaveLength(3);
	});

	it('looks at all its pages in a search', async () => {
		const { context, calls } = panel(
			pages([...records(99), { id: 'a', name: 'Orders' }], records(100, 100), [
				{ id: 'b', name: 'Returned orders' },
			]),
		);
		const { results, paginationToken } = await loadPage(context, queues, ' ORDERS ');
		expect(results.map(({ value }) => value)).toEqual(['a', 'b']);
		expect([paginationToken, calls.length]).toEqual([undefined, 3]);
	});

	it.each(['m\u00fcller', 'MU\u0308LLER', '\u200bM\u00fcller\ufeff'])(
		'finds %j however it was typed or copied',
		async (filter) => {
			const { context } = panel(pages([{ id: 'a', name: 'M\u00fcller' }, ...records(3)]));
			const { results } = await loadPage(context, queues, filter);
			expect(results.map(({ value }) => value)).toEqual(['a']);
		},
	);

	it.each(['202 555 0100', '+1 (202) 555-0100', '1.202.555'])(
		'finds a number however it was written: %s',
		async (filter) => {
			const { context } = panel(
				pages([{ phoneNumber: '+12025550100', name: 'Shop' }, { phoneNumber: '+12025550200' }]),
			);
			const { results } = await loadPage(context, smsNumbers, filter);
			expect(results.map(({ value }) => value)).toContain('+12025550100');
		},
	);

	it('does not join the end of a name and the start of an ID', async () => {
		const sites = [
			{ id: '9b7d1e20', name: 'Site 24' },
			{ id: '7d2e4c10', name: 'Site 249' },
		];
		const { context } = panel(pages(sites));
		const { results } = await loadPage(context, queues, 'site 249');
		expect(results.map(({ name }) => name)).toEqual(['Site 249']);
	});

	it('ends a search after twenty pages, and never shows an empty page with more behind it', async () => {
		const many = { entities: records(100), pageCount: 1_000 };
		const none = panel([many]);
		expect(await loadPage(none.context, queues, 'no such queue')).toEqual({ results: [] });
		expect(none.calls).toHaveLength(20);
		const some = panel([many]);
		const { paginationToken } = await loadPage(some.context, queues, 'Queue 7');
		expect([paginationToken, some.calls.length]).toEqual(['21', 20]);
	});

	it('ends when a cursor leads back', async () => {
		const nextUri = '/api/v2/webdeployments/deployments?after=same';
		const { context, calls } = panel([{ entities: [{ id: 'd', name: 'Shop' }], nextUri }]);
		const { results, paginationToken } = await loadPage(context, deployments);
		expect([results.length, paginationToken, calls.length]).toEqual([2, undefined, 2]);
		expect(await loadPage(context, deployments, '', 'same')).toEqual({
			results: [{ name: 'Shop', value: 'd' }],
		});
	});

	it('of external contacts ends at the 1,000 that Genesys Cloud gives', async () => {
		const many = { entities: records(100), pageCount: 37 };
		const searched = panel([many]);
		const { results, paginationToken } = await loadPage(searched.context, externalContacts, 'ann');
		expect([results.length, paginationToken]).toEqual([1_000, undefined]);
		expect(searched.paths().at(-1)).toBe(
			'/externalcontacts/contacts?pageSize=100&pageNumber=10&q=ann',
		);
		const scrolled = panel([many]);
		expect((await loadPage(scrolled.context, externalContacts, '', '9')).paginationToken).toBe(
			'10',
		);
		expect(await loadPage(scrolled.context, externalContacts, '', '10')).not.toHaveProperty(
			'paginationToken',
		);
	});

	it('keeps what it has when a later page fails, and asks for that page again', async () => {
		const page = { entities: records(100), pageCount: 3 };
		const { context } = panel([page, 400, { ...page, entities: records(1, 200) }]);
		const first = await loadPage(context, queues, 'queue');
		expect([first.results.length, first.paginationToken]).toEqual([100, '2']);
		const rest = await loadPage(context, queues, 'queue', '2');
		expect(rest.results).toContainEqual({ name: 'Queue 200', value: 'q-200' });
	});

	it('as a whole has the entries of all pages, by name', async () => {
		const { context, calls } = panel(
			pages(records(100), records(100, 100), [{ id: 'a', name: 'Answers' }]),
		);
		const options = await loadAll(context, queues);
		expect([options.length, options[0], calls.length]).toEqual([
			201,
			{ name: 'Answers', value: 'a' },
			3,
		]);
	});

	it('as a whole ends after twenty pages', async () => {
		const { context, calls } = panel([{ entities: records(100), pageCount: 1_000 }]);
		expect(await loadAll(context, queues)).toHaveLength(2_000);
		expect(calls).toHaveLength(20);
	});
});

describe('a pick-list that cannot be loaded', () => {
	const refusalOf = async (list: PickList, answers: unknown[]) => {
		const { context } = panel(answers);
		const error: unknown = await loadPage(context, list).catch((thrown: unknown) => thrown);
		if (!(error instanceof NodeApiError)) throw new Error('no NodeApiError');
		return error;
	};

	it.each([
		[deployments, 'webDeployments:deployment:view', /choose 'By ID'/],
		[smsNumbers, 'sms:phoneNumber:view', /choose 'By ID'/],
		[templates, 'responses:response:view', /choose 'By ID'/],
		[integrations('open'), 'messaging:integration:view', /choose 'By ID'/],
		[externalContacts, 'externalContacts:contact:view', /choose 'By ID'/],
		[queues, 'routing:queue:view', /by an expression/],
	])('names the missing permission: %#', async (list, permission, otherwise) => {
		const error = await refusalOf(list, [403]);
		expect(error.message).toBe(`The list of ${list.what} needs the permission ${permission}`);
		expect(error.description).toMatch(otherwise);
	});

	it('says how to go on without it', async () => {
		const error = await refusalOf(deployments, [404]);
		expect(error.description).toMatch(
			/To go on without the list, choose 'By ID' and enter the ID\.$/,
		);
	});

	it('is tried again after an outage', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
		try {
			const { context, calls } = panel([500, { entities: [{ id: 'd-1', name: 'Shop' }] }]);
			const found = loadPage(context, deployments);
			await jest.advanceTimersByTimeAsync(500);
			expect((await found).results).toHaveLength(1);
			expect(calls).toHaveLength(2);
		} finally {
			jest.useRealTimers();
		}
	});

	it('leaves out what is not a record', async () => {
		const { context } = panel([{ entities: [null, { id: 'd-1', name: 'Shop' }] }]);
		expect((await loadPage(context, deployments)).results).toEqual([
			{ name: 'Shop', value: 'd-1' },
		]);
	});

	it('does not take a page of HTML or another JSON for a list', async () => {
		const error = await refusalOf(deployments, [{ id: 'x' }]);
		expect(error.message).toContain('did not come from the Genesys Cloud API');
	});
});
