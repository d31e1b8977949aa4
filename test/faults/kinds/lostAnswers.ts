import { endless } from '../support/failures';
import { strikeAll, strikeFew, strikeSome } from '../support/strike';
import type { FaultKind } from '../types';

/** Short enough to wait for many, long enough for a busy machine. */
export const impatient = {
	timeoutSeconds: 5,
	concurrency: 10,
	maxAttempts: 6,
	maxWaitSeconds: 60,
};

/** Messages that were accepted, but the answer was lost: the faults that make duplicates. */
export const lostAnswers: readonly FaultKind[] = [
	{
		name: 'accepted-reset',
		what: 'some messages are accepted, then the connection is reset',
		arrange: (stage) => strikeSome(stage, { kind: 'reset', accept: true }),
		failures: { fail: ['network/unknown'] },
		repeats: true,
	},
	{
		name: 'accepted-reset-for-ever',
		what: 'every message is accepted, then the connection is reset',
		// More calls than a fresh token's assumed 300 a minute would wait for the next window.
		delivery: { maxAttempts: 1 },
		arrange: (stage) => strikeAll(stage, { kind: 'reset', accept: true }),
		failures: endless('network/unknown'),
		repeats: true,
	},
	{
		name: 'accepted-time-out',
		what: 'some messages are accepted, then no answer comes',
		delivery: impatient,
		arrange: (stage) => {
			strikeFew(stage, { kind: 'hang', accept: true }, 15);
			// On a busy machine, others may time out as well.
			stage.hit.clear();
		},
		failures: { fail: ['timeout/unknown'] },
		repeats: true,
	},
	{
		name: 'accepted-500',
		what: 'some messages are accepted and answered with 500',
		arrange: (stage) => strikeSome(stage, { kind: 'status', status: 500, acceptFirst: true }),
		failures: { fail: ['serverError/unknown'] },
		repeats: true,
	},
	{
		name: 'accepted-504',
		what: "some messages are accepted and answered with a gateway's 504",
		arrange: (stage) =>
			strikeSome(stage, { kind: 'status', status: 504, body: 'html', acceptFirst: true }),
		failures: { fail: ['serverError/unknown'] },
		repeats: true,
	},
];
