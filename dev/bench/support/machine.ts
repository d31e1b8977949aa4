import { readFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import path from 'node:path';

const ROOT = path.join(__dirname, '../../..');

const PACKAGES = [
	['this package', '.'],
	['n8n-core', 'node_modules/n8n-core'],
	['n8n-workflow', 'node_modules/n8n-workflow'],
	['n8n-nodes-base (HTTP Request node)', 'dev/bench/peer/node_modules/n8n-nodes-base'],
	['purecloud-platform-client-v2 (Genesys SDK)', 'node_modules/purecloud-platform-client-v2'],
	['axios', 'node_modules/axios'],
] as const;

function versionOf(folder: string): string {
	const text = readFileSync(path.join(ROOT, folder, 'package.json'), 'utf8');
	return (JSON.parse(text) as { version: string }).version;
}

/**
 * Says how busy the machine is: figures of a busy machine are worth little.
 *
 * @returns the load of the last minute, processes
 */
export function load(): string {
	return (loadavg()[0] ?? 0).toFixed(1);
}

/**
 * Describes where the figures come from.
 *
 * @returns what and which, line by line
 */
export function machine(): (readonly [string, string])[] {
	const cores = cpus();
	return [
		['CPU', `${cores[0]?.model.trim() ?? 'unknown'}, ${cores.length} cores`],
		['Memory', `${(totalmem() / 1024 ** 3).toFixed(0)} GB`],
		['Node.js', process.version],
		...PACKAGES.map(([name, folder]) => [name, versionOf(folder)] as const),
	];
}
