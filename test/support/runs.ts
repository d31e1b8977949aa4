/**
 * How long the property and fuzz tests run. By itself `npm test` tries the same cases every time, so
 * that a red test means a change and not bad luck; `npm run test:fuzz` sets FUZZ, which multiplies the
 * cases and draws new ones. fast-check prints seed and path of a failure: passed to `fc.assert`, they
 * play it again.
 */
const factor = Number(process.env.FUZZ ?? 0);
const SEED = 20_261_122;

// Many cases in one test: the usual limit bounds a single one.
jest.setTimeout(factor > 0 ? 3_600_000 : 60_000);

/**
 * The parameters of `fc.assert`.
 *
 * @param numRuns how many cases a usual run tries
 * @returns number of cases, and the seed unless new cases are wanted
 */
export function runs(numRuns: number): { numRuns: number; seed?: number } {
	return factor > 0 ? { numRuns: numRuns * factor } : { numRuns, seed: SEED };
}
