import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { LOOK_UP } from '../support/messages';
import { jsonOf, until } from '../support/outcomes';
import { WatchedStore } from '../support/stores';
import { contactIds, customers, type NodeSettings } from '../support/workflows';

jest.setTimeout(60_000);

const openBed = beds();
const ten = customers(...contactIds(10));
const sendOnceKey = '={{ $json.contactId }}';
const modes: [string, NodeSettings][] = [
	['Stop Workflow', {}],
	['Continue', { onError: 'continueRegularOutput' }],
	['Retry On Fail', { retryOnFail: true, maxTries: 3, waitBetweenTries: 1 }],
];

/** Starts an execution, stops it when a condition holds, and expects that it ends within a second. */
async function expectQuickStop(
	bed: Bed,
	when: () => boolean,
	input: INodeExecutionData[],
	parameters: IDataObject,
	settings: NodeSettings = {},
): Promise<void> {
	const running = bed.start(input, parameters, settings);
	await until(when);
	const stoppedAt = performance.now();
	running.cancel();
	const result = await running.result;
	expect(performance.now() - stoppedAt).toBeLessThan(1_000);
	expect(result.status).toBe('canceled');
}

/** The day of the week in three days: it is not now, in any time zone. */
const NOT_NOW = [
	new Date(Date.now() + 3 * 86_400_000)
		.toLocaleDateString('en-US', { weekday: 'short' })
		.toLowerCase(),
];

const forever = (fault: Fault): Fault => ({ ...fault, times: Infinity });

describe.each(modes)('Stop ends within a second (%s)', (_name, settings) => {
	it('a login that does not answer', async () => {
		const bed = await openBed({ faults: [forever({ kind: 'hang', endpoint: 'token' })] });
		const waiting = () => bed.simulator.stats.of('POST /oauth/token').inFlight > 0;
		await expectQuickStop(bed, waiting, ten, {}, settings);
		expect(bed.sendCalls).toBe(0);
	});

	it('a look-up that does not answer', async () => {
		const bed = await openBed({ faults: [forever({ kind: 'hang', endpoint: 'read' })] });
		const parameters = {
			resource: 'externalContact',
			operation: 'lookUp',
			identifierType: 'Phone',
			identifierValue: '+12025550143',
		};
		const waiting = () => bed.simulator.stats.of(LOOK_UP).inFlight > 0;
		await expectQuickStop(bed, waiting, ten, parameters, settings);
	});

	it('the lock of a worker that was killed', async () => {
		const store = new WatchedStore();
		const context = { workflow: { id: 'wf' }, node: { name: 'Send' } } as never;
		await store.checkProcessedAndRecord([1], 'node', context, { mode: 'latestIncrementalKey' });
		const bed = await openBed({ deduplication: store });
		const waiting = () => store.calls.filter(({ scope }) => scope === 'node').length > 5;
		await expectQuickStop(bed, waiting, ten, { delivery: { sendOnceKey } }, settings);
		expect(bed.sendCalls).toBe(0);
	});

	it('a database that does not answer', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		await bed.run(customers('c0'), { delivery: { sendOnceKey } });
		const before = store.keyCalls;
		store.before = async ({ scope, method }) => {
			const claims = scope === 'workflow' && method === 'checkProcessedAndRecord';
			if (claims && store.keyCalls > before + 2) await new Promise<never>(() => undefined);
		};
		const waiting = () => store.keyCalls > before + 2;
		await expectQuickStop(bed, waiting, ten, { delivery: { sendOnceKey } }, settings);
		expect(bed.reached()).toEqual(['c0']);
	});

	it('a window of a rate limit', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 5, windowMs: 60_000 } } });
		const parameters = { delivery: { maxWaitSeconds: 120, concurrency: 5 } };
		await expectQuickStop(bed, () => bed.simulator.journal.count === 5, ten, parameters, settings);
		expect(bed.sendCalls).toBe(5);
	});

	it('a backoff', async () => {
		const bed = await openBed({ faults: [forever({ kind: 'status', status: 500 })] });
		const parameters = { delivery: { backoffSeconds: 60, concurrency: 1 } };
		await expectQuickStop(bed, () => bed.answered(500) === 1, ten, parameters, settings);
	});
});

describe('Stop', () => {
	it('ends the check of 60,000 items within a second', async () => {
		const bed = await openBed();
		const input = customers(...contactIds(60_000));
		const message = '={{ $json.text + " " + Math.random() }}';
		const startedAt = performance.now();
		const afterAMoment = () => performance.now() - startedAt > 400;
		await expectQuickStop(bed, afterAMoment, input, { message });
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});

	const closed = { sendWindow: { window: { from: '00:00', to: '00:01', days: NOT_NOW } } };
	it.each<[string, IDataObject]>([
		['of a dry run', { delivery: { dryRun: 'always' } }],
		['outside their window', { message: '={{ $json.text + Math.random() }}', delivery: closed }],
		['with input that cannot be used', { message: '={{ $json.nothing ?? "" }}' }],
	])('ends 60,000 items %s within a second', async (_which, parameters) => {
		const bed = await openBed();
		const input = customers(...contactIds(60_000));
		const startedAt = performance.now();
		const afterAMoment = () => performance.now() - startedAt > 400;
		await expectQuickStop(bed, afterAMoment, input, parameters, { onError: 'continueErrorOutput' });
		expect(bed.sendCalls).toBe(0);
	});

	it('waits for a send that is in flight, and for that alone', async () => {
		const bed = await openBed({ faults: [forever({ kind: 'latency', ms: 500 })] });
		const running = bed.start(ten, { delivery: { concurrency: 2 } });
		await until(() => bed.sendsInFlight === 2);
		running.cancel();
		await running.result;
		expect(bed.sendCalls).toBe(2);
		expect(bed.reached()).toEqual(['c1', 'c2']);
	});

	it('leaves nothing behind that a later run would not send', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		bed.simulator.faults.add(forever({ kind: 'latency', ms: 100 }));
		const parameters = { delivery: { sendOnceKey, concurrency: 2, uncertain: 'fail' } };
		const running = bed.start(ten, parameters);
		await until(() => bed.simulator.journal.count >= 2);
		running.cancel();
		await running.result;
		await until(() => bed.sendsInFlight === 0);
		const rest = await bed.run(ten, parameters, { onError: 'continueErrorOutput' });
		expect(jsonOf(rest, 1)).toEqual([]);
		expect(bed.reached()).toEqual(contactIds(10).sort());
	});
});

describe('a database call that hangs in one execution', () => {
	it('blocks neither executions without keys nor, for long, those with keys', async () => {
		const store = new WatchedStore();
		const bed = await openBed({ deduplication: store });
		await bed.run(customers('c0'), { delivery: { sendOnceKey } });
		const before = store.keyCalls;
		const hung = () => store.keyCalls === before + 3;
		store.before = async ({ scope }) => {
			if (scope === 'workflow' && hung()) await new Promise<never>(() => undefined);
		};
		const stuck = bed.start(customers('c1'), { delivery: { sendOnceKey } });
		await until(hung);
		const startedAt = performance.now();
		await bed.run(customers('c2'));
		expect(performance.now() - startedAt).toBeLessThan(1_000);
		const other = await bed.run(customers('c3'), { delivery: { sendOnceKey } });
		expect(jsonOf(other)).toHaveLength(1);
		expect(performance.now() - startedAt).toBeLessThan(20_000);
		stuck.cancel();
		await stuck.result;
		expect(bed.reached()).toEqual(['c0', 'c2', 'c3']);
	});
});
