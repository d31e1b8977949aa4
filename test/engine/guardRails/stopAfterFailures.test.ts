import { beds } from '../support/bed';
import { contactsOf, detailsOf, having, hintOf, jsonOf } from '../support/outcomes';
import { contactIds, customers, SEND } from '../support/workflows';

const openBed = beds();
const onError = 'continueErrorOutput';
const hundred = customers(...contactIds(100));
const delivery = { stopAfterFailures: 10, concurrency: 5 };

describe('Stop After Failures', () => {
	it('ends a run whose messages all fail in the same way, and sends nobody to the fallback', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		const result = await bed.run(hundred, { delivery, unreachable: 'output' }, { onError });
		expect(jsonOf(result)).toEqual([]);
		expect(jsonOf(result, 1)).toEqual([]);
		expect(detailsOf(result, 2)).toHaveLength(100);
		expect(detailsOf(result, 2).slice(0, 10)).toEqual(
			Array.from({ length: 10 }, () => having({ reason: 'contactNotFound', attempts: 1 })),
		);
		expect(detailsOf(result, 2).slice(20)).toEqual(
			Array.from({ length: 80 }, () =>
				having({ reason: 'runStopped', attempts: 0, delivered: 'no' }),
			),
		);
		expect(jsonOf(result, 2)[99]?.error).toContain("'Contact ID' does not exist");
		expect(bed.sendCalls).toBeLessThanOrEqual(15);
		expect(result.hintsOf(SEND)).toMatchObject([{ type: 'warning' }]);
		expect(hintOf(result)).toMatch(/Look first at 'contactNotFound' \(1\d times\)\.$/);
	});

	it('is 50 unless it is set', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		await bed.run(hundred, {}, { onError });
		expect(bed.sendCalls).toBeGreaterThanOrEqual(50);
		expect(bed.sendCalls).toBeLessThanOrEqual(60);
	});

	it('never stops with 0', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		const options = { delivery: { ...delivery, stopAfterFailures: 0 }, unreachable: 'output' };
		const result = await bed.run(hundred, options, { onError });
		expect(bed.sendCalls).toBe(100);
		expect(jsonOf(result, 1)).toHaveLength(100);
		expect(hintOf(result)).toContain('Not one customer could be reached');
	});

	it('never stops a run in which one was sent', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		bed.simulator.contacts.open({ contactId: 'c1' });
		const options = { delivery: { ...delivery, concurrency: 1 }, unreachable: 'output' };
		const result = await bed.run(hundred, options, { onError });
		expect(contactsOf(result)).toEqual(['c1']);
		expect(jsonOf(result, 1)).toHaveLength(99);
	});

	it('does not count customers whose sessions ended', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		for (const contactId of contactIds(100)) {
			bed.simulator.contacts.open({ contactId });
			bed.simulator.contacts.expire(contactId);
		}
		const result = await bed.run(hundred, { delivery, unreachable: 'output' }, { onError });
		expect(jsonOf(result, 1)).toHaveLength(100);
		expect(bed.sendCalls).toBe(100);
	});

	it('does not count items that cannot be used, nor breaks the row by them', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		const input = hundred.map(({ json }, index) => ({
			json: index % 2 === 1 ? { ...json, contactId: '' } : json,
		}));
		await bed.run(input, { delivery: { ...delivery, concurrency: 1 } }, { onError });
		expect(bed.sendCalls).toBe(10);
	});

	it('does not stop for failures of different kinds', async () => {
		const statuses = [400, 409];
		const bed = await openBed({
			faults: contactIds(100).map((contactId, index) => ({
				kind: 'status',
				status: statuses[index % 2]!,
				contactId,
			})),
		});
		await bed.run(hundred, { delivery: { ...delivery, concurrency: 1 } }, { onError });
		expect(bed.sendCalls).toBe(100);
	});

	it('fails a workflow that does not continue by the first failure, as ever', async () => {
		const bed = await openBed({ simulator: { unknownContacts: 'reject' } });
		const result = await bed.run(hundred, { delivery: { ...delivery, concurrency: 1 } });
		expect(result.error?.message).toContain("'Contact ID' does not exist");
		expect(bed.sendCalls).toBe(1);
	});
});
