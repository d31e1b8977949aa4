import type { Bed } from '../support/bed';
import { startRelay } from '../support/relay';
import { alternate } from '../support/rounds';
import { judged, reported } from '../support/rows';
import type { Row, SenderName } from '../support/types';

const ROUND_TRIP_MS = 40;
const SENDERS = ['httpRequest', 'node', 'nodeReusing'] as const satisfies SenderName[];

/** One message an execution, token cached, with a network of 40 ms between client and server. */
export async function networkDelay(bed: Bed): Promise<Row[]> {
	const relay = await startRelay(bed.url, ROUND_TRIP_MS);
	const entries = await Promise.all(
		SENDERS.map(async (sender) => [sender, await bed.client({ sender, url: relay.url })] as const),
	);
	const clients = Object.fromEntries(entries) as Record<
		(typeof SENDERS)[number],
		Awaited<ReturnType<Bed['client']>>
	>;
	try {
		const run = (sender: (typeof SENDERS)[number]) => bed.send(clients[sender], { count: 1 });
		await alternate(SENDERS, 5, run);
		const rounds = await alternate(SENDERS, bed.size(30, 5), run);
		const ms = (sender: (typeof SENDERS)[number]) =>
			`${rounds.median(sender, (one) => one.ms).toFixed(0)} ms`;
		const what = `one message, ${ROUND_TRIP_MS} ms of network delay`;
		return [
			reported(
				`${what}: HTTP Request node, this node, with Reuse Connections`,
				SENDERS.map(ms).join(', '),
			),
			judged(
				`${what}: time with Reuse Connections / HTTP Request node`,
				rounds.ratio('nodeReusing', 'httpRequest', (one) => one.ms),
				{ atMost: 0.4 },
			),
		];
	} finally {
		await Promise.all(Object.values(clients).map(async (client) => await client.stop()));
		relay.stop();
	}
}
