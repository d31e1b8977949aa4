import type { Bed, Run } from '../support/bed';
import { alternate, type Rounds } from '../support/rounds';
import { judged, reported } from '../support/rows';
import type { Row, SenderName } from '../support/types';

const NAMES: Readonly<Record<SenderName, string>> = {
	node: 'this node, default',
	nodeReusing: 'this node, Reuse Connections',
	httpRequest: 'HTTP Request node 4.5 with a fixed header',
	httpRequestCredential: "HTTP Request node 4.5 with this package's credential",
	helper: "bare loop over n8n's request helper",
	fetch: 'bare loop over fetch',
	axios: 'bare loop over axios, keep-alive',
	sdk: 'loop over the official Genesys SDK',
};

const rate = (run: Run) => run.rate;
const cpu = (run: Run) => run.cpuPerMessage;

/** Rate and CPU of thousands of messages without a rate limit, against everything comparable. */
export async function rates(bed: Bed): Promise<Row[]> {
	const plan = { count: bed.size(3000, 500), warmUp: bed.size(500, 100) };
	const senders = Object.keys(NAMES) as SenderName[];
	const rounds = await alternate(senders, bed.runs, (sender) => bed.run({ sender }, plan));
	const ratio = (name: SenderName, other: SenderName, atLeast: number) =>
		judged(`rate: ${NAMES[name]} / ${NAMES[other]}`, rounds.ratio(name, other, rate), { atLeast });
	const cpuRatio = (name: SenderName, atMost: number) =>
		judged(
			`CPU a message: ${NAMES[name]} / ${NAMES.httpRequestCredential}`,
			rounds.ratio(name, 'httpRequestCredential', cpu),
			{ atMost },
		);
	return [
		...senders.map((name) => figures(rounds, name, plan.count)),
		ratio('node', 'helper', 0.97),
		ratio('node', 'httpRequestCredential', 1.4),
		ratio('node', 'httpRequest', 1.15),
		cpuRatio('node', 0.8),
		cpuRatio('nodeReusing', 0.25),
		ratio('nodeReusing', 'httpRequestCredential', 4),
		ratio('nodeReusing', 'fetch', 0.92),
		ratio('nodeReusing', 'sdk', 0.9),
		judged(
			`own CPU a message: ${NAMES.nodeReusing} beyond ${NAMES.fetch}`,
			rounds.difference('nodeReusing', 'fetch', cpu),
			{ atMost: 0.05 },
			{ digits: 3, unit: ' ms' },
		),
	];
}

function figures(rounds: Rounds<SenderName, Run>, name: SenderName, count: number): Row {
	const lost = rounds.of(name).reduce((sum, run) => sum + run.lost, 0);
	const parts = [
		`${rounds.median(name, rate).toFixed(0)}/s`,
		`${rounds.median(name, cpu).toFixed(2)} ms CPU a message`,
		`peak ${rounds.median(name, (run) => run.peakRssMb).toFixed(0)} MB`,
		...(lost > 0 ? [`${lost} lost in ${rounds.of(name).length} runs`] : []),
	];
	return reported(`${count} messages: ${NAMES[name]}`, parts.join(', '));
}
