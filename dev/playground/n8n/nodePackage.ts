import { copyFile, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { PACKAGE_NAME, ROOT } from './paths';
import { runQuietly } from './runQuietly';

const TIMEOUT_MS = 120_000;

/**
 * Packs the built node and installs the tarball as n8n does for a community node: unpacked into
 * `nodes/node_modules` of its user folder. The package has no dependencies to install.
 *
 * With GENESYS_CLOUD_TARBALL, that file is installed: what is published is what was tested.
 *
 * @param userFolder n8n's user folder
 */
export async function installNode(userFolder: string): Promise<void> {
	const workspace = await mkdtemp(path.join(tmpdir(), 'genesys-cloud-pack-'));
	try {
		const given = process.env.GENESYS_CLOUD_TARBALL;
		if (given) await copyFile(given, path.join(workspace, path.basename(given)));
		else await pack(workspace);
		const tarball = (await readdir(workspace)).find((file) => file.endsWith('.tgz'));
		if (tarball === undefined) throw new Error('npm pack wrote no tarball.');
		const target = installedNode(userFolder);
		await rm(target, { recursive: true, force: true });
		await mkdir(target, { recursive: true });
		// A relative name, since tar takes the colon of a Windows drive for a host name.
		await runQuietly('tar', ['-xzf', tarball, '-C', target, '--strip-components=1'], {
			cwd: workspace,
			timeoutMs: TIMEOUT_MS,
		});
	} finally {
		await rm(workspace, { recursive: true, force: true });
	}
}

async function pack(folder: string): Promise<void> {
	await runQuietly('npm', ['pack', '--loglevel=error', '--pack-destination', folder], {
		cwd: ROOT,
		timeoutMs: TIMEOUT_MS,
	});
}

/**
 * Where n8n finds the installed node.
 *
 * @param userFolder n8n's user folder
 * @returns the package's folder
 */
function installedNode(userFolder: string): string {
	return path.join(userFolder, '.n8n', 'nodes', 'node_modules', PACKAGE_NAME);
}
