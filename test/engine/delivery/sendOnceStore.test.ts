import { onLog } from '../../../dev/headless-n8n';
import { beds } from '../support/bed';
import { contactsOf, detailsOf, having, jsonOf, textLike } from '../support/outcomes';
import { failingStore, slowStore, type FailingCalls } from '../support/stores';
import { contactIds, customers } from '../support/workflows';

jest.setTimeout(30_000);

const openBed = beds();
const delivery = { sendOnceKey: '={{ $json.contactId }}' };
const three = customers('c1', 'c2', 'c3');
const onError = 'continueErrorOutput';

describe('an engine without a store', () => {
	it('fails the run with a clear error before any call', async () => {
		const bed = await openBed({ deduplication: 'none' });
		const result = await bed.run(three, { delivery });
		expect(result.status).toBe('error');
		expect(result.error?.message).toMatch(/'Send Once Key' needs n8n's deduplication store/);
		expect(result.error?.description).toContain('Remove the option');
		expect(bed.simulator.stats.tokenRequests).toBe(0);
		expect(bed.sendCalls).toBe(0);
	});

	it('names Once a Day where that alone asks for it', async () => {
		const bed = await openBed({ deduplication: 'none' });
		const result = await bed.run(three, { delivery: { onceADay: true } });
		expect(result.error?.message).toMatch(/^'Once a Day' needs n8n's deduplication store/);
		expect(bed.sendCalls).toBe(0);
	});

	it('fails every item under Continue, with no call', async () => {
		const bed = await openBed({ deduplication: 'none' });
		const result = await bed.run(three, { delivery }, { onError });
		const failed = having({
			error: textLike(/needs n8n's deduplication store/),
			details: having({ reason: 'invalidInput', delivered: 'no' }),
		});
		expect(jsonOf(result, 1)).toEqual([failed, failed, failed]);
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	it('sends without the option', async () => {
		const bed = await openBed({ deduplication: 'none' });
		await bed.run(three, { delivery: { sendOnceKey: '' } });
		expect(bed.reached()).toEqual(['c1', 'c2', 'c3']);
	});
});

describe('a store that fails', () => {
	it('when it is counted fails the run before any call', async () => {
		const store = failingStore({ getProcessedDataCount: 1 });
		const bed = await openBed({ deduplication: store });
		const result = await bed.run(three, { delivery });
		expect(result.error?.message).toContain("'Send Once Key'");
		expect(bed.sendCalls).toBe(0);
	});

	it.each(['getProcessedDataCount', 'checkProcessedAndRecord'])(
		'is told of Once a Day where no key is set: %s',
		async (call) => {
			const bed = await openBed({ deduplication: failingStore({ [call]: 1 }) });
			const result = await bed.run(three, { delivery: { onceADay: true } });
			expect(result.error?.message).toMatch(/^'Once a Day' could not be looked up/);
		},
	);

	it.each(['retry', 'fail'])(
		'when keys are looked up sends nothing and says so (%s)',
		async (uncertain) => {
			const store = failingStore({ checkProcessedAndRecord: 1 });
			const bed = await openBed({ deduplication: store });
			const parameters = { delivery: { ...delivery, uncertain } };
			const failed = await bed.run(three, parameters);
			expect(failed.status).toBe('error');
			expect(failed.error?.message).toContain('database is locked');
			const continued = await bed.run(three, parameters, { onError });
			expect(contactsOf(continued, 1)).toEqual(['c1', 'c2', 'c3']);
			expect(jsonOf(continued, 1)[0]?.error).toEqual(
				textLike(/could not be looked up.*database is locked.*was not sent/s),
			);
			expect(detailsOf(continued, 1)[0]).toMatchObject({ delivered: 'no', attempts: 0 });
			expect(bed.sendCalls).toBe(0);
		},
	);

	// A claim adds entries and removes one; after the send, entries are added and one is removed.
	it.each<[string, FailingCalls, string, number, string[]]>([
		['uncertain', { checkProcessedAndRecord: 3 }, 'retry', 0, ['c1', 'c1']],
		['uncertain', { checkProcessedAndRecord: 3 }, 'fail', 1, ['c1']],
		['sent', { removeProcessed: 2 }, 'retry', 0, ['c1']],
		['sent', { removeProcessed: 2 }, 'fail', 0, ['c1']],
	])(
		'after the send warns, and a later run takes the message for %s (%j, %s)',
		async (_state, failing, uncertain, output, reached) => {
			const store = failingStore(failing);
			const bed = await openBed({ deduplication: store });
			const warnings: string[] = [];
			const stop = onLog(({ level, message }) => {
				if (level === 'warn') warnings.push(message);
			});
			const parameters = { delivery: { ...delivery, uncertain } };
			const first = await bed.run(customers('c1'), parameters, { onError });
			stop();
			expect(jsonOf(first)).toMatchObject([{ contactId: 'c1', attempts: 1 }]);
			expect(warnings).toEqual([textLike(/Send Once Key' was not stored.*database is locked/)]);
			store.before = async () => undefined;
			const second = await bed.run(customers('c1'), parameters, { onError });
			expect(contactsOf(second, output)).toEqual(['c1']);
			expect(bed.reached()).toEqual(reached);
		},
	);
});

describe('the calls of the store', () => {
	it.each(['retry', 'fail'])(
		'of a slow database are fewer than the messages (uncertain: %s)',
		async (uncertain) => {
			const store = slowStore(10);
			const rateLimit = { allowed: 10_000, windowMs: 60_000 };
			const bed = await openBed({ deduplication: store, simulator: { rateLimit } });
			const ids = contactIds(500);
			const options = { ...delivery, uncertain, concurrency: 50 };
			await bed.run(customers(...ids), { delivery: options });
			expect(bed.reached()).toEqual([...ids].sort());
			expect(store.calls.length).toBeLessThan(500);
			const again = await bed.run(customers(...ids), { delivery: options });
			expect(jsonOf(again).every(({ alreadySent }) => alreadySent === true)).toBe(true);
			expect(bed.sendCalls).toBe(500);
		},
	);
});
