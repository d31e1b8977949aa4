import { execFileSync } from 'node:child_process';
import {
	copyFileSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	rmSync,
	statSync,
	symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, relative } from 'node:path';

export const repository = join(__dirname, '../../..');

/** Runs a helper script of this folder and parses the JSON that it prints. */
export function runSupportScript(script: string, ...args: string[]): unknown {
	const output = execFileSync(process.execPath, [join(__dirname, script), ...args], {
		cwd: repository,
		encoding: 'utf8',
		env: { ...process.env, NODE_ENV: 'production' },
	});
	return JSON.parse(output);
}

/** The real tarball, unpacked as n8n installs it: in a `node_modules` outside this repository. */
export interface PackedPackage {
	readonly directory: string;
	/** Paths relative to the package, with `/`. */
	readonly files: readonly string[];
	/** The size of the tarball. */
	readonly bytes: number;
	remove(): void;
}

/** With GENESYS_CLOUD_TARBALL, that file is unpacked: what is published is what was tested. */
export function packPackage(): PackedPackage {
	const workspace = mkdtempSync(join(tmpdir(), 'genesys-cloud-package-'));
	const directory = join(workspace, 'node_modules', 'n8n-nodes-genesys-cloud');
	mkdirSync(directory, { recursive: true });

	const given = process.env.GENESYS_CLOUD_TARBALL;
	if (given) copyFileSync(given, join(workspace, basename(given)));
	else {
		execFileSync('npm', ['pack', '--loglevel=error', '--pack-destination', workspace], {
			cwd: repository,
			stdio: ['ignore', 'ignore', 'inherit'],
		});
	}
	const tarball = readdirSync(workspace).find((file) => file.endsWith('.tgz'));
	if (tarball === undefined) throw new Error('npm pack wrote no tarball');
	// A relative name, since tar takes the colon of a Windows drive for a host name.
	execFileSync(
		'tar',
		['-xzf', tarball, '-C', relative(workspace, directory), '--strip-components=1'],
		{
			cwd: workspace,
		},
	);

	// n8n-workflow is all that n8n gives a community node; nothing else can be resolved from here.
	const n8nWorkflow = dirname(require.resolve('n8n-workflow/package.json'));
	symlinkSync(n8nWorkflow, join(workspace, 'node_modules', 'n8n-workflow'), 'junction');

	const files = readdirSync(directory, { recursive: true, encoding: 'utf8' })
		.filter((file) => statSync(join(directory, file)).isFile())
		.map((file) => file.replaceAll('\\', '/'));
	return {
		directory,
		files,
		bytes: statSync(join(workspace, tarball)).size,
		remove: () => {
			rmSync(workspace, { recursive: true, force: true });
		},
	};
}
