import type { FaultKind } from '../types';
import { accessTokens } from './accessTokens';
import { answers } from './answers';
import { connections } from './connections';
import { interruptions } from './interruptions';
import { lostAnswers } from './lostAnswers';
import { mixed } from './mixed';
import { rateLimits } from './rateLimits';
import { serverErrors } from './serverErrors';

/** All fault kinds, in the order of the report. */
export const KINDS: readonly FaultKind[] = [
	...rateLimits,
	...accessTokens,
	...serverErrors,
	...lostAnswers,
	...connections,
	...answers,
	...interruptions,
	...mixed,
];
