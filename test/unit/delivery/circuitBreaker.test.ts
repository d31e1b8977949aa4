import { deliverBatch } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import { batchOf, FINAL } from '../support/delivery';
import { failed } from '../../../nodes/GenesysCloud/failures/failure';

describe('Stop After Failures', () => {
	it('counts failures in a row: messages that were sent before lie between them', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const store = { 'm-1': 'id-1', 'm-3': 'id-3' };
		const { batch, calls } = batchOf(plans, { store, stopAfterFailures: 3 });
		expect(await deliverBatch(batch)).toBeUndefined();
		expect(calls).toEqual([0, 2, 4, 5]);
	});

	it('ends a run in which nothing else happens', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const { batch, calls } = batchOf(plans, { stopAfterFailures: 3 });
		expect(await deliverBatch(batch)).toEqual(FINAL);
		expect(calls).toEqual([0, 1, 2]);
	});
});
