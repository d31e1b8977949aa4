import type { Batch, Message } from '../../../nodes/GenesysCloud/delivery/batch';
import { Ledger, type LedgerStore } from '../../../nodes/GenesysCloud/delivery/ledger';
import type { RetrySettings } from '../../../nodes/GenesysCloud/delivery/retryPolicy';
import type { Attempt, DeliveryFailure } from '../../../nodes/GenesysCloud/delivery/types';
import { FakeClock } from './clock';

export type TestAttempt = Attempt<string, DeliveryFailure>;
export type TestMessage = Message<string, DeliveryFailure>;
export type TestBatch = Batch<string, DeliveryFailure>;
export type TestOutcome = Parameters<TestBatch['settle']>[1];

/** The design's defaults. */
export const RETRY: RetrySettings = {
	maxAttempts: 3,
	backoffMs: 1_000,
	maxWaitMs: 180_000,
	uncertain: 'retry',
};

/** A failure after which another try is allowed. */
export function failure(overrides: Partial<DeliveryFailure> = {}): DeliveryFailure {
	return { reason: 'rateLimited', delivered: 'no', transient: true, ...overrides };
}

/** A 504 or a lost connection: the message may have been accepted. */
export const AMBIGUOUS = failure({ reason: 'serverError', delivered: 'unknown' });
/** A bad contact: never retried. */
export const FINAL = failure({ reason: 'badRequest', transient: false });

export const sent = (response = 'id-1'): TestAttempt => ({ status: 'sent', response });
export const failed = (failure: DeliveryFailure): TestAttempt => ({ status: 'failed', failure });
export const STOPPED: TestAttempt = { status: 'stopped' };

/** An attempt function that plays the given results, then repeats the last one. */
export function attempts(...results: [TestAttempt, ...TestAttempt[]]) {
	let next = 0;
	return jest.fn(async () => results[Math.min(next++, results.length - 1)]!);
}

/** A batch whose message `index` plays `plans[index]`, with everything it did. */
export function batchOf(
	plans: readonly (
		readonly [TestAttempt, ...TestAttempt[]] | { readonly invalid: DeliveryFailure }
	)[],
	overrides: Partial<TestBatch> & { store?: LedgerStore } = {},
) {
	const { store = {}, ...rest } = overrides;
	const outcomes: (TestOutcome | undefined)[] = [];
	const calls: number[] = [];
	const prepared: number[] = [];
	const clock = new FakeClock();
	const batch: TestBatch = {
		count: plans.length,
		concurrency: 1,
		retry: RETRY,
		ledger: new Ledger(store),
		clock,
		prepare: (index): TestMessage | { readonly invalid: DeliveryFailure } => {
			prepared.push(index);
			const plan = plans[index]!;
			if ('invalid' in plan) return { invalid: plan.invalid };
			const attempt = attempts(...plan);
			return {
				key: `0:${index}:hash`,
				send: async () => {
					calls.push(index);
					return await attempt();
				},
				receipt: (id) => ({ id }),
			};
		},
		keyNotChecked: () => failure({ reason: 'keyNotChecked', transient: false }),
		keyNotStored: () => undefined,
		uncertainEarlier: (reason) => failure({ reason, delivered: 'unknown', transient: false }),
		settle: (index, outcome) => {
			outcomes[index] = outcome;
			return 'continue';
		},
		...rest,
	};
	return { batch, store, outcomes, calls, prepared, clock };
}
