import type { Bed } from '../support/bed';
import type { Row } from '../support/types';
import { accessTokens } from './accessTokens';
import { loading } from './loading';
import { networkDelay } from './networkDelay';
import { overhead } from './overhead';
import { progress } from './progress';
import { rateLimit } from './rateLimit';
import { rates } from './rates';
import { thousands } from './thousands';

/** A measure: one or more lines of the result. */
export type Measure = (bed: Bed) => Promise<Row[]>;

/** All measures by the name that `--only` takes. */
export const MEASURES: Readonly<Record<string, Measure>> = {
	rates,
	networkDelay,
	overhead,
	thousands,
	progress,
	rateLimit,
	accessTokens,
	loading,
};
