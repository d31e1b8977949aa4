import type { Failures, RightFailures } from '../types';

/** The same failures whatever the policy. */
export function always(...failures: Failures): RightFailures {
	return { retry: failures, fail: failures };
}

/** Failures of every message: after 50 in a row the node does not try the others. */
export function endless(...failures: Failures): RightFailures {
	return always(...failures, 'runStopped/no');
}
