import { deliverBatch } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import type { Memory } from '../../../nodes/GenesysCloud/delivery/memory';
import { batchOf, FINAL, sent } from '../support/delivery';
import { failed } from '../../../nodes/GenesysCloud/failures/failure';

describe('Stop After Failures', () => {
	it('counts failures in a row: messages that were sent before lie between them', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const store = { 'm-1': 'id-1', 'm-3': 'id-3' };
		const { batch, calls } = batchOf(plans, { store, stopAfterFailures: 3 });
		expect(await deliverBatch(batch)).toEqual([]);
		expect(calls).toEqual([0, 2, 4, 5]);
	});

	it('ends a run in which nothing else happens', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const { batch, calls } = batchOf(plans, { stopAfterFailures: 3 });
		expect(await deliverBatch(batch)).toMatchObject([{ common: FINAL }]);
		expect(calls).toEqual([0, 1, 2]);
	});

	it('lets a re-run go on in which other messages were sent before', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const { batch, calls } = batchOf(plans, { store: { 'm-0': 'id-0' }, stopAfterFailures: 3 });
		expect(await deliverBatch(batch)).toEqual([]);
		expect(calls).toEqual([1, 2, 3, 4, 5]);
	});

	it('ends a run in which earlier executions alone have sent messages', async () => {
		const plans = Array.from({ length: 6 }, () => [failed(FINAL)] as const);
		const { batch, calls } = batchOf(plans, { stopAfterFailures: 3 });
		const known: Memory = {
			begin: ({ identity }) => ({ state: identity === 'm-0' ? 'sent' : 'new' }),
			end: () => undefined,
		};
		expect(await deliverBatch({ ...batch, memories: [known] })).toMatchObject([{ common: FINAL }]);
		expect(calls).toEqual([1, 2, 3]);
	});

	it('says of the messages that were not tried what all before them have in common', async () => {
		const plans = Array.from({ length: 3 }, () => [failed(FINAL)] as const);
		const { batch, outcomes } = batchOf(plans, { stopAfterFailures: 2 });
		await deliverBatch(batch);
		expect(outcomes[2]).toStrictEqual({
			status: 'failed',
			failure: {
				reason: 'runStopped',
				delivered: 'no',
				transient: false,
				common: FINAL,
				notCalled: true,
			},
			attempts: 0,
		});
	});

	it('does not count what ends the run of one account', async () => {
		const ending = { ...FINAL, endsRun: true } as const;
		const { batch, calls } = batchOf([[failed(ending)], [failed(ending)], [failed(ending)]], {
			stopAfterFailures: 1,
		});
		expect(await deliverBatch(batch)).toEqual([]);
		expect(calls).toEqual([0]);
	});

	it('is for each client: the messages of another one are sent', async () => {
		const plans = Array.from({ length: 5 }, () => [failed(FINAL)] as const);
		const { batch, calls, outcomes } = batchOf([...plans, [sent()]], { stopAfterFailures: 2 });
		const prepare: typeof batch.prepare = async (index) => {
			const message = await batch.prepare(index);
			return { ...message, client: index > 3 ? 'other' : 'client' };
		};
		const ended = await deliverBatch({ ...batch, prepare });
		expect(ended).toEqual([{ common: FINAL, failed: new Set([0, 1, 2, 3]) }]);
		expect(calls).toEqual([0, 1, 4, 5]);
		expect(outcomes[5]).toMatchObject({ status: 'sent' });
	});
});
