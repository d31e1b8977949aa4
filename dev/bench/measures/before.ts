import type { Bed, JobFor, Run } from '../support/bed';
import { alternate } from '../support/rounds';
import { judged, reported } from '../support/rows';
import type { Row } from '../support/types';

const WAYS = { default: 'node', 'Reuse Connections': 'nodeReusing' } as const;
type Way = keyof typeof WAYS;

/**
 * Rate and CPU of thousands of messages, against an earlier build of this package.
 *
 * @param earlierBuild its folder
 * @param bed where to measure
 * @returns the lines
 */
export async function before(earlierBuild: string, bed: Bed): Promise<Row[]> {
	const plan = { count: bed.size(3000, 500), warmUp: bed.size(500, 100) };
	const rows = [];
	for (const way of Object.keys(WAYS) as Way[]) {
		const sender = WAYS[way];
		const builds: Readonly<Record<'now' | 'before', JobFor>> = {
			now: { sender },
			before: { sender, build: earlierBuild },
		};
		const rounds = await alternate(['now', 'before'], bed.runs, (build) =>
			bed.run(builds[build], plan),
		);
		const both = (figure: (run: Run) => number, digits: number) =>
			`now ${rounds.median('now', figure).toFixed(digits)}, before ${rounds.median('before', figure).toFixed(digits)}`;
		const ratio = (figure: (run: Run) => number) => rounds.ratio('now', 'before', figure);
		rows.push(
			reported(`${plan.count} messages, ${way}: messages a second`, both(rate, 0)),
			reported(`${plan.count} messages, ${way}: ms CPU a message`, both(cpu, 2)),
			judged(`${way}: rate now / before`, ratio(rate), { atLeast: 0.97 }),
			judged(`${way}: CPU a message now / before`, ratio(cpu), { atMost: 1.03 }),
		);
	}
	return rows;
}

const rate = (run: Run) => run.rate;
const cpu = (run: Run) => run.cpuPerMessage;
