import { deliverBatch } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import { failed, isStopped, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from '../support/clock';
import {
	AMBIGUOUS,
	batchOf,
	failure,
	FINAL,
	messageOf,
	sent,
	stopped,
	type Plan,
} from '../support/delivery';

const ok: Plan = [sent()];

describe('deliverBatch', () => {
	it('sends every message once, in order', async () => {
		const { batch, outcomes, calls } = batchOf([[sent('a')], [sent('b')]]);
		expect(await deliverBatch(batch)).toEqual([]);
		expect(calls).toEqual([0, 1]);
		expect(outcomes).toEqual([
			{ status: 'sent', output: { id: 'a' }, attempts: 1 },
			{ status: 'sent', output: { id: 'b' }, attempts: 1 },
		]);
	});

	it('builds each message just before it is sent', async () => {
		const { batch, prepared, calls } = batchOf([ok, ok, ok]);
		const seen: [number, number][] = [];
		const settle = () => {
			seen.push([prepared.length, calls.length]);
			return 'continue' as const;
		};
		await deliverBatch({ ...batch, settle });
		expect(seen).toEqual([
			[1, 1],
			[2, 2],
			[3, 3],
		]);
	});

	it('fails a message whose input cannot be used, without a call', async () => {
		const invalid = failure({ reason: 'invalidInput', transient: false });
		const { batch, outcomes, calls, store } = batchOf([invalid, ok]);
		await deliverBatch(batch);
		expect(outcomes[0]).toEqual({ status: 'failed', failure: invalid, attempts: 0 });
		expect(outcomes[1]).toMatchObject({ status: 'sent' });
		expect(calls).toEqual([1]);
		expect(store).toEqual({ 'm-1': 'id-1' });
	});

	it('lets others of the process take turns while no message waits for an answer', async () => {
		const invalid = failure({ reason: 'invalidInput', transient: false });
		const { batch, clock } = batchOf(Array.from({ length: 9 }, () => invalid));
		const settle = () => {
			clock.time += 4;
			return 'continue' as const;
		};
		await deliverBatch({ ...batch, settle });
		expect(clock.waits.length).toBeGreaterThanOrEqual(3);
		expect(new Set(clock.waits.map(({ reason }) => reason))).toEqual(new Set(['turn']));
	});

	it('ends with its last message, without another turn', async () => {
		const { batch, clock } = batchOf([ok]);
		const settle = () => {
			clock.time += 50;
			return 'continue' as const;
		};
		await deliverBatch({ ...batch, settle });
		expect(clock.waits).toEqual([]);
	});

	it('starts nothing after a turn in which the execution was stopped', async () => {
		const { batch, clock, calls } = batchOf([ok, ok]);
		clock.onWait = () => (clock.isStopped = true);
		const settle = () => {
			clock.time += 50;
			return 'continue' as const;
		};
		await deliverBatch({ ...batch, settle });
		expect(calls).toEqual([0]);
	});

	it('skips a message that has the key of one for another recipient', async () => {
		const { batch, outcomes, store } = batchOf([ok]);
		const message = messageOf(ok, { sameKeyAs: { item: 0 }, known: { contactId: 'x' } });
		await deliverBatch({ ...batch, prepare: async () => await Promise.resolve(message) });
		expect(outcomes).toEqual([
			{ status: 'skipped', output: { contactId: 'x' }, sameKeyAs: { item: 0 } },
		]);
		expect(store).toEqual({});
	});

	it('rejects when building a message breaks in an unforeseen way', async () => {
		const { batch } = batchOf([ok]);
		const prepare = () => {
			throw new Error('unforeseen');
		};
		await expect(deliverBatch({ ...batch, prepare })).rejects.toThrow('unforeseen');
	});
});

describe('deliverBatch comes to an end early', () => {
	const fatal = failure({ reason: 'invalidCredentials', transient: false, endsRun: true });

	it('makes no further call of an account that is refused, but of others', async () => {
		const { batch, outcomes, calls, store } = batchOf([[failed(fatal)], ok, ok]);
		const prepare: typeof batch.prepare = async (index) => {
			const message = await batch.prepare(index);
			return { ...message, client: index === 2 ? 'other' : 'client' };
		};
		await deliverBatch({ ...batch, prepare });
		expect(calls).toEqual([0, 2]);
		expect(outcomes).toMatchObject([
			{ status: 'failed', failure: { reason: 'invalidCredentials' }, attempts: 1 },
			{ status: 'failed', failure: { reason: 'invalidCredentials' }, attempts: 0 },
			{ status: 'sent' },
		]);
		expect(store).toEqual({ 'm-2': 'id-1' });
	});

	it.each([
		['an account that is refused', [failed(fatal)], 0],
		['a run in which all fails', [failed(FINAL)], 1],
	] as const)('tells what was sent before, after %s', async (_what, plan, stopAfterFailures) => {
		const store = { 'm-1': 'id-9', 'm-2': '?timeout' };
		const { batch, outcomes, calls } = batchOf([plan, ok, ok], { store, stopAfterFailures });
		await deliverBatch(batch);
		expect(calls).toEqual([0]);
		expect(outcomes).toMatchObject([
			{ status: 'failed' },
			{ status: 'alreadySent', output: { id: 'id-9' }, inThisExecution: true },
			{ status: 'failed', failure: { delivered: 'unknown' }, attempts: 0 },
		]);
		expect(store).toEqual({ 'm-1': 'id-9', 'm-2': '?timeout    ' });
	});

	it('starts nothing after a halt but finishes what is in flight', async () => {
		const { batch, outcomes, calls } = batchOf([[failed(FINAL)], ok, ok, ok]);
		const settle: typeof batch.settle = (index, outcome) => {
			batch.settle(index, outcome);
			return outcome.status === 'failed' ? 'halt' : 'continue';
		};
		await deliverBatch({ ...batch, concurrency: 2, settle });
		expect(calls).toEqual([0, 1]);
		expect(outcomes).toMatchObject([{ status: 'failed' }, { status: 'sent' }]);
	});

	it('starts nothing once the execution is stopped', async () => {
		const { batch, prepared, clock } = batchOf([ok, ok]);
		clock.isStopped = true;
		await deliverBatch(batch);
		expect(prepared).toEqual([]);
	});

	it('settles nothing for a message that is stopped before its call', async () => {
		const { batch, outcomes, store } = batchOf([[stopped]]);
		await deliverBatch(batch);
		expect(outcomes).toEqual([]);
		expect(store).toEqual({});
	});

	it('keeps the doubt of a message that is stopped between two attempts', async () => {
		const clock = new FakeClock();
		clock.onWait = () => (clock.isStopped = true);
		const { batch, outcomes, store } = batchOf([[failed(AMBIGUOUS), sent()], ok], { clock });
		await deliverBatch(batch);
		expect(outcomes).toMatchObject([{ status: 'failed', attempts: 1 }]);
		expect(store).toEqual({ 'm-0': '?serverError    1' });
	});
});

describe('Stop After Failures', () => {
	const broken = failure({ reason: 'notFound', code: 'not.found', transient: false });

	async function run(plans: readonly (Plan | Failure)[], stopAfterFailures = 3) {
		const { batch, outcomes, calls } = batchOf(plans, { stopAfterFailures });
		const [ended] = await deliverBatch(batch);
		return { common: ended?.common, outcomes, calls };
	}
	const times = (count: number, ...plan: Plan) => Array.from({ length: count }, () => plan);

	it('ends a run in which all messages fail in the same way', async () => {
		const { common, outcomes, calls } = await run(times(5, failed(broken)));
		expect(common).toEqual(broken);
		expect(calls).toEqual([0, 1, 2]);
		expect(outcomes.slice(2)).toMatchObject([
			{ failure: broken, attempts: 1 },
			{ failure: { reason: 'runStopped', delivered: 'no', common: broken }, attempts: 0 },
			{ failure: { reason: 'runStopped', delivered: 'no', common: broken }, attempts: 0 },
		]);
	});

	it('is not the stop of an execution', async () => {
		const { outcomes } = await run(times(4, failed(broken)));
		const last = outcomes[3]!;
		expect(last.status === 'failed' && isStopped(last.failure)).toBe(false);
	});

	it.each([
		['one was sent before', [ok, ...times(4, failed(broken))]],
		['one was sent in between', [...times(2, failed(broken)), ok, ...times(3, failed(broken))]],
		[
			'the reasons differ',
			[...times(2, failed(broken)), [failed(FINAL)], ...times(2, failed(broken))],
		],
		[
			'the codes differ',
			[
				...times(2, failed(broken)),
				[failed({ ...broken, code: 'x' })],
				...times(2, failed(broken)),
			],
		],
		['they are fewer', times(2, failed(broken))],
	] as const)('lets a run go on when %s', async (_why, plans) => {
		const { common, calls } = await run(plans as readonly Plan[]);
		expect(common).toBeUndefined();
		expect(calls).toHaveLength(plans.length);
	});

	it.each(['sessionExpired', 'optedOut', 'outsideSendWindow', 'invalidInput'] as const)(
		'does not count %s, which is about one customer',
		async (reason) => {
			const own = failed(failure({ reason, transient: false }));
			expect((await run(times(6, own))).common).toBeUndefined();
			const between: Plan[] = [...times(2, failed(broken)), [own], ...times(2, failed(broken))];
			expect((await run(between)).calls).toEqual([0, 1, 2, 3]);
		},
	);

	it('counts contactNotFound: nobody being known means a wrong organization', async () => {
		const unknown = failed(failure({ reason: 'contactNotFound', transient: false }));
		expect((await run(times(6, unknown))).calls).toEqual([0, 1, 2]);
	});

	it('does not count what an earlier run left in doubt', async () => {
		const store = Object.fromEntries([0, 1, 2, 3].map((index) => [`m-${index}`, '?timeout']));
		const { batch, outcomes } = batchOf(times(4, sent()), { stopAfterFailures: 2, store });
		const retry = { ...batch.retry, uncertain: 'fail' } as const;
		expect(await deliverBatch({ ...batch, retry })).toEqual([]);
		expect(outcomes).toMatchObject(Array(4).fill({ failure: { reason: 'timeout' } }));
	});

	it('never ends a run with 0', async () => {
		expect((await run(times(60, failed(broken)), 0)).calls).toHaveLength(60);
	});
});
