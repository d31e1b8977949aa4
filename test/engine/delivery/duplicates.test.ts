import type { INodeExecutionData } from 'n8n-workflow';

import { beds } from '../support/bed';
import { contactsOf, detailsOf, having, hintOf, itemOf, jsonOf } from '../support/outcomes';
import { contactIds, customers, node, SEND, sendNode, to } from '../support/workflows';

const openBed = beds();
const retryOnFail = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
const ten = contactIds(10);
const sorted = [...ten].sort();

describe('Retry On Fail', () => {
	it('sends no message twice when one in the middle fails twice', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 409, contactId: 'c5', times: 2 }],
		});
		const result = await bed.run(
			customers(...ten),
			{ delivery: { concurrency: 3 } },
			{ ...retryOnFail },
		);
		expect(result.error).toBeUndefined();
		expect(bed.reached()).toEqual(sorted);
		expect(bed.sendCalls).toBe(12);
		expect(contactsOf(result)).toEqual(ten);
		expect(hintOf(result)).toMatch(/^Messages: \d sent, \d already sent by an earlier run\.$/);
	});

	it('gives the recorded ID of what was sent before', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, contactId: 'c2' }] });
		const result = await bed.run(
			customers('c1', 'c2'),
			{ delivery: { concurrency: 1 } },
			{ ...retryOnFail },
		);
		const [first] = bed.simulator.journal.all();
		expect(jsonOf(result)).toStrictEqual([
			{ id: first?.id, contactId: 'c1', type: 'bot', status: 'sent', alreadySent: true },
			having({ contactId: 'c2', status: 'sent', attempts: 1 }),
		]);
	});

	it('gives up after its tries with everything else sent once', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 409, contactId: 'c5', times: Infinity }],
		});
		const result = await bed.run(
			customers(...ten),
			{ delivery: { concurrency: 10 } },
			{ ...retryOnFail, maxTries: 3 },
		);
		expect(itemOf(result)).toBe(4);
		expect(bed.reached()).toEqual(sorted.filter((id) => id !== 'c5'));
		expect(bed.sendCalls).toBe(12);
	});

	it.each(['continueRegularOutput', 'continueErrorOutput'] as const)(
		'tries only the first item again, which n8n takes for the failure of all (%s)',
		async (onError) => {
			const bed = await openBed({
				faults: [{ kind: 'status', status: 409, contactId: 'c1', times: 2 }],
			});
			const result = await bed.run(customers(...ten), {}, { ...retryOnFail, onError });
			expect(result.error).toBeUndefined();
			expect(bed.reached()).toEqual(sorted);
			expect(bed.sendCalls).toBe(12);
			expect(contactsOf(result)).toEqual(ten);
			expect(hintOf(result)).toBe('Messages: 1 sent, 9 already sent by an earlier run.');
		},
	);

	it('repeats what may have been delivered at least once, and not at most once', async () => {
		const first = { kind: 'status', status: 500, contactId: 'c1', acceptFirst: true } as const;
		const atLeast = await openBed({ faults: [first] });
		const settings = { ...retryOnFail, onError: 'continueRegularOutput' } as const;
		await atLeast.run(customers('c1'), { delivery: { maxAttempts: 1 } }, settings);
		expect(atLeast.reached()).toEqual(['c1', 'c1']);

		const atMost = await openBed({ faults: [first] });
		const delivery = { uncertain: 'fail' };
		const result = await atMost.run(customers('c1', 'c2'), { delivery }, settings);
		expect(atMost.reached()).toEqual(['c1', 'c2']);
		expect(atMost.sendCalls).toBe(2);
		expect(detailsOf(result)[0]).toMatchObject({ reason: 'serverError', delivered: 'unknown' });
		expect(jsonOf(result)[0]?.error).toContain('was not sent again');
		expect(jsonOf(result)[1]).toMatchObject({ contactId: 'c2', alreadySent: true });
	});
});

describe('several runs of the node in one execution', () => {
	const input: INodeExecutionData[] = customers('c1', 'c2');

	it('send again, each once', async () => {
		const bed = await openBed();
		const nodes = [
			node('Start', 'n8n-nodes-base.manualTrigger'),
			node('First', 'n8n-nodes-base.noOp'),
			node('Second', 'n8n-nodes-base.noOp', { position: [0, 200] }),
			sendNode(),
		];
		const connections = {
			Start: { main: [[to('First'), to('Second')]] },
			First: { main: [[to(SEND)]] },
			Second: { main: [[to(SEND)]] },
		};
		const result = await bed.engine.run({ id: 'wf', nodes, connections }, { input });
		expect(result.runData[SEND]).toHaveLength(2);
		expect(bed.reached()).toEqual(['c1', 'c1', 'c2', 'c2']);
		expect(jsonOf(result)).not.toContainEqual(having({ alreadySent: true }));
	});

	it('send again in a later execution', async () => {
		const bed = await openBed();
		await bed.run(input);
		await bed.run(input);
		expect(bed.reached()).toEqual(['c1', 'c1', 'c2', 'c2']);
	});
});
