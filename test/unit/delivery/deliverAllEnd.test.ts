import { deliverAll } from '../../../nodes/GenesysCloud/delivery/deliverAll';
import { Ledger } from '../../../nodes/GenesysCloud/delivery/ledger';
import { FakeClock } from '../support/clock';
import {
	AMBIGUOUS,
	batchOf,
	failed,
	failure,
	FINAL,
	sent,
	STOPPED,
	type TestAttempt,
} from '../support/delivery';

const ok: [TestAttempt] = [sent()];
const stateOf = (store: Record<string, unknown>, index: number) =>
	new Ledger(store).lookUp(`0:${index}:hash`);

describe('deliverAll comes to an end early', () => {
	it('makes no further call after a failure that ends the run', async () => {
		const fatal = failure({ reason: 'invalidCredentials', transient: false, endsRun: true });
		const store = { '0:2:hash': 'm-2' };
		const { batch, outcomes, calls } = batchOf([[failed(fatal)], ok, ok], { store });
		await deliverAll(batch);
		expect(calls).toEqual([0]);
		expect(outcomes).toMatchObject([
			{ status: 'failed', failure: { reason: 'invalidCredentials' }, attempts: 1 },
			{ status: 'failed', failure: { reason: 'invalidCredentials' }, attempts: 0 },
			{ status: 'alreadySent' },
		]);
		expect(store).toEqual({ '0:2:hash': 'm-2' });
	});

	it('starts nothing after a halt but finishes what is in flight', async () => {
		const { batch, outcomes, calls } = batchOf([[failed(FINAL)], ok, ok, ok]);
		const settle: typeof batch.settle = (index, outcome) => {
			batch.settle(index, outcome);
			return outcome.status === 'failed' ? 'halt' : 'continue';
		};
		await deliverAll({ ...batch, concurrency: 2, settle });
		expect(calls).toEqual([0, 1]);
		expect(outcomes).toMatchObject([{ status: 'failed' }, { status: 'sent' }]);
	});

	it('starts nothing once the execution is stopped', async () => {
		const { batch, prepared, clock } = batchOf([ok, ok]);
		clock.isStopped = true;
		await deliverAll(batch);
		expect(prepared).toEqual([]);
	});

	it('undoes its entry when it is stopped before the first call', async () => {
		const { batch, outcomes, store } = batchOf([[STOPPED]]);
		await deliverAll(batch);
		expect(outcomes).toEqual([]);
		expect(store).toEqual({});
	});

	it('keeps the entry of a message that is stopped between two attempts', async () => {
		const clock = new FakeClock();
		clock.onWait = () => (clock.isStopped = true);
		const { batch, outcomes, store } = batchOf([[failed(AMBIGUOUS), sent()], ok], { clock });
		await deliverAll(batch);
		expect(outcomes).toMatchObject([{ status: 'failed', attempts: 1 }]);
		expect(stateOf(store, 0)).toEqual({ state: 'unknown', reason: 'serverError' });
	});
});
