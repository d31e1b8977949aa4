import { twoAtOnce } from '../plots';
import { shareLimit } from '../support/sharedLimit';
import type { FaultKind, Stage } from '../types';

/** None of these limits may cost a message: only time. */
const delivery = { maxWaitSeconds: 60 };

/** A limit of 120 calls a second, of which others take up to half. */
async function shared(stage: Stage): Promise<void> {
	const takenByOthers = () => Math.floor(stage.random() * 60);
	await shareLimit(stage, { allowed: 120, windowMs: 1000, takenByOthers });
}

/** Limits that are not those of the access token. */
export const sharedLimits: readonly FaultKind[] = [
	{
		name: 'limit-shared-with-others',
		what: 'a limit without headers, of which another client takes its share',
		delivery,
		arrange: shared,
	},
	{
		name: 'limit-of-half',
		what: 'half of all answers are a 429',
		delivery: { ...delivery, maxAttempts: 1 },
		simulator: { rateLimit: null },
		arrange: ({ simulator }) => {
			const headers = { 'Retry-After': '0' };
			simulator.faults.add({ kind: 'status', status: 429, headers, probability: 0.5 });
		},
	},
	{
		name: 'limit-of-two-executions',
		what: 'two executions at once, with the same keys, share that limit with another client',
		delivery,
		arrange: shared,
		keyed: true,
		plot: twoAtOnce,
		failures: { fail: ['network/unknown'] },
		repeats: true,
	},
];
