import type { Bed } from '../support/bed';
import { alternate } from '../support/rounds';
import { judged } from '../support/rows';
import type { Row } from '../support/types';

/**
 * Progress reporting: a manual run also tells the editor how far it is, a production run does not.
 * "No slower" allows for the noise of the machine.
 */
export async function progress(bed: Bed): Promise<Row[]> {
	const count = bed.size(10_000, 1000);
	const rounds = await alternate(['manual', 'trigger'], bed.runs, (mode) =>
		bed.run({ sender: 'nodeReusing', mode }, { count }),
	);
	return [
		judged(
			`${count} messages: rate of a manual run with progress / production run`,
			rounds.ratio('manual', 'trigger', ({ rate }) => rate),
			{ atLeast: 0.97 },
		),
	];
}
