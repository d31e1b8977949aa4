import { deliverBatch } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import type { Memory } from '../../../nodes/GenesysCloud/delivery/memory';
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

	it('lets a re-run go on in which other messages were sent before', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const { batch, calls } = batchOf(plans, { store: { 'm-0': 'id-0' }, stopAfterFailures: 3 });
		expect(await deliverBatch(batch)).toBeUndefined();
		expect(calls).toEqual([1, 2, 3, 4, 5]);
	});

	it('ends a run in which earlier executions alone have sent messages', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const { batch, calls } = batchOf(plans, { stopAfterFailures: 3 });
		const known: Memory = {
			begin: ({ identity }) => ({ state: identity === 'm-0' ? 'sent' : 'new' }),
			end: () => undefined,
		};
		expect(await deliverBatch({ ...batch, memories: [known] })).toEqual(FINAL);
		expect(calls).toEqual([1, 2, 3]);
	});
});
