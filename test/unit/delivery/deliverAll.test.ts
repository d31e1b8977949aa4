import { deliverAll } from '../../../nodes/GenesysCloud/delivery/deliverAll';
import { Ledger } from '../../../nodes/GenesysCloud/delivery/ledger';
import {
	AMBIGUOUS,
	batchOf,
	failed,
	failure,
	FINAL,
	RETRY,
	sent,
	STOPPED,
	type TestAttempt,
} from '../support/delivery';

const ok: [TestAttempt] = [sent()];
const stateOf = (store: Record<string, unknown>, index: number) =>
	new Ledger(store).lookUp(`0:${index}:hash`);

describe('deliverAll', () => {
	it('sends every message once and records it', async () => {
		const { batch, outcomes, calls, store } = batchOf([[sent('a')], [sent('b')]]);
		await deliverAll(batch);
		expect(calls).toEqual([0, 1]);
		expect(outcomes).toMatchObject([
			{ status: 'sent', response: 'a', attempts: 1, message: { key: '0:0:hash' } },
			{ status: 'sent', response: 'b', attempts: 1, message: { key: '0:1:hash' } },
		]);
		expect(stateOf(store, 1)).toEqual({ state: 'sent', receipt: { id: 'b' } });
	});

	it('reports the attempts of a message that was retried', async () => {
		const { batch, outcomes } = batchOf([[failed(failure()), failed(AMBIGUOUS), sent()]]);
		await deliverAll(batch);
		expect(outcomes).toMatchObject([{ status: 'sent', attempts: 3 }]);
	});

	it('builds each request just before it is sent', async () => {
		const { batch, prepared, calls } = batchOf([ok, ok, ok]);
		const seen: [number, number][] = [];
		const settle = () => {
			seen.push([prepared.length, calls.length]);
			return 'continue' as const;
		};
		await deliverAll({ ...batch, settle });
		expect(seen).toEqual([
			[1, 1],
			[2, 2],
			[3, 3],
		]);
	});

	it('never has more in flight than the concurrency allows', async () => {
		let running = 0;
		let most = 0;
		const { batch } = batchOf([]);
		const message = (index: number) => ({
			key: String(index),
			receipt: (id: string) => ({ id }),
			send: async () => {
				most = Math.max(most, ++running);
				await Promise.resolve();
				running--;
				return sent();
			},
		});
		await deliverAll({ ...batch, count: 40, concurrency: 4, prepare: message });
		expect(most).toBe(4);
	});

	it('fails a message whose input cannot be used without a call', async () => {
		const invalid = { ...FINAL, reason: 'invalidInput' };
		const { batch, outcomes, calls, store } = batchOf([{ invalid }, ok]);
		await deliverAll(batch);
		expect(outcomes[0]).toEqual({ status: 'failed', failure: invalid, attempts: 0 });
		expect(outcomes[1]).toMatchObject({ status: 'sent' });
		expect(calls).toEqual([1]);
		expect(stateOf(store, 0)).toBeUndefined();
	});

	it('rejects when building a request breaks in an unforeseen way', async () => {
		const { batch } = batchOf([ok]);
		const prepare = () => {
			throw new Error('unforeseen');
		};
		await expect(deliverAll({ ...batch, prepare })).rejects.toThrow('unforeseen');
	});

	describe('in a re-run', () => {
		it('skips what was sent and returns what was recorded', async () => {
			const { batch, outcomes, calls } = batchOf([ok, ok], { store: { '0:0:hash': 'm-9' } });
			await deliverAll(batch);
			expect(calls).toEqual([1]);
			expect(outcomes[0]).toMatchObject({ status: 'alreadySent', receipt: { id: 'm-9' } });
		});

		it('sends again what nobody knows about when delivery is at least once', async () => {
			const { batch, outcomes, calls, store } = batchOf([ok], {
				store: { '0:0:hash': '?timeout' },
			});
			await deliverAll(batch);
			expect(calls).toEqual([0]);
			expect(outcomes[0]).toMatchObject({ status: 'sent' });
			expect(stateOf(store, 0)).toMatchObject({ state: 'sent' });
		});

		it('leaves alone what nobody knows about when delivery is at most once', async () => {
			const store = { '0:0:hash': '?timeout' };
			const retry = { ...RETRY, uncertain: 'fail' as const };
			const { batch, outcomes, calls } = batchOf([ok], { store, retry });
			await deliverAll(batch);
			expect(calls).toEqual([]);
			expect(outcomes[0]).toEqual({
				status: 'failed',
				failure: failure({ reason: 'timeout', delivered: 'unknown', transient: false }),
				attempts: 0,
			});
			expect(store).toEqual({ '0:0:hash': '?timeout' });
		});

		it('does not turn an earlier unknown into a certain no', async () => {
			const store = { '0:0:hash': '?timeout' };
			const { batch, outcomes } = batchOf([[failed(FINAL)]], { store });
			await deliverAll(batch);
			expect(outcomes[0]).toMatchObject({ failure: { delivered: 'unknown' } });
			expect(stateOf(store, 0)).toEqual({ state: 'unknown', reason: 'badRequest' });
		});

		it('keeps an earlier unknown when it is stopped before the first call', async () => {
			const store = { '0:0:hash': '?timeout' };
			const { batch, outcomes } = batchOf([[STOPPED]], { store });
			await deliverAll(batch);
			expect(store).toEqual({ '0:0:hash': '?timeout' });
			expect(outcomes).toEqual([]);
		});
	});

	describe('the ledger', () => {
		it('holds a message as unknown while its call is in flight', async () => {
			const { batch, store } = batchOf([ok]);
			let during: unknown;
			const prepare = () => ({
				key: '0:0:hash',
				receipt: (id: string) => ({ id }),
				send: async () => {
					during = stateOf(store, 0);
					return sent();
				},
			});
			await deliverAll({ ...batch, prepare });
			expect(during).toEqual({ state: 'unknown', reason: '' });
			expect(stateOf(store, 0)).toMatchObject({ state: 'sent' });
		});

		it('keeps nothing of a message that was certainly not sent', async () => {
			const { batch, store } = batchOf([[failed(FINAL)]]);
			await deliverAll(batch);
			expect(store).toEqual({});
		});

		it('keeps the reason of a message whose outcome is unknown', async () => {
			const { batch, store } = batchOf([[failed(AMBIGUOUS)]]);
			await deliverAll(batch);
			expect(stateOf(store, 0)).toEqual({ state: 'unknown', reason: 'serverError' });
		});
	});
});
