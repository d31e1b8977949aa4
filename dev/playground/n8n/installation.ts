import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { runQuietly } from './runQuietly';
import { UserError } from './userError';

/** Where an installed n8n can be found. */
export interface Installation {
	/** The folder with its package.json. */
	readonly folder: string;
	readonly version: string;
	/** The Node that this n8n runs on. */
	readonly node: string;
	/** The file that starts n8n's command line. */
	readonly n8n: string;
}

/** Only these need their install scripts: the Node binary, and SQLite, which is compiled. */
const BUILT_PACKAGES = ['node', 'sqlite3'];
/** Downloads and compiles: rarely more than five minutes. */
const INSTALL_TIMEOUT_MS = 30 * 60_000;
const PROGRESS_EVERY_MS = 15_000;

/**
 * Installs n8n where that was not done yet, or its lockfile has changed since.
 *
 * @param folder the folder with package.json and package-lock.json
 * @param log where the progress goes
 * @returns the installation
 * @throws UserError when npm fails
 */
export async function ensureInstalled(
	folder: string,
	log: (line: string) => void,
): Promise<Installation> {
	const installation = describe(folder);
	if (isComplete(folder)) return installation;
	const wanted = wantedPackages(folder);
	log(`Installing n8n ${installation.version}, once: about 5 minutes and 3 GB …`);
	const started = Date.now();
	let step = () => `${countUnpacked(folder, wanted)} of ${wanted.length} packages are there`;
	const progress = setInterval(() => {
		log(`  … ${Math.round((Date.now() - started) / 1000)} s, ${step()}`);
	}, PROGRESS_EVERY_MS);
	try {
		await npm(folder, ['ci', '--ignore-scripts']);
		step = () => `compiling ${BUILT_PACKAGES.join(' and ')}`;
		// The project's .npmrc switches install scripts off; these two need theirs.
		await npm(folder, ['rebuild', '--ignore-scripts=false', ...BUILT_PACKAGES]);
	} finally {
		clearInterval(progress);
	}
	if (!existsSync(installation.node)) throw new UserError('npm installed no Node for n8n.');
	writeFileSync(stampOf(folder), lockHash(folder));
	log(`Installed n8n ${installation.version} in ${Math.round((Date.now() - started) / 1000)} s.`);
	return installation;
}

function describe(folder: string): Installation {
	const manifest = readJson(path.join(folder, 'package.json')) as {
		dependencies: { n8n: string };
	};
	const modules = path.join(folder, 'node_modules');
	const node = path.join(
		modules,
		'node',
		'bin',
		process.platform === 'win32' ? 'node.exe' : 'node',
	);
	const n8n = path.join(modules, 'n8n', 'bin', 'n8n');
	return { folder, version: manifest.dependencies.n8n, node, n8n };
}

/** The stamp is written last: without it an installation never ran, or was interrupted. */
function isComplete(folder: string): boolean {
	const stamp = stampOf(folder);
	return existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash(folder);
}

function stampOf(folder: string): string {
	return path.join(folder, 'node_modules', '.installed-from');
}

function lockHash(folder: string): string {
	const lock = readFileSync(path.join(folder, 'package-lock.json'));
	return createHash('sha256').update(lock).digest('hex');
}

/** The folders that npm will fill; an optional package may be for another platform. */
function wantedPackages(folder: string): string[] {
	const { packages } = readJson(path.join(folder, 'package-lock.json')) as {
		packages: Record<string, { readonly optional?: boolean }>;
	};
	return Object.keys(packages).filter((name) => name !== '' && !packages[name]?.optional);
}

function readJson(file: string): unknown {
	return JSON.parse(readFileSync(file, 'utf8'));
}

async function npm(folder: string, args: string[]): Promise<void> {
	await runQuietly('npm', [...args, '--loglevel=error', '--no-audit', '--no-fund'], {
		cwd: folder,
		env: { ...headersOfNode(), ...process.env },
		timeoutMs: INSTALL_TIMEOUT_MS,
	});
}

/** To compile SQLite, node-gyp downloads Node's headers, unless it is told that Node has brought them. */
function headersOfNode(): NodeJS.ProcessEnv {
	const prefix = path.dirname(path.dirname(process.execPath));
	const isThere = existsSync(path.join(prefix, 'include', 'node', 'node_version.h'));
	return isThere ? { npm_config_nodedir: prefix } : {};
}

/** How many of the wanted packages are unpacked. */
function countUnpacked(folder: string, wanted: readonly string[]): number {
	return wanted.filter((name) => existsSync(path.join(folder, name, 'package.json'))).length;
}
