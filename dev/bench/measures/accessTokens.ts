import type { Bed } from '../support/bed';
import { alternate } from '../support/rounds';
import { exact, judged } from '../support/rows';
import type { Row } from '../support/types';

/** So low that the limit decides, not this machine: ten tokens are allowed 300 calls a second. */
const LIMIT = { allowed: 60, windowMs: 2000 };
/** Messages that each process sends before, without the limit. */
const WARM_UP = 300;
const TOKENS = { one: 1, ten: 10 } as const;

type Name = keyof typeof TOKENS;

/** Ten tokens against one. Both fill the same number of windows, so neither gains by the first. */
export async function accessTokens(bed: Bed): Promise<Row[]> {
	const windows = bed.size(8, 3);
	const idealMs = (windows - 1) * LIMIT.windowMs;
	const names = Object.keys(TOKENS) as Name[];
	const rounds = await alternate(names, bed.runs, (name) => {
		const tokens = TOKENS[name];
		const job = { sender: 'node', delivery: { accessTokens: tokens } } as const;
		const count = windows * LIMIT.allowed * tokens;
		return bed.run(job, { count, warmUp: WARM_UP, rateLimit: LIMIT });
	});
	const runs = names.flatMap((name) => rounds.of(name));
	const misses = runs.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0);
	const perSecond = (name: Name) => rounds.median(name, ({ rate }) => rate).toFixed(1);
	const title = `ten tokens against one at ${LIMIT.allowed} per ${LIMIT.windowMs / 1000} s`;
	return [
		judged(
			`${title}: rate`,
			rounds.ratio('ten', 'one', ({ rate }) => rate),
			{ atLeast: 9 },
			{ unit: ' times' },
			`${perSecond('ten')}/s, ${perSecond('one')}/s`,
		),
		judged(
			`${title}: time of ten tokens / ideal of the limit`,
			rounds.median('ten', ({ ms }) => ms) / idealMs,
			{ atMost: 1.1 },
		),
		exact(`${title}: messages lost or doubled`, misses, 0),
	];
}
