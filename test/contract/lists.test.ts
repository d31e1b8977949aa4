import { SEEDED, startSimulator } from '../../dev/simulator';
import type { Simulator } from '../../dev/simulator';
import { unknownFields } from './sdkTypes';
import { clientOf, logIn } from './support';
import type { Answer, Http } from './support';

const INTEGRATIONS = '/api/v2/conversations/messaging/integrations';
const DEPLOYMENTS = '/api/v2/webdeployments/deployments';
const NUMBERS = '/api/v2/routing/sms/phonenumbers';
const QUEUES = '/api/v2/routing/queues';
const CONTACTS = '/api/v2/externalcontacts/contacts';
const RESPONSES = '/api/v2/responsemanagement/responses';

describe('lists', () => {
	let simulator: Simulator;
	let http: Http;
	let get: (url: string) => Promise<Answer>;
	let post: (url: string, body: object) => Promise<Answer>;

	beforeAll(async () => {
		simulator = await startSimulator();
		http = clientOf(simulator);
	});
	beforeEach(async () => {
		simulator.reset();
		const headers = await logIn(http);
		get = async (url) => await http.get(url, { headers });
		post = async (url, body) => await http.post(url, body, { headers });
	});
	afterAll(async () => await simulator.stop());

	it.each([
		[DEPLOYMENTS, 'ExpandableWebDeploymentEntityListing', 4],
		[INTEGRATIONS, 'MessagingIntegrationEntityListing', 5],
		[NUMBERS, 'SmsPhoneNumberEntityListing', 3],
		[QUEUES, 'QueueEntityListing', 3],
		[CONTACTS, 'ContactListing', 6],
	])('%s has the documented shape', async (url, interfaceName, total) => {
		const { status, data } = await get(url);
		expect([status, data.total]).toEqual([200, total]);
		expect(data.entities).toHaveLength(total);
		expect(unknownFields(interfaceName, data)).toEqual([]);
	});

	async function namesByPages(first: string): Promise<string[][]> {
		const pages: string[][] = [];
		for (let url: string | undefined = first; url !== undefined;) {
			const { data } = await get(url);
			pages.push(data.entities.map(({ name }) => name));
			url = data.nextUri as string | undefined;
		}
		return pages;
	}

	it('pages by number', async () => {
		expect(await namesByPages(`${INTEGRATIONS}?pageSize=2`)).toEqual([
			['Shop on WhatsApp', 'Loyalty app'],
			['Shop on Apple', 'Shop on Instagram'],
			['WhatsApp (trial)'],
		]);
		const { data } = await get(`${INTEGRATIONS}?pageSize=2&pageNumber=2`);
		expect(data).toMatchObject({
			pageSize: 2,
			pageNumber: 2,
			pageCount: 3,
			nextUri: `${INTEGRATIONS}?pageSize=2&pageNumber=3`,
			previousUri: `${INTEGRATIONS}?pageSize=2&pageNumber=1`,
		});
		expect((await get(`${INTEGRATIONS}?pageNumber=9`)).data.entities).toEqual([]);
		for (const query of ['pageSize=0', 'pageSize=x', 'pageSize=501', 'pageNumber=0']) {
			expect((await get(`${INTEGRATIONS}?${query}`)).status).toBe(400);
		}
	});

	it('gives no more than the first 1,000 external contacts', async () => {
		for (const query of ['pageSize=100&pageNumber=10', 'pageSize=500&pageNumber=2']) {
			expect((await get(`${CONTACTS}?${query}`)).status).toBe(200);
		}
		for (const query of ['pageSize=100&pageNumber=11', 'pageSize=400&pageNumber=3']) {
			expect((await get(`${CONTACTS}?${query}`)).status).toBe(400);
		}
	});

	it('pages by cursors', async () => {
		const pages = await namesByPages(`${DEPLOYMENTS}?pageSize=3`);
		expect(pages).toEqual([['Shop website', 'Customer portal', 'Shop app'], ['Old landing page']]);
		const { data: first } = await get(`${DEPLOYMENTS}?pageSize=3`);
		const { data: last } = await get(first.nextUri);
		const { previousUri } = last as unknown as { previousUri: string };
		expect((await get(previousUri)).data.entities).toEqual(first.entities);
		expect((await get(`${DEPLOYMENTS}?after=nothing`)).status).toBe(400);
	});

	it.each([
		['phoneNumber=0199', ['Service line']],
		['phoneNumber=1*', ['Shop notifications', 'Service line']],
		['countryCode=GB', ['Shop UK']],
		['phoneNumberType=mobile&phoneNumberType=tollfree', ['Shop UK', 'Service line']],
		['phoneNumberStatus=pending', []],
	])('searches SMS numbers by %s', async (query, names) => {
		const { data } = await get(`${NUMBERS}?${query}`);
		expect(data.entities.map(({ name }) => name)).toEqual(names);
	});

	it.each([
		['service', ['Service']],
		['Serv*', ['Service', 'Service Premium']],
		['*mium', ['Service Premium']],
		['*rde*', ['Orders']],
		['rde', []],
	])('searches queues by the name %s', async (name, names) => {
		const { data } = await get(`${QUEUES}?name=${name}`);
		expect(data.entities.map((queue) => queue.name)).toEqual(names);
	});

	it('reads one response', async () => {
		expect((await get(`${RESPONSES}/none`)).status).toBe(404);
		const one = await get(`${RESPONSES}/${SEEDED.templateId}`);
		expect(unknownFields('Response', one.data)).toEqual([]);
		expect(one.data).toMatchObject({ substitutions: [{ id: '1' }, { id: '2' }] });
	});

	const whatsApp = { name: 'messagingTemplate', operator: 'IN', values: ['whatsApp'] };
	it.each([
		[{}, ['Order shipped', 'Back in stock', 'Commande expédiée', 'Opening hours']],
		[{ queryPhrase: 'order' }, ['Order shipped']],
		[{ filters: [whatsApp], pageSize: 2 }, ['Order shipped', 'Back in stock']],
		[{ filters: [{ ...whatsApp, operator: 'NOTEQUALS' }] }, ['Opening hours']],
		[{ filters: [{ name: 'name', operator: 'BEGINS_WITH', values: ['back'] }] }, ['Back in stock']],
	])('queries responses by %j', async (body, names) => {
		const { status, data } = await post(`${RESPONSES}/query`, body);
		expect(status).toBe(200);
		expect(unknownFields('ResponseQueryRequest', body)).toEqual([]);
		expect(unknownFields('ResponseQueryResults', data)).toEqual([]);
		expect(data.results.entities.map(({ name }) => name)).toEqual(names);
	});

	it.each([
		[{ name: 'colour', operator: 'IN', values: [] }],
		[{ name: 'name', operator: 'LIKE', values: [] }],
		[{ name: 'name', operator: 'IN' }],
		[7],
	])('refuses the filter %j', async (filter) => {
		expect((await post(`${RESPONSES}/query`, { filters: [filter] })).status).toBe(400);
	});
});
