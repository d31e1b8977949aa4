import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Engine } from '../../../dev/headless-n8n';
import { EngineCredentialsHelper } from '../../../dev/headless-n8n/credentialsHelper';
import type { Simulator } from '../../../dev/simulator';
import { startSecurely } from '../../support/secure';
import { beds, credentialOf, engineWith } from '../support/bed';
import { messageBy } from '../support/messages';
import { contactsOf, detailsOf, having, jsonOf } from '../support/outcomes';
import { WatchedStore } from '../support/stores';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const onError = 'continueErrorOutput';
const clients = ['red', 'blue'].map((name) => ({
	clientId: `${name}-${process.hrtime.bigint()}`,
	clientSecret: `secret-of-${name}-tenant`,
	permissions: true,
}));

let tenants: Simulator[];
beforeEach(async () => {
	tenants = await Promise.all(
		clients.map(async (client) => startSecurely({ unknownContacts: 'accept', clients: [client] })),
	);
});
afterEach(async () => {
	await Promise.all(tenants.map(async (tenant) => await tenant.stop()));
});

const reached = () =>
	tenants.map(({ journal }) =>
		journal
			.all()
			.map(({ contactId }) => contactId)
			.sort(),
	);

/** An engine whose credential takes its fields from the item. */
async function engineOfTenants(fields: IDataObject = {}): Promise<Engine> {
	const byItem = {
		loginUrl: '={{ $json.org }}',
		apiUrl: '={{ $json.org }}',
		clientId: '={{ $json.client }}',
		clientSecret: '={{ $json.secret }}',
	};
	return await engineWith(credentialOf('', clients[0]!, { ...byItem, ...fields }), {
		deduplication: store,
	});
}
const store = new WatchedStore();

/** Items for the first tenant and the second in turn. */
function mixed(count: number): INodeExecutionData[] {
	return customers(...contactIds(count)).map(({ json }, index) => {
		const { clientId, clientSecret } = clients[index % 2]!;
		const org = tenants[index % 2]!.url;
		return { json: { ...json, to: json.contactId!, org, client: clientId, secret: clientSecret } };
	});
}

describe('several organizations in one run', () => {
	it.each<[string, IDataObject]>([
		['one by one', { delivery: { concurrency: 1 } }],
		['at once', { delivery: { concurrency: 20 } }],
		['with two tokens each', { delivery: { concurrency: 20, accessTokens: 2 } }],
		['with keys', { delivery: { sendOnceKey: '={{ $json.contactId }}' } }],
		['by another channel', messageBy('open')],
	])('each item goes to its own: %s', async (_name, parameters) => {
		const engine = await engineOfTenants();
		const result = await engine.run(sendWorkflow(parameters), { input: mixed(20) });
		expect(result.error).toBeUndefined();
		const ids = contactIds(20);
		expect(reached()).toEqual(
			[0, 1].map((which) => ids.filter((_id, i) => i % 2 === which).sort()),
		);
	});

	it('a client that one of them refuses fails the items of that one alone', async () => {
		const engine = await engineOfTenants();
		const input = mixed(20).map(({ json }, index) => ({
			json: { ...json, ...(index % 2 === 1 && { secret: 'wrong' }) },
		}));
		const workflow = sendWorkflow({ delivery: { concurrency: 1 } }, { onError });
		const result = await engine.run(workflow, { input });
		expect(jsonOf(result)).toHaveLength(10);
		expect(detailsOf(result, 1)).toEqual(
			Array.from({ length: 10 }, () => having({ reason: 'invalidCredentials' })),
		);
		expect(tenants[1]!.stats.tokenRequests).toBe(1);
	});

	it('a row with a wrong secret fails alone: the later ones of the same client are sent', async () => {
		const engine = await engineOfTenants();
		const input = mixed(8).map(({ json }, index) => ({
			json: { ...json, ...(index === 1 && { secret: 'wrong' }) },
		}));
		const workflow = sendWorkflow({ delivery: { concurrency: 1 } }, { onError });
		const result = await engine.run(workflow, { input });
		expect(contactsOf(result)).toEqual(['c1', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8']);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'invalidCredentials' })]);
	});

	it.each([
		['refuses a client', 'invalidCredentials', 60],
		['refuses each message', 'notFound', 50],
	])('one of them that %s does not stop the run for the others', async (_what, reason, tried) => {
		const isClient = reason === 'invalidCredentials';
		if (!isClient) tenants[0]!.faults.add({ kind: 'status', status: 404, body: 'html', times: 99 });
		const engine = await engineOfTenants();
		const [first, second] = mixed(2);
		const refused = Array.from({ length: 60 }, (_value, index) => ({
			json: { ...first!.json, contactId: `r${index}`, ...(isClient && { secret: 'wrong' }) },
		}));
		const workflow = sendWorkflow({ delivery: { concurrency: 1 } }, { onError });
		const result = await engine.run(workflow, { input: [...refused, second!] });
		expect(contactsOf(result)).toEqual(['c2']);
		expect(detailsOf(result, 1)).toEqual(
			refused.map((_item, index) => having({ reason: index < tried ? reason : 'runStopped' })),
		);
	});

	const lost = [
		['the first', 0],
		['the last', 3],
	] as const;

	it.each(lost)('%s item without one fails alone under Continue', async (_name, place) => {
		const engine = await engineOfTenants();
		const input = mixed(4).map(({ json }, index) =>
			index === place ? { json: { ...json, org: '' } } : { json },
		);
		const result = await engine.run(sendWorkflow({}, { onError }), { input });
		expect(contactsOf(result, 1)).toEqual([`c${place + 1}`]);
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'invalidInput', attempts: 0 })]);
		expect(reached().flat()).toHaveLength(3);
	});

	it.each(lost)('%s item without one stops the run before any call', async (_name, place) => {
		const engine = await engineOfTenants();
		const input = mixed(4).map(({ json }, index) =>
			index === place ? { json: { ...json, org: 'nowhere' } } : { json },
		);
		const result = await engine.run(sendWorkflow(), { input });
		expect(result.error?.message).toMatch(/'(Login|API) URL' is not a URL/);
		expect(tenants.map(({ stats }) => stats.tokenRequests)).toEqual([0, 0]);
	});

	it('with one place in the list each, re-run, reaches nobody twice', async () => {
		const engine = await engineOfTenants();
		tenants[1]!.faults.add({ kind: 'status', status: 409, contactId: 'c4' });
		const settings = { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 };
		const result = await engine.run(sendWorkflow({}, settings), { input: mixed(6) });
		expect(result.error).toBeUndefined();
		expect(reached()).toEqual([
			['c1', 'c3', 'c5'],
			['c2', 'c4', 'c6'],
		]);
	});
});

describe('the price for a credential without expressions', () => {
	it('is one look into n8n’s database for any number of items', async () => {
		const bed = await openBed({ simulator: { rateLimit: null } });
		const decrypted = jest.spyOn(EngineCredentialsHelper.prototype, 'getDecrypted');
		const result = await bed.run(customers(...contactIds(500)));
		expect(jsonOf(result)).toHaveLength(500);
		const resolved = decrypted.mock.calls.filter(([, , , , , raw]) => raw !== true);
		expect(resolved).toHaveLength(1);
		expect(decrypted.mock.calls).toHaveLength(2);
	});
});
