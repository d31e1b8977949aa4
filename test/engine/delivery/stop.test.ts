import type { IDataObject } from 'n8n-workflow';

import type { Fault } from '../../../dev/simulator';
import { beds, type Bed } from '../support/bed';
import { until } from '../support/outcomes';
import { contactIds, customers, type NodeSettings } from '../support/workflows';

const openBed = beds();
const many = customers(...contactIds(200));

/** Starts an execution, stops it once a condition holds, and tells how long it took to end. */
async function stopWhen(
	bed: Bed,
	condition: () => boolean,
	{ parameters, settings }: { parameters?: IDataObject; settings?: NodeSettings } = {},
) {
	const running = bed.start(many, parameters, settings);
	await until(condition);
	const stoppedAt = performance.now();
	const callsBefore = bed.sendCalls;
	running.cancel();
	const result = await running.result;
	return { result, tookMs: performance.now() - stoppedAt, callsBefore };
}

const settingsOfNode: [string, NodeSettings][] = [
	['Stop Workflow', {}],
	['Continue', { onError: 'continueRegularOutput' }],
	['Error output', { onError: 'continueErrorOutput' }],
	['Retry On Fail', { retryOnFail: true, maxTries: 5, waitBetweenTries: 1 }],
	[
		'Retry On Fail and Continue',
		{ retryOnFail: true, maxTries: 5, waitBetweenTries: 1, onError: 'continueRegularOutput' },
	],
];

describe('Stop', () => {
	it.each(settingsOfNode)(
		'in the middle of many items starts no more, and lets ten finish: %s',
		async (_name, settings) => {
			const bed = await openBed({ faults: [{ kind: 'latency', ms: 200, times: Infinity }] });
			const { result, tookMs, callsBefore } = await stopWhen(bed, () => bed.sendsInFlight === 10, {
				settings,
			});
			expect(result.status).toBe('canceled');
			expect(tookMs).toBeLessThan(3000);
			expect(bed.reached()).toEqual(contactIds(10).sort());
			expect(callsBefore).toBe(10);
			expect(bed.sendCalls).toBe(10);
			await until(() => bed.sendsInFlight === 0);
		},
	);

	const waits: [string, Fault, IDataObject][] = [
		['a backoff', { kind: 'status', status: 500 }, { backoffSeconds: 60 }],
		[
			"the server's Retry-After",
			{ kind: 'status', status: 429, headers: { 'Retry-After': '60' } },
			{ maxWaitSeconds: 120 },
		],
	];
	const cases = waits.flatMap((wait) => settingsOfNode.map((mode) => [...wait, ...mode] as const));

	it.each(cases)('during %s ends at once', async (_wait, fault, delivery, _mode, settings) => {
		const bed = await openBed({ faults: [{ ...fault, times: Infinity }] });
		const { result, tookMs } = await stopWhen(
			bed,
			() => bed.sendCalls > 0 && bed.sendsInFlight === 0,
			{ parameters: { delivery: { concurrency: 1, ...delivery } }, settings },
		);
		expect(result.status).toBe('canceled');
		expect(tookMs).toBeLessThan(3000);
		expect(bed.sendCalls).toBe(1);
	});

	it('during the wait for the next window ends at once', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 15, windowMs: 60_000 } } });
		const { result, tookMs } = await stopWhen(bed, () => bed.simulator.journal.count === 15, {
			parameters: { delivery: { concurrency: 5, maxWaitSeconds: 120 } },
		});
		expect(result.status).toBe('canceled');
		expect(tookMs).toBeLessThan(3000);
		expect(bed.sendCalls).toBe(15);
	});

	it('during the wait for a throttled token endpoint ends at once', async () => {
		const bed = await openBed({ faults: [{ kind: 'tokenThrottle', times: Infinity }] });
		const throttled = () => bed.simulator.stats.of('POST /oauth/token').statuses[400] === 2;
		const { result, tookMs } = await stopWhen(bed, throttled);
		expect(result.status).toBe('canceled');
		expect(tookMs).toBeLessThan(3000);
		expect(bed.sendCalls).toBe(0);
	});
});
