import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { beds, credentialOf, engineWith } from '../support/bed';
import { having, hintOf, jsonOf, textLike } from '../support/outcomes';
import { WatchedStore } from '../support/stores';
import { contactIds, customers, node, SEND, sendWorkflow, to } from '../support/workflows';

const openBed = beds();
const sendOnceKey = '={{ $json.contactId }}-shipped';
const policies = ['retry', 'fail'] as const;

/** Items for these contacts, all with the same key. */
function sameKey(...contacts: string[]): INodeExecutionData[] {
	return customers(...contacts).map(({ json }) => ({ json: { ...json, key: 'order-shipped' } }));
}

describe('a key that is not one', () => {
	it.each([
		['order-shipped', 1],
		['order-shipped', 5],
		['=order-shipped', 1],
		['=order-shipped', 5],
	])('the constant %s for %i customers is refused before any call', async (sendOnceKey, count) => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey };
		const result = await bed.run(customers(...contactIds(count)), { delivery });
		expect(result.error?.message).toMatch(/'Send Once Key' is always the same/);
		expect(result.error?.description).toContain('$json.customerId');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it.each(['={{ $json.nope }}-shipped', '=shipped {{ $json.nope }}', '={{ $json.nope }} é\u0301'])(
		'one of which nothing but its fixed text is left is refused before any call: %s',
		async (key) => {
			const bed = await openBed({ deduplication: 'memory' });
			const result = await bed.run(customers('c1'), { delivery: { sendOnceKey: key } });
			expect(result.error?.message).toMatch(/'Send Once Key' has an expression that gives nothing/);
			expect(bed.simulator.stats.tokenRequests).toBe(0);
		},
	);

	it.each(['={{ $json.key }}', '={{ "order-shipped" }}', '={{ 4711 }}'])(
		'an expression that is the same for 5 customers skips four, and says so: %s',
		async (key) => {
			const bed = await openBed({ deduplication: 'memory' });
			const input = sameKey(...contactIds(5));
			const result = await bed.run(input, { delivery: { sendOnceKey: key } });
			expect(bed.reached()).toHaveLength(1);
			const [sent, ...others] = jsonOf(result);
			expect(sent).toMatchObject({ status: 'sent', contactId: 'c1', attempts: 1 });
			for (const [index, item] of others.entries()) {
				expect(item).toMatchObject({
					contactId: `c${index + 2}`,
					status: 'skipped',
					details: { sameKeyAsItem: 0, message: textLike(/same 'Send Once Key'.*not sent/) },
				});
			}
			expect(hintOf(result)).toContain('4 skipped (the same Send Once Key as another customer)');
		},
	);

	it.each(policies)('never leaves as sent in a later run either (%s)', async (uncertain) => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: '={{ $json.key }}', uncertain };
		await bed.run(sameKey('c1', 'c2'), { delivery });
		const again = await bed.run(sameKey('c1', 'c2', 'c3'), { delivery });
		const claims = jsonOf(again).filter(
			({ status, alreadySent }) => status === 'sent' && alreadySent !== true,
		);
		expect(claims).toEqual([]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it('that is the same in the next run of a loop is skipped there, and says so', async () => {
		const bed = await openBed({ deduplication: 'memory' });
		const workflow = sendWorkflow({ delivery: { sendOnceKey: '={{ $json.key }}' } });
		// n8n runs the upper branch first.
		const customer = (name: string, top: number) =>
			node(name, 'n8n-nodes-base.set', {
				typeVersion: 3.4,
				position: [0, top],
				parameters: {
					mode: 'raw',
					jsonOutput: JSON.stringify({ contactId: name, text: 'Hello!', key: 'order-shipped' }),
				},
			});
		const result = await bed.engine.run(
			{
				...workflow,
				nodes: [...workflow.nodes, customer('c1', 0), customer('c2', 200)],
				connections: {
					Start: { main: [[to('c1'), to('c2')]] },
					c1: { main: [[to(SEND)]] },
					c2: { main: [[to(SEND)]] },
				},
			},
			{ input: [{ json: {} }] },
		);
		expect(result.runData[SEND]).toHaveLength(2);
		expect(bed.reached()).toEqual(['c1']);
		expect(jsonOf(result)).toEqual([
			having({
				contactId: 'c2',
				status: 'skipped',
				details: { sameKeyAsItem: 0, message: textLike(/^Item 0 of run 1 has the same/) },
			}),
		]);
	});

	it('on two rows of the same customer is sent once, and the other row is told so', async () => {
		const bed = await openBed({ deduplication: 'memory' });
		const delivery = { sendOnceKey: '={{ $json.key }}' };
		const result = await bed.run(sameKey('c1', 'c1'), { delivery });
		expect(jsonOf(result)).toEqual(
			expect.arrayContaining([having({ attempts: 1 }), having({ alreadySent: true })]),
		);
		expect(bed.reached()).toEqual(['c1']);
	});
});

describe('a key in another spelling', () => {
	it.each(['order-1\u200b', '\ufefforder-1', ' order-1 ', 'order-1\u00a0', 'or\u00adder-1'])(
		'that nobody can see is the same: %j',
		async (spelling) => {
			const bed = await openBed({ deduplication: 'memory' });
			const delivery = { sendOnceKey: '={{ $json.key }}', uncertain: 'fail' };
			const withKey = (key: string) => [{ json: { contactId: 'c1', text: 'Hello!', key } }];
			await bed.run(withKey('order-1'), { delivery });
			const again = await bed.run(withKey(spelling), { delivery });
			expect(jsonOf(again)).toEqual([having({ alreadySent: true })]);
			expect(bed.reached()).toEqual(['c1']);
		},
	);
});

describe('the account', () => {
	it.each(policies)(
		'is part of a key: a sandbox first, then the real one (%s)',
		async (uncertain) => {
			const store = new WatchedStore();
			const sandbox = await openBed({ deduplication: store });
			const real = await openBed();
			const parameters = { delivery: { sendOnceKey, uncertain } };
			const input = customers(...contactIds(5));
			await sandbox.run(input, parameters);
			const engine = await engineWith(real.credential, { deduplication: store });
			const result = await engine.run(sendWorkflow(parameters), { input });
			expect(jsonOf(result)).toEqual(input.map(() => having({ attempts: 1 })));
			expect(real.reached()).toEqual(contactIds(5));
		},
	);

	it('is the same with a new secret', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		const parameters = { delivery: { sendOnceKey } };
		await bed.run(customers('c1'), parameters);
		const renewed = credentialOf(bed.simulator.url, bed.client, { clientSecret: 'a-new-one' });
		const engine = await engineWith(renewed, { deduplication: store });
		const result = await engine.run(sendWorkflow(parameters), { input: customers('c1') });
		expect(jsonOf(result)).toEqual([having({ alreadySent: true })]);
		expect(bed.reached()).toEqual(['c1']);
	});
});

