import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { beds, type BedOptions } from '../support/bed';
import { contactsOf, hintOf, jsonOf } from '../support/outcomes';
import { contactIds, customers, type NodeSettings } from '../support/workflows';

jest.setTimeout(60_000);

const openBed = beds();
const ids = contactIds(1000);
const input = customers(...ids);
const sorted = [...ids].sort();
const retryOnFail = { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 };
/** A limit that is never reached: pacing is tested elsewhere. */
const roomy = { simulator: { rateLimit: { allowed: 100_000, windowMs: 60_000 } } };

/** Runs 1,000 items and expects each to have arrived exactly once, in the output's order. */
async function expectExactlyOnce(
	options: BedOptions,
	parameters: IDataObject = {},
	settings: NodeSettings = {},
) {
	const bed = await openBed({ ...roomy, ...options });
	const result = await bed.run(input, parameters, settings);
	expect(result.error).toBeUndefined();
	expect(bed.reached()).toEqual(sorted);
	expect(contactsOf(result)).toEqual(ids);
	return { bed, result };
}

describe('1,000 items', () => {
	it.each([false, true])('arrive exactly once (reuseConnections: %s)', async (reuseConnections) => {
		const delivery = { reuseConnections };
		const { bed, result } = await expectExactlyOnce({}, { delivery });
		expect(bed.sendCalls).toBe(1000);
		expect(bed.simulator.stats.tokenRequests).toBe(1);
		expect(hintOf(result)).toBe('Messages: 1000 sent.');
		expect(new Set(jsonOf(result).map(({ id }) => id)).size).toBe(1000);
	});

	it('arrive exactly once with Retry On Fail and a refusal in the middle', async () => {
		const refusal: Fault = { kind: 'status', status: 400, contactId: 'c500' };
		const { bed, result } = await expectExactlyOnce({ faults: [refusal] }, {}, retryOnFail);
		expect(bed.sendCalls).toBe(1001);
		expect(hintOf(result)).toContain('already sent by an earlier run');
	});

	it('arrive exactly once with Retry On Fail and bursts of server errors', async () => {
		const burst = (nth: number): Fault => ({ kind: 'status', status: 503, nth, times: 40 });
		const faults = [burst(200), burst(600)];
		const delivery = { maxAttempts: 2 };
		const { bed } = await expectExactlyOnce({ faults }, { delivery }, retryOnFail);
		expect(bed.answered(503)).toBe(80);
	});

	it('arrive exactly once with Continue, Retry On Fail and a first item that fails', async () => {
		const first: Fault = { kind: 'status', status: 409, contactId: 'c1', times: 2 };
		const { bed } = await expectExactlyOnce(
			{ faults: [first] },
			{},
			{ ...retryOnFail, onError: 'continueErrorOutput' },
		);
		expect(bed.sendCalls).toBe(1002);
	});

	it('arrive exactly once through a network that loses calls', async () => {
		const faults: Fault[] = [{ kind: 'reset', probability: 0.1 }];
		const delivery = { maxAttempts: 20, concurrency: 20 };
		const { bed } = await expectExactlyOnce({ faults }, { delivery });
		expect(bed.sendCalls).toBeGreaterThan(1000);
	});

	it('arrive at most once when answers are lost, and the lost ones are told', async () => {
		const faults: Fault[] = [{ kind: 'reset', accept: true, probability: 0.05 }];
		const bed = await openBed({ ...roomy, faults });
		const delivery = { uncertain: 'fail' };
		const result = await bed.run(input, { delivery }, { onError: 'continueErrorOutput' });
		expect(bed.reached()).toEqual(sorted);
		const failed = contactsOf(result, 1);
		expect(failed.length).toBeGreaterThan(10);
		expect([...contactsOf(result), ...failed].sort()).toEqual(sorted);
	});
});
