import type { Batch } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import type {
	Message,
	Outcome,
	RetrySettings,
	Sent,
} from '../../../nodes/GenesysCloud/delivery/types';
import {
	failed,
	STOPPED,
	succeeded,
	type Failure,
	type Result,
} from '../../../nodes/GenesysCloud/failures/failure';
import { FakeClock } from './clock';

/** What one attempt comes to. */
export type Attempt = Result<Sent>;
/** What a message meets, attempt by attempt; the last one repeats. */
export type Plan = readonly [Attempt, ...Attempt[]];

/** The design's defaults. */
export const RETRY: RetrySettings = {
	maxAttempts: 3,
	backoffMs: 1_000,
	maxWaitMs: 180_000,
	uncertain: 'retry',
};

/** A failure after which another try is allowed, and that the message certainly did not survive. */
export function failure(overrides: Partial<Failure> = {}): Failure {
	return { reason: 'network', delivered: 'no', transient: true, ...overrides };
}

/** A 504 or a lost connection: the message may have been accepted. */
export const AMBIGUOUS = failure({ reason: 'serverError', delivered: 'unknown' });
/** A bad contact: never retried. */
export const FINAL = failure({ reason: 'badRequest', transient: false });

export const sent = (id = 'id-1'): Attempt => succeeded({ output: { id }, receipt: { id } });
export const stopped: Attempt = failed(STOPPED);

/** An attempt that plays the given results, then repeats the last one. */
export function attempts<T>(...results: readonly [T, ...T[]]) {
	let next = 0;
	return jest.fn(async () => results[Math.min(next++, results.length - 1)]!);
}

/** A message that plays its plan; each attempt is a call. */
export function messageOf(plan: Plan, overrides: Partial<Message> = {}): Message {
	const attempt = attempts(...plan);
	return {
		identity: 'm-0',
		keys: [],
		known: {},
		client: 'client',
		attempt: async (aboutToCall) => {
			aboutToCall();
			return await attempt();
		},
		...overrides,
	};
}

/** A batch whose message `index` plays `plans[index]`, with everything it did. */
export function batchOf(
	plans: readonly (Plan | Failure)[],
	overrides: Partial<Batch> & { readonly store?: LedgerStore } = {},
) {
	const { store = {}, ...rest } = overrides;
	const outcomes: Outcome[] = [];
	const calls: number[] = [];
	const prepared: number[] = [];
	const clock = new FakeClock();
	const batch: Batch = {
		count: plans.length,
		concurrency: 1,
		stopAfterFailures: 0,
		retry: RETRY,
		memories: [new Ledger(store)],
		clock,
		prepare: async (index) => {
			prepared.push(index);
			const plan = plans[index]!;
			if ('reason' in plan) return plan;
			const message = messageOf(plan, { identity: `m-${index}` });
			const attempt: Message['attempt'] = async (aboutToCall) => {
				calls.push(index);
				return await message.attempt(aboutToCall);
			};
			return { ...message, attempt };
		},
		settle: (index, outcome) => {
			outcomes[index] = outcome;
			return 'continue';
		},
		...rest,
	};
	return { batch, store, outcomes, calls, prepared, clock };
}