describe('one expression for a whole collection', () => {
	const object = '={{ ({ sendOnceKey: $json.contactId, from: "08:00" }) }}';

	it.each<[string, IDataObject]>([
		['Delivery Options', { delivery: object }],
		['Send Window', { delivery: { sendWindow: object } }],
		['Send Window', { delivery: { sendWindow: { window: object } } }],
		['Options', { options: object }],
		['Template Values', { templateValues: object }],
	])('is refused before any call, because n8n drops it: %s (%j)', async (name, parameters) => {
		const bed = await openBed({ deduplication: 'memory' });
		const workflow = sendWorkflow();
		Object.assign(workflow.nodes[1]!.parameters, parameters);
		const result = await bed.engine.run(workflow, { input: customers('c1', 'c2') });
		expect(result.error?.message).toContain(`'${name}' is one expression as a whole`);
		expect(result.error?.description).toContain('one by one');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});
});

describe('fields where n8n does not look for them', () => {
	const window = { from: '08:00', to: '21:00', days: ['mon'] };
	const rows = [{ id: '1', value: 'Ada' }];

	it.each<[string, IDataObject]>([
		['Send Window', { delivery: { sendWindow: window } }],
		['Send Window', { delivery: { sendWindow: { window: [window] } } }],
		['Send Window', { delivery: { sendWindow: { window: null } } }],
		['Send Window', { delivery: { sendWindow: 'always' } }],
		['Template Parameters', { templateParameters: rows }],
		['Template Parameters', { templateParameters: { parameters: rows } }],
	])('are refused before any call, because n8n drops them: %s (%j)', async (name, parameters) => {
		const bed = await openBed();
		const workflow = sendWorkflow();
		Object.assign(workflow.nodes[1]!.parameters, parameters);
		const result = await bed.engine.run(workflow, { input: customers('c1') });
		expect(result.error?.message).toMatch(`'${name}' has no `);
		expect(result.error?.message).toContain('so that n8n drops it');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it.each<IDataObject>([{ sendWindow: {} }, { sendWindow: null }])(
		'are none in an option to which nothing was added: %j',
		async (delivery) => {
			const bed = await openBed();
			const result = await bed.run(customers('c1'), { delivery });
			expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
		},
	);
});

describe('the form of a key', () => {
	it.each<[string, unknown, unknown]>([
		['blanks around it', 'order-1', '  order-1\n'],
		['the form of Unicode', 'caf\u00e9', 'cafe\u0301'],
		['a number or its digits', 4711, '4711'],
	])('does not matter: %s', async (_name, one, other) => {
		const bed = await openBed({ deduplication: 'memory' });
		const parameters = { delivery: { sendOnceKey: '={{ $json.key }}' } };
		const withKey = (key: unknown) => [
			{ json: { ...customers('c1')[0]!.json, key } as IDataObject },
		];
		await bed.run(withKey(one), parameters);
		const result = await bed.run(withKey(other), parameters);
		expect(jsonOf(result)).toEqual([having({ alreadySent: true })]);
	});

	it.each([
		['order-1', 'Order-1'],
		['a b', 'ab'],
		['1', '01'],
	])('matters in the letters themselves: %j and %j', async (one, other) => {
		const bed = await openBed({ deduplication: 'memory' });
		const parameters = { delivery: { sendOnceKey: '={{ $json.key }}' } };
		const input = [one, other].map((key) => ({ json: { ...customers('c1')[0]!.json, key } }));
		const result = await bed.run(input, parameters);
		expect(jsonOf(result)).toEqual([having({ attempts: 1 }), having({ attempts: 1 })]);
	});
});
