import * as fc from 'fast-check';

import { deliverAll } from '../../../nodes/GenesysCloud/delivery/deliverAll';
import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import type { RetrySettings } from '../../../nodes/GenesysCloud/delivery/retryPolicy';
import type { DeliveryFailure } from '../../../nodes/GenesysCloud/delivery/types';
import type { FakeClock } from './clock';
import {
	batchOf,
	failed,
	sent,
	STOPPED,
	type TestAttempt,
	type TestBatch,
	type TestMessage,
	type TestOutcome,
} from './delivery';

/** What the server does with one call: what it answers, and whether the customer got the message. */
export interface Behaviour {
	readonly result: TestAttempt;
	readonly accepted: boolean;
}

const failures: fc.Arbitrary<DeliveryFailure> = fc.record(
	{
		reason: fc.constantFrom('rateLimited', 'serverError', 'network', 'badRequest'),
		delivered: fc.constantFrom('no', 'unknown'),
		transient: fc.boolean(),
		retryAfterMs: fc.constantFrom(0, 1, 999, 180_000, 180_001, 1e15),
		endsRun: fc.boolean(),
	},
	{ requiredKeys: ['reason', 'delivered', 'transient'] },
);

/** Any behaviour of an honest server: a message that was "not delivered" was not accepted. */
export const behaviours: fc.Arbitrary<Behaviour> = fc.oneof(
	{ weight: 2, arbitrary: fc.constant({ result: sent(), accepted: true }) },
	{
		weight: 3,
		arbitrary: fc.tuple(failures, fc.boolean()).map(([failure, maybe]) => ({
			result: failed(failure),
			accepted: maybe && failure.delivered === 'unknown',
		})),
	},
);

/** Any settings that the node lets through. */
export const retrySettings: fc.Arbitrary<RetrySettings> = fc.record({
	maxAttempts: fc.integer({ min: 1, max: 5 }),
	backoffMs: fc.constantFrom(0, 1, 1_000, 300_000),
	maxWaitMs: fc.constantFrom(0, 1_000, 180_000),
	uncertain: fc.constantFrom('retry', 'fail'),
});

/** One run of a batch against a server whose calls end in any order. */
export interface Scenario {
	/** What each message meets, attempt by attempt; the last behaviour repeats. */
	readonly plans: readonly (readonly Behaviour[])[];
	readonly retry: RetrySettings;
	readonly concurrency: number;
	/** The call during which the user stops the execution, if any; counted from 1. */
	readonly stopAtCall?: number;
	/** The message whose outcome halts the run, if any. */
	readonly haltAt?: number;
}

export const scenarios: fc.Arbitrary<Scenario> = fc.record(
	{
		plans: fc.array(fc.array(behaviours, { minLength: 1, maxLength: 5 }), { maxLength: 12 }),
		retry: retrySettings,
		concurrency: fc.integer({ min: 1, max: 5 }),
		stopAtCall: fc.integer({ min: 1, max: 12 }),
		haltAt: fc.nat({ max: 11 }),
	},
	{ requiredKeys: ['plans', 'retry', 'concurrency'] },
);

/** All that happened in a run. */
export interface Observed {
	readonly outcomes: TestOutcome[][];
	readonly calls: number[];
	readonly accepted: number[];
	readonly results: TestAttempt[][];
	readonly startedAfterEnd: number[];
	readonly mostInFlight: number;
	readonly clock: FakeClock;
	readonly store: LedgerStore;
	/** The ledger as n8n would have stored it at the start of each call. */
	readonly snapshots: { readonly store: LedgerStore; readonly accepted: readonly number[] }[];
}

/** Plays a scenario; `scheduler` decides in which order calls end. */
export async function play(
	scenario: Scenario,
	scheduler: fc.Scheduler,
	store: LedgerStore = {},
): Promise<Observed> {
	const { plans, stopAtCall, haltAt } = scenario;
	const { batch, clock } = batchOf([], { store });
	const outcomes: TestOutcome[][] = plans.map(() => []);
	const results: TestAttempt[][] = plans.map(() => []);
	const [calls, accepted, startedAfterEnd]: [number[], number[], number[]] = [[], [], []];
	const snapshots: Observed['snapshots'] = [];
	let [inFlight, mostInFlight, halted] = [0, 0, false];

	const send = async (index: number): Promise<TestAttempt> => {
		// As the API client does: no call after Stop.
		if (clock.stopped()) return STOPPED;
		calls.push(index);
		const plan = plans[index]!;
		const behaviour = plan[Math.min(results[index]!.length, plan.length - 1)]!;
		results[index]!.push(behaviour.result);
		if (behaviour.accepted) accepted.push(index);
		snapshots.push({ store: { ...store }, accepted: [...accepted] });
		if (calls.length === stopAtCall) clock.isStopped = true;
		mostInFlight = Math.max(mostInFlight, ++inFlight);
		await scheduler.schedule(Promise.resolve());
		inFlight--;
		return behaviour.result;
	};
	const whole: TestBatch = {
		...batch,
		count: plans.length,
		concurrency: scenario.concurrency,
		retry: scenario.retry,
		ledger: new Ledger(store),
		prepare: (index): TestMessage => {
			if (halted || clock.stopped()) startedAfterEnd.push(index);
			return {
				key: `0:${index}:hash`,
				send: async () => await send(index),
				receipt: (id) => ({ id }),
			};
		},
		settle: (index, outcome) => {
			outcomes[index]!.push(outcome);
			halted ||= index === haltAt;
			return index === haltAt ? 'halt' : 'continue';
		},
	};
	await scheduler.waitFor(deliverAll(whole));
	const kept = { outcomes, calls, accepted, results, startedAfterEnd, snapshots };
	return { ...kept, mostInFlight, clock, store };
}
