import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';

/** A folder of its own, so that what the benchmark imports comes from the root. */
const FOLDER = path.join(__dirname, '../peer');
/** npm writes it as the last step of an installation. */
const INSTALLED = path.join(FOLDER, 'node_modules', '.package-lock.json');

/**
 * Installs n8n's own nodes into dev/bench/peer unless they are there. They use the
 * n8n-workflow of the repository's root, as all nodes of an n8n share one.
 *
 * @throws Error when npm fails
 */
export function installPeer(): void {
	if (existsSync(INSTALLED)) return;
	console.log("Installing n8n's own nodes into dev/bench/peer, once (about 750 MB) …");
	const { status, error } = spawnSync('npm', ['ci', '--ignore-scripts'], {
		cwd: FOLDER,
		stdio: ['ignore', 'inherit', 'inherit'],
		shell: process.platform === 'win32', // npm is npm.cmd there
	});
	if (status !== 0)
		throw new Error(`npm ci failed in dev/bench/peer: ${error?.message ?? 'see above'}`);
}
