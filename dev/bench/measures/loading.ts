import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

import type { Bed } from '../support/bed';
import { judged } from '../support/rows';
import { ROOT } from '../support/senders/nodes';
import { median } from '../support/statistics';
import type { Row } from '../support/types';

const PROBE = path.join(__dirname, '../support/loadProbe.cjs');

interface Probe {
	readonly ms: number;
	readonly heapBytes: number;
}

/** What the package adds to n8n's start, each time in a fresh process. */
export async function loading(bed: Bed): Promise<Row[]> {
	const probes: Probe[] = [];
	for (let run = 0; run < 2 * bed.runs; run++) {
		const { stdout } = await promisify(execFile)(process.execPath, ['--expose-gc', PROBE, ROOT]);
		probes.push(JSON.parse(stdout) as Probe);
	}
	const ms = median(probes.map((probe) => probe.ms));
	const megabytes = median(probes.map(({ heapBytes }) => heapBytes)) / 1e6;
	return [
		judged('loading the package: time', ms, { atMost: 20 }, { digits: 1, unit: ' ms' }),
		judged('loading the package: heap', megabytes, { atMost: 3 }, { unit: ' MB' }),
	];
}
