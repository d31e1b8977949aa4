import * as fc from 'fast-check';

import { deliverBatch } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import type { LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import type { Message, Outcome, RetrySettings } from '../../../nodes/GenesysCloud/delivery/types';
import { failed, type Failure } from '../../../nodes/GenesysCloud/failures/failure';
import type { FakeClock } from './clock';
import { batchOf, FINAL, messageOf, sent, stopped, type Attempt } from './delivery';

/** What the server does with one call: what it answers, and whether the customer got the message. */
interface Behaviour {
	readonly result: Attempt;
	readonly accepted: boolean;
}

const failures: fc.Arbitrary<Failure> = fc
	.record(
		{
			reason: fc.constantFrom('rateLimited', 'serverError', 'network', 'badRequest'),
			delivered: fc.constantFrom('no', 'unknown'),
			transient: fc.boolean(),
			retryAfterMs: fc.constantFrom(0, 1, 999, 180_000, 180_001, 1e15),
			endsRun: fc.boolean(),
		},
		{ requiredKeys: ['reason', 'delivered', 'transient'] },
	)
	// A refusal for the rate is about this call alone.
	.map((made) => (made.reason === 'rateLimited' ? { ...made, endsRun: false } : made));

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

/** A server that limits the rate for ever would never end: the API client bounds that. */
const REFUSED: Behaviour = { result: failed(FINAL), accepted: false };

/** Any settings that the node lets through. */
export const retrySettings: fc.Arbitrary<RetrySettings> = fc.record({
	maxAttempts: fc.integer({ min: 1, max: 5 }),
	backoffMs: fc.constantFrom(0, 1, 1_000, 300_000),
	maxWaitMs: fc.constantFrom(0, 1_000, 180_000),
	uncertain: fc.constantFrom('retry', 'fail'),
});

/** One run of a batch against a server whose calls end in any order. */
interface Scenario {
	/** What each message meets, attempt by attempt; then it is refused. */
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
interface Observed {
	readonly outcomes: Outcome[][];
	readonly calls: number[];
	readonly accepted: number[];
	readonly results: Attempt[][];
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
	const outcomes: Outcome[][] = plans.map(() => []);
	const results: Attempt[][] = plans.map(() => []);
	const [calls, accepted, startedAfterEnd]: [number[], number[], number[]] = [[], [], []];
	const snapshots: Observed['snapshots'] = [];
	let [inFlight, mostInFlight, halted] = [0, 0, false];

	const send = async (index: number, aboutToCall: () => void): Promise<Attempt> => {
		// As the API client does: no call after Stop.
		if (clock.stopped()) return stopped;
		aboutToCall();
		calls.push(index);
		const plan = plans[index]!;
		const behaviour = plan[results[index]!.length] ?? REFUSED;
		results[index]!.push(behaviour.result);
		if (behaviour.accepted) accepted.push(index);
		snapshots.push({ store: { ...store }, accepted: [...accepted] });
		if (calls.length === stopAtCall) clock.isStopped = true;
		mostInFlight = Math.max(mostInFlight, ++inFlight);
		await scheduler.schedule(Promise.resolve());
		inFlight--;
		return behaviour.result;
	};
	const whole = {
		...batch,
		count: plans.length,
		concurrency: scenario.concurrency,
		retry: scenario.retry,
		prepare: async (index: number): Promise<Message> => {
			if (halted || clock.stopped()) startedAfterEnd.push(index);
			const attempt: Message['attempt'] = async (aboutToCall) => await send(index, aboutToCall);
			return await Promise.resolve(messageOf([sent()], { identity: `m-${index}`, attempt }));
		},
		settle: (index: number, outcome: Outcome) => {
			outcomes[index]!.push(outcome);
			halted ||= index === haltAt;
			return index === haltAt ? ('halt' as const) : ('continue' as const);
		},
	};
	await scheduler.waitFor(deliverBatch(whole));
	const kept = { outcomes, calls, accepted, results, startedAfterEnd, snapshots };
	return { ...kept, mostInFlight, clock, store };
}
