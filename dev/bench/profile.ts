import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import Table from 'cli-table3';

import { readCosts, type Cost } from './support/cpuProfile';
import { withBed } from './support/openBed';
import type { SenderName } from './support/types';

const COUNT = 5000;
const SHOWN = 30;

/**
 * `npm run bench:profile -- [sender]`: says where the CPU time goes while messages are sent. The
 * profile itself is kept, for Chrome's DevTools.
 */
async function main(): Promise<void> {
	const sender = (process.argv[2] ?? 'nodeReusing') as SenderName;
	const folder = mkdtempSync(path.join(tmpdir(), 'genesys-profile-'));
	await withBed({ runs: 1, quick: true }, async (bed) => {
		const nodeFlags = ['--cpu-prof', `--cpu-prof-dir=${folder}`];
		const client = await bed.client({ sender }, nodeFlags);
		await bed.send(client, { count: COUNT });
		await client.stop();
	});
	const [file = ''] = readdirSync(folder).sort();
	const costs = readCosts(path.join(folder, file));
	const ours = ({ name }: Cost) => name.includes(' dist/') && !name.includes('node_modules');
	const bySelf = (a: Cost, b: Cost) => b.selfMs - a.selfMs;
	const byTotal = (a: Cost, b: Cost) => b.totalMs - a.totalMs;
	print(`All functions by their own time`, [...costs].sort(bySelf));
	print(`This package's functions by their own time`, costs.filter(ours).sort(bySelf));
	print(`This package's functions with all they call`, costs.filter(ours).sort(byTotal));
	console.log(`The profile: ${path.join(folder, file)}`);
}

function print(title: string, costs: readonly Cost[]): void {
	const table = new Table({ head: ['own ms', 'with calls ms', title], style: { border: [] } });
	for (const { selfMs, totalMs, name } of costs.slice(0, SHOWN)) {
		table.push([selfMs.toFixed(0), totalMs.toFixed(0), name]);
	}
	console.log(table.toString());
}

void main();
