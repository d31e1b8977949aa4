import type { Bed } from '../support/bed';
import { alternate } from '../support/rounds';
import { judged, reported } from '../support/rows';
import type { Row } from '../support/types';

/** What it costs that each item may have an organization of its own. */
export async function credential(bed: Bed): Promise<Row[]> {
	const count = bed.size(10_000, 1000);
	const rounds = await alternate(['plain', 'expression'], bed.runs, (kind) =>
		bed.run({ sender: 'nodeReusing', credential: kind }, { count }),
	);
	const title = `${count} messages: reading the credential`;
	return [
		judged(
			`${title} without expressions, of the node's time`,
			rounds.median('plain', ({ credentialMs, nodeMs }) => (100 * credentialMs) / nodeMs),
			{ atMost: 5 },
			{ unit: ' %' },
		),
		reported(
			`${title} with an expression: rate / without`,
			rounds.ratio('expression', 'plain', ({ rate }) => rate).toFixed(2),
		),
	];
}
