import type { NodeApiError } from 'n8n-workflow';

import { beds } from '../support/bed';
import { itemOf, until } from '../support/outcomes';
import { contactIds, customers, SEND } from '../support/workflows';

const openBed = beds();

describe('On Error: Stop Workflow', () => {
	it('throws the first failure: what happened, to which item, what to do, how many were sent', async () => {
		const bed = await openBed();
		bed.simulator.contacts.open({ contactId: 'c13' });
		bed.simulator.contacts.expire('c13');
		const result = await bed.run(customers(...contactIds(40)), { delivery: { concurrency: 1 } });
		expect(result.status).toBe('error');
		const error = result.error as NodeApiError;
		expect(error.name).toBe('NodeApiError');
		expect(error.message).toBe("The 'Contact ID' is invalid or its session has expired");
		expect(error.httpCode).toBe('400');
		expect(error.context).toMatchObject({
			itemIndex: 12,
			data: { reason: 'sessionExpired', httpCode: '400', delivered: 'no', attempts: 1 },
		});
		expect(error.description).toContain('start a new chat');
		expect(error.description).toContain('Contact ID is invalid or session has expired');
		expect(error.description).toContain('It concerns c13. 12 of 40 messages were sent.');
		expect(error.description).toContain(
			"set 'On Error' to 'Continue', save, open this execution under 'Executions' and choose 'Retry' with the currently saved workflow. 'Execute Step' and a new execution would send to all again",
		);
		expect(bed.reached()).toEqual(contactIds(12).sort());
		expect(bed.sendCalls).toBe(13);
		expect(result.outputOf(SEND)).toEqual([]);
	});

	it('lets what is in flight finish, and starts nothing new', async () => {
		const slow = contactIds(9).slice(1);
		const bed = await openBed({
			faults: [
				{ kind: 'status', status: 409, contactId: 'c1' },
				...slow.map((contactId) => ({ kind: 'latency', contactId, ms: 150 }) as const),
			],
		});
		const result = await bed.run(customers(...contactIds(40)), { delivery: { concurrency: 9 } });
		expect(itemOf(result)).toBe(0);
		expect(result.error?.description).toContain('8 of 40 messages were sent');
		expect(bed.reached()).toEqual(slow);
		expect(bed.sendCalls).toBe(9);
		await until(() => bed.sendsInFlight === 0);
	});

	it('sends no message that waits for the next rate-limit window', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 5, windowMs: 2000 } } });
		await bed.run(customers('c0'));
		bed.simulator.faults.add({ kind: 'status', status: 409, contactId: 'c1' });
		const result = await bed.run(customers(...contactIds(10)), { delivery: { concurrency: 10 } });
		expect(itemOf(result)).toBe(0);
		expect(bed.reached()).toEqual(['c0', 'c2', 'c3', 'c4']);
		expect(bed.sendCalls).toBe(5);
	});

	it('does not sit out the backoff of another message', async () => {
		const bed = await openBed({
			simulator: { rateLimit: null },
			faults: [
				{ kind: 'status', status: 500, contactId: 'c2' },
				{ kind: 'latency', ms: 100, contactId: 'c1', accept: false },
			],
		});
		bed.simulator.contacts.open({ contactId: 'c1' });
		bed.simulator.contacts.expire('c1');
		const startedAt = performance.now();
		const result = await bed.run(customers('c1', 'c2'), { delivery: { backoffSeconds: 3 } });
		expect(performance.now() - startedAt).toBeLessThan(2500);
		expect(itemOf(result)).toBe(0);
		expect(bed.reached()).toEqual([]);
	});

	it('names the first item in the order of the input when several fail', async () => {
		const bed = await openBed({
			faults: [
				{ kind: 'latency', contactId: 'c1', ms: 100 },
				{ kind: 'status', status: 409, contactId: 'c2' },
			],
		});
		bed.simulator.contacts.open({ contactId: 'c1' });
		bed.simulator.contacts.expire('c1');
		const result = await bed.run(customers('c1', 'c2'));
		expect(result.error?.message).toContain('session has expired');
		expect(itemOf(result)).toBe(0);
	});

	it('says nothing of a count for a single message', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409 }] });
		const result = await bed.run(customers('c1'));
		expect(itemOf(result)).toBe(0);
		expect(result.error?.description).not.toContain('of 1');
	});

	it('tells the attempts that were made', async () => {
		const bed = await openBed({
			simulator: { rateLimit: null },
			faults: [{ kind: 'status', status: 502, times: 3 }],
		});
		const result = await bed.run(customers('c1'));
		expect((result.error as NodeApiError).context).toMatchObject({
			data: { reason: 'serverError', httpCode: '502', delivered: 'unknown', attempts: 3 },
		});
		expect(bed.sendCalls).toBe(3);
	});

	it('throws a NodeOperationError for bad input', async () => {
		const bed = await openBed();
		const result = await bed.run([...customers('c1'), { json: { contactId: '', text: 'Hi' } }]);
		expect(result.error?.name).toBe('NodeOperationError');
		expect(result.error?.message).toBe("'Contact ID' is empty");
		expect(itemOf(result)).toBe(1);
	});
});
