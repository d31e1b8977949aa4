import type { Failures, RightFailures } from '../types';

/** The same failures whatever the policy. */
export function always(...failures: Failures): RightFailures {
	return { retry: failures, fail: failures };
}

/**
 * Failures of every message: after 50 in a row the node does not try the others. What an earlier run of the
 * node has left open stays so.
 */
export function endless(...failures: Failures): RightFailures {
	const leavesOpen = failures.some((failure) => failure.endsWith('/unknown'));
	return always(
		...failures,
		'runStopped/no',
		...(leavesOpen ? (['runStopped/unknown'] as const) : []),
	);
}
