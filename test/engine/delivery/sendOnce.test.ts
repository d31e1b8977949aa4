import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { beds } from '../support/bed';
import {
	contactsOf,
	detailsOf,
	having,
	hintOf,
	itemOf,
	jsonOf,
	textLike,
} from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const open = beds();
const openBed = async (faults: Fault[] = []) => await open({ deduplication: 'memory', faults });
const sendOnceKey = '={{ $json.key }}';
const once = { delivery: { sendOnceKey } };
const onError = 'continueErrorOutput';

/** An item for each contact, with its key. */
function keyed(keys: Record<string, unknown>): INodeExecutionData[] {
	return Object.entries(keys).map(([contactId, key]) => {
		const [item] = customers(contactId);
		return { json: { ...item?.json, key } as IDataObject };
	});
}

const three = keyed({ c1: 'order-1', c2: 'order-2', c3: 'order-3' });

describe('Send Once Key', () => {
	it('in a second execution sends nothing and says that all was sent', async () => {
		const bed = await openBed();
		const first = await bed.run(three, once);
		expect(hintOf(first)).toBe('Messages: 3 sent.');
		expect(jsonOf(first)).not.toContainEqual(having({ alreadySent: true }));
		const second = await bed.run(three, once);
		expect(second.status).toBe('success');
		expect(bed.sendCalls).toBe(3);
		expect(jsonOf(second)).toStrictEqual(
			['c1', 'c2', 'c3'].map((contactId) => ({
				contactId,
				type: 'bot',
				status: 'sent',
				alreadySent: true,
			})),
		);
		expect(hintOf(second)).toBe('Messages: 0 sent, 3 already sent by an earlier run.');
	});

	it('sends what is new among what was sent', async () => {
		const bed = await openBed();
		await bed.run(three, once);
		const more = keyed({ c2: 'order-2', c4: 'order-4', c1: 'order-1b' });
		const result = await bed.run(more, once);
		expect(contactsOf(result)).toEqual(['c2', 'c4', 'c1']);
		expect(bed.reached()).toEqual(['c1', 'c1', 'c2', 'c3', 'c4']);
		expect(hintOf(result)).toBe('Messages: 2 sent, 1 already sent by an earlier run.');
	});

	it.each(['retry', 'fail'])(
		'twice in one execution is sent once (uncertain: %s)',
		async (uncertain) => {
			const bed = await openBed([{ kind: 'latency', ms: 30, times: Infinity }]);
			const input = contactIds(40).map((text, index) => ({
				json: { contactId: `c${index % 4}`, text, key: `k${index % 4}` },
			}));
			const result = await bed.run(input, { delivery: { sendOnceKey, uncertain } });
			expect(result.error).toBeUndefined();
			expect(bed.sendCalls).toBe(4);
			expect(jsonOf(result).filter(({ alreadySent }) => alreadySent)).toHaveLength(36);
		},
	);

	it('of two executions at once is sent once with "fail"', async () => {
		const bed = await openBed([{ kind: 'latency', ms: 30, times: Infinity }]);
		const delivery = { sendOnceKey, uncertain: 'fail' };
		await Promise.all([bed.run(three, { delivery }), bed.run(three, { delivery })]);
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
	});

	it.each(['retry', 'fail'])(
		'of a refused message may be sent later (uncertain: %s)',
		async (uncertain) => {
			const bed = await openBed([{ kind: 'status', status: 409, contactId: 'c2' }]);
			const parameters = { delivery: { sendOnceKey, uncertain } };
			const first = await bed.run(three, parameters, { onError });
			expect(contactsOf(first)).toEqual(['c1', 'c3']);
			const second = await bed.run(three, parameters);
			expect(jsonOf(second)).toEqual([
				having({ contactId: 'c1', alreadySent: true }),
				having({ contactId: 'c2', attempts: 1 }),
				having({ contactId: 'c3', alreadySent: true }),
			]);
			expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
		},
	);

	it('of an uncertain message is sent again by a later execution, at least once', async () => {
		const bed = await openBed([{ kind: 'reset', contactId: 'c2' }]);
		const parameters = { delivery: { sendOnceKey, uncertain: 'retry', maxAttempts: 1 } };
		const first = await bed.run(three, parameters, { onError });
		expect(detailsOf(first, 1)).toMatchObject([{ delivered: 'unknown' }]);
		const second = await bed.run(three, parameters);
		expect(jsonOf(second)[1]).toMatchObject({ contactId: 'c2', attempts: 1 });
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
	});

	it('of an uncertain message is not sent again by a later execution, at most once', async () => {
		const bed = await openBed([{ kind: 'reset', accept: true, contactId: 'c2' }]);
		const parameters = { delivery: { sendOnceKey, uncertain: 'fail' } };
		const uncertain = having({ delivered: 'unknown', reason: 'network' });
		const first = await bed.run(three, parameters, { onError });
		expect(detailsOf(first, 1)).toEqual([uncertain]);
		const second = await bed.run(three, parameters, { onError });
		expect(contactsOf(second)).toEqual(['c1', 'c3']);
		expect(contactsOf(second, 1)).toEqual(['c2']);
		expect(detailsOf(second, 1)).toEqual([uncertain]);
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
		const delivery = { sendOnceKey, uncertain: 'retry' };
		const third = await bed.run(three, { delivery });
		expect(jsonOf(third)[1]).toMatchObject({ contactId: 'c2', attempts: 1 });
		expect(bed.sendCalls).toBe(4);
	});

	it('of a twin whose first message failed is sent by the second', async () => {
		const bed = await openBed([{ kind: 'status', status: 409, contactId: 'c1' }]);
		const twins = [1, 2, 3].flatMap(() => keyed({ c1: 'same' }));
		const result = await bed.run(twins, once, { onError });
		expect(contactsOf(result, 1)).toEqual(['c1']);
		expect(jsonOf(result)).toEqual([having({ attempts: 1 }), having({ alreadySent: true })]);
		expect(bed.reached()).toEqual(['c1']);
	});

	it('may be a number, the same as its text', async () => {
		const bed = await openBed();
		await bed.run(keyed({ c1: 4711, c2: 0 }), once);
		const result = await bed.run(keyed({ c1: '4711', c2: '0', c3: 4712 }), once);
		expect(jsonOf(result).map(({ alreadySent }) => alreadySent ?? false)).toEqual([
			true,
			true,
			false,
		]);
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
	});

	it('of one workflow does not collide with that of another', async () => {
		const bed = await openBed();
		const workflow = sendWorkflow(once);
		await bed.engine.run({ ...workflow, id: 'one' }, { input: three });
		await bed.engine.run({ ...workflow, id: 'two' }, { input: three });
		const again = await bed.engine.run({ ...workflow, id: 'two' }, { input: three });
		expect(jsonOf(again)).toEqual(['c1', 'c2', 'c3'].map(() => having({ alreadySent: true })));
		expect(bed.sendCalls).toBe(6);
	});
});

