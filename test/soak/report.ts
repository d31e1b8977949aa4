import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';

import { format, resolveConfig } from 'prettier';

import { load } from '../../dev/bench/support/machine';
import { markdownTable } from '../../dev/bench/support/report';
import type { Row } from '../../dev/bench/support/types';
import type { SoakOptions } from './options';
import type { Sample } from './types';

const RESULTS = path.join(__dirname, 'RESULTS.md');
const MB = 1_000_000;

/**
 * One line for a batch, for the terminal.
 *
 * @param sample what was read after it
 * @returns the line
 */
export function progressLine({ messages, ms, heapUsed, rss, descriptors }: Sample): string {
	return `${messages} messages, ${(ms / 1000).toFixed(1)} s: heap ${(heapUsed / MB).toFixed(2)} MB, RSS ${(rss / MB).toFixed(0)} MB, ${descriptors ?? '?'} descriptors`;
}

function sampleTable(samples: readonly Sample[]): string {
	const head = ['Messages', 'Seconds', 'Heap (MB)', 'RSS (MB)', 'Descriptors', 'Active resources'];
	const lines = samples.map(({ messages, ms, heapUsed, rss, descriptors, resources }) => [
		String(messages),
		(ms / 1000).toFixed(1),
		(heapUsed / MB).toFixed(2),
		(rss / MB).toFixed(0),
		String(descriptors ?? ''),
		Object.entries(resources)
			.map(([kind, count]) => `${count} ${kind}`)
			.join(', '),
	]);
	return [head, head.map(() => '---'), ...lines]
		.map((line) => `| ${line.join(' | ')} |`)
		.join('\n');
}

/**
 * Writes `RESULTS.md`.
 *
 * @param options what was sent
 * @param rows the verdict's lines
 * @param samples one of each batch
 */
export async function writeResults(
	{ batches, executions, items }: SoakOptions,
	rows: readonly Row[],
	samples: readonly Sample[],
): Promise<void> {
	const missed = rows.filter(({ met }) => met === false).length;
	const page = `# Load and soak

**${missed === 0 ? 'Passed' : `Failed: ${missed} lines not met`}.** ${batches * executions * items} messages through one n8n process,
${executions} executions at once.

- Date: ${new Date().toISOString().slice(0, 10)}
- CPU: ${cpus()[0]?.model.trim() ?? 'unknown'}, ${cpus().length} cores
- Node.js: ${process.version}
- Load of the machine at the end: ${load()}

Repeat with \`npm run test:soak\` (about ten minutes on a busy machine). A small run, such as
\`-- --messages 20000 --items 100\`, is for a look only: it is still warming up, so its heap may rise.

How it is done: the built package runs in n8n's engine, in the process that is measured; the simulated
Genesys Cloud runs in another, over TLS on loopback. The API's minute lasts a second (300 calls for each
token), so an hour lasts a minute; tokens are renewed every five seconds, and in every other batch all are revoked.
Half of the executions use n8n's request helper, half Reuse Connections; one to four access tokens; every
fifth has a Send Once Key. About 3 % of the calls get a server error, a reset connection, a delay or a 429,
from a seeded generator. Each batch also has an execution that is stopped and one that fails and is retried
by n8n. Beside each batch a trigger is activated, customers write to it, and it is deactivated. After each
batch garbage is collected, then heap and descriptors are read; after the last one, living objects. The
first quarter of the batches warms up; a line is fitted through the others.

${markdownTable(rows)}

${sampleTable(samples)}
`;
	await writeFile(
		RESULTS,
		await format(page, { ...(await resolveConfig(RESULTS)), filepath: RESULTS }),
	);
}
