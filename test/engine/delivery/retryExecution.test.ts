import { beds } from '../support/bed';
import { contactsOf, having, hintOf, jsonOf } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const ten = contactIds(10);
const sorted = [...ten].sort();
const oneByOne = { delivery: { concurrency: 1 } };

describe('Retry Execution', () => {
	it('sends only the rest, and returns the recorded IDs', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, contactId: 'c5' }] });
		const failed = await bed.run(customers(...ten), oneByOne);
		expect(failed.status).toBe('error');
		expect(failed.error?.description).toContain('4 of 10 messages were sent');
		const before = bed.simulator.journal.all().map(({ id }) => id);
		expect(before).toHaveLength(4);

		const result = await bed.engine.retry(failed);
		expect(result.status).toBe('success');
		expect(bed.reached()).toEqual(sorted);
		expect(bed.sendCalls).toBe(11);
		expect(contactsOf(result)).toEqual(ten);
		const recorded = jsonOf(result).slice(0, 4);
		expect(recorded).toEqual(before.map((id) => having({ id, alreadySent: true, status: 'sent' })));
		expect(jsonOf(result).slice(4)).toEqual(ten.slice(4).map(() => having({ attempts: 1 })));
		expect(hintOf(result)).toBe('Messages: 6 sent, 4 already sent by an earlier run.');
	});

	it('counts all that were sent when it fails again', async () => {
		const bed = await openBed({
			faults: [
				{ kind: 'status', status: 409, contactId: 'c5' },
				{ kind: 'status', status: 409, contactId: 'c8' },
			],
		});
		const failed = await bed.run(customers(...ten), oneByOne);
		const again = await bed.engine.retry(failed);
		expect(again.error?.description).toContain('7 of 10 messages were sent');
		const done = await bed.engine.retry(again);
		expect(done.status).toBe('success');
		expect(bed.reached()).toEqual(sorted);
	});

	it('counts as sent what came after the failed item, too', async () => {
		const bed = await openBed({
			faults: [{ kind: 'status', status: 409, contactId: 'c1', times: 2 }],
		});
		for (const contactId of ten.slice(1)) {
			bed.simulator.faults.add({ kind: 'latency', ms: 20, contactId });
		}
		const failed = await bed.run(customers(...ten), { delivery: { concurrency: 10 } });
		expect(failed.error?.description).toContain('9 of 10 messages were sent');
		const again = await bed.engine.retry(failed);
		expect(again.error?.description).toContain('9 of 10 messages were sent');
		expect(bed.reached()).toEqual(sorted.filter((id) => id !== 'c1'));
	});

	it('after a change of the text sends nobody the message twice', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, contactId: 'c2' }] });
		const failed = await bed.run(customers('c1', 'c2'), oneByOne);
		const workflow = sendWorkflow({ ...oneByOne, message: '=New: {{ $json.text }}' });
		const result = await bed.engine.retry(failed, { workflow });
		expect(bed.simulator.journal.all().map(({ message }) => message)).toEqual([
			'Hello c1!',
			'New: Hello c2!',
		]);
		expect(jsonOf(result)[0]).toMatchObject({ contactId: 'c1', alreadySent: true });
	});

	it.each([
		['retry', ['c1', 'c2', 'c2', 'c3']],
		['fail', ['c1', 'c2']],
	])('with uncertain = %s reaches %j', async (uncertain, reached) => {
		const bed = await openBed({ faults: [{ kind: 'reset', accept: true, contactId: 'c2' }] });
		const delivery = { concurrency: 1, maxAttempts: 1, uncertain };
		const failed = await bed.run(customers('c1', 'c2', 'c3'), { delivery });
		expect(failed.status).toBe('error');
		const result = await bed.engine.retry(failed);
		expect(bed.reached()).toEqual(reached);
		expect(result.status).toBe(uncertain === 'retry' ? 'success' : 'error');
	});

	it('with uncertain = fail goes on with the others under Continue', async () => {
		const bed = await openBed({ faults: [{ kind: 'reset', accept: true, contactId: 'c2' }] });
		const delivery = { concurrency: 1, uncertain: 'fail' };
		const failed = await bed.run(customers('c1', 'c2', 'c3'), { delivery });
		const workflow = sendWorkflow({ delivery }, { onError: 'continueErrorOutput' });
		const result = await bed.engine.retry(failed, { workflow });
		expect(contactsOf(result)).toEqual(['c1', 'c3']);
		expect(jsonOf(result, 1)).toMatchObject([
			{ contactId: 'c2', details: { delivered: 'unknown', reason: 'network', attempts: 1 } },
		]);
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
	});

	it('keeps neither contact IDs nor texts in the saved context', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 409, contactId: 'person-5' }] });
		const people = ten.map((_id, index) => `person-${index}`);
		const failed = await bed.run(customers(...people), oneByOne);
		const saved = JSON.stringify(failed.context);
		const sent = bed.simulator.journal.all().map(({ id }) => id);
		expect(sent).toHaveLength(5);
		expect(sent.filter((id) => saved.includes(id))).toEqual(sent);
		expect(saved).not.toMatch(/person|Hello/);
	});
});