const unusable: [string, unknown, RegExp][] = [
	['empty', '', /'Send Once Key' is empty/],
	['blank', '  \n', /'Send Once Key' is empty/],
	['missing', undefined, /'Send Once Key' is empty/],
	['null', null, /'Send Once Key' is empty/],
	['an object', { id: 1 }, /'Send Once Key' is not text but an object/],
	['a list', ['a'], /'Send Once Key' is not text but a list/],
	['too long', 'k'.repeat(513), /'Send Once Key' is too long/],
];

describe.each(unusable)('a key that is %s', (_name, key, text) => {
	it.each(['first', 'last'])('in the %s item fails the run before any call', async (place) => {
		const bed = await openBed();
		const bad = keyed({ bad: key });
		const input = place === 'first' ? [...bad, ...three] : [...three, ...bad];
		const result = await bed.run(input, once);
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(text);
		expect(itemOf(result)).toBe(place === 'first' ? 0 : 3);
		expect(bed.sendCalls).toBe(0);
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it.each(['first', 'last'])('in the %s item fails that item under Continue', async (place) => {
		const bed = await openBed();
		const bad = keyed({ bad: key });
		const input = place === 'first' ? [...bad, ...three] : [...three, ...bad];
		const result = await bed.run(input, once, { onError });
		expect(contactsOf(result)).toEqual(['c1', 'c2', 'c3']);
		expect(jsonOf(result, 1)).toEqual([
			having({
				contactId: 'bad',
				error: textLike(text),
				details: having({ reason: 'invalidInput' }),
			}),
		]);
		const again = await bed.run(three, once);
		expect(jsonOf(again)).toEqual(three.map(() => having({ alreadySent: true })));
	});
});
