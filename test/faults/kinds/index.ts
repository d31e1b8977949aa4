import type { FaultKind } from '../types';
import { accessTokens } from './accessTokens';
import { answers } from './answers';
import { connections } from './connections';
import { interruptions } from './interruptions';
import { keys } from './keys';
import { lostAnswers } from './lostAnswers';
import { mixed } from './mixed';
import { organizations } from './organizations';
import { rateLimits } from './rateLimits';
import { refusals } from './refusals';
import { serverErrors } from './serverErrors';
import { sharedLimits } from './sharedLimits';
import { waits } from './waits';

/** All fault kinds, in the order of the report. */
export const KINDS: readonly FaultKind[] = [
	...rateLimits,
	...sharedLimits,
	...accessTokens,
	...serverErrors,
	...lostAnswers,
	...connections,
	...answers,
	...refusals,
	...interruptions,
	...waits,
	...keys,
	...organizations,
	...mixed,
];
