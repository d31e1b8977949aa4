import type { Bed } from '../support/bed';
import { alternate } from '../support/rounds';
import { judged, reported } from '../support/rows';
import type { Row } from '../support/types';

/** What the node costs beyond a bare call of n8n's helper, when it sends one message. */
export async function overhead(bed: Bed): Promise<Row[]> {
	const clients = {
		node: await bed.client({ sender: 'node' }),
		helper: await bed.client({ sender: 'helper', concurrency: 1 }),
	};
	try {
		const senders = ['node', 'helper'] as const;
		const run = (sender: (typeof senders)[number]) => bed.send(clients[sender], { count: 1 });
		await alternate(senders, bed.size(200, 20), run);
		const rounds = await alternate(senders, bed.size(300, 30), run);
		const node = rounds.median('node', (one) => one.nodeMs);
		const helper = rounds.median('helper', (one) => one.ms);
		const execution = rounds.median('node', (one) => one.ms);
		return [
			judged(
				'one message, token cached: time of the node beyond a bare helper call',
				node - helper,
				{ atMost: 0.5 },
				{ unit: ' ms' },
				`${node.toFixed(2)} - ${helper.toFixed(2)} ms`,
			),
			reported('one message: whole execution in n8n', `${execution.toFixed(2)} ms`),
		];
	} finally {
		await Promise.all(Object.values(clients).map(async (client) => await client.stop()));
	}
}
