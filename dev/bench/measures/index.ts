import type { Bed } from '../support/bed';
import type { Row } from '../support/types';
import { credential } from './credential';
import { dryRun } from './dryRun';
import { limits } from './limits';
import { loading } from './loading';
import { memory } from './memory';
import { networkDelay } from './networkDelay';
import { overhead } from './overhead';
import { progress } from './progress';
import { rates } from './rates';
import { trigger } from './trigger';

/** A measure: one or more lines of the result. */
export type Measure = (bed: Bed) => Promise<Row[]>;

/** All measures by the name that `--only` takes. */
export const MEASURES: Readonly<Record<string, Measure>> = {
	rates,
	networkDelay,
	overhead,
	memory,
	dryRun,
	credential,
	progress,
	limits,
	loading,
	trigger,
};
