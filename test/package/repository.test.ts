import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { repository } from './support/packedPackage';

interface Manifest {
	scripts: Record<string, string>;
	devDependencies: Record<string, string>;
}

interface Lockfile {
	packages: Record<string, { optionalDependencies?: Record<string, string> }>;
}

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const manifest = JSON.parse(read('package.json')) as Manifest;

it('installs from any registry: package-lock.json names none', () => {
	expect(read('package-lock.json')).not.toMatch(/registry\.|"resolved": "https?:/);
	expect(read('.npmrc')).not.toContain('registry=');
});

it('installs on every platform: package-lock.json holds the binaries of all of them', () => {
	// `npm ci` refuses a lock file without them. They go missing when a registry lacks some of a
	// version's platform packages; the cure is the newest version that has them all.
	const { packages } = JSON.parse(read('package-lock.json')) as Lockfile;
	const paths = Object.keys(packages);
	const wanted = Object.values(packages).flatMap((entry) =>
		Object.keys(entry.optionalDependencies ?? {}),
	);
	const missing = wanted.filter(
		(name) => !paths.some((path) => path.endsWith(`node_modules/${name}`)),
	);
	expect(missing).toEqual([]);
});

it('pins every devDependency to one version', () => {
	const loose = Object.entries(manifest.devDependencies).filter(
		([, version]) => !/^\d+\.\d+\.\d+$/.test(version),
	);
	expect(loose).toEqual([]);
});

it('needs no script that npm runs by itself', () => {
	// .npmrc has ignore-scripts=true: pre, post and lifecycle scripts would silently not run.
	const names = Object.keys(manifest.scripts);
	const implicit = names.filter(
		(name) =>
			/^(prepare|prepublish|prepublishOnly|install|dependencies)$/.test(name) ||
			(/^(pre|post)/.test(name) && names.includes(name.replace(/^(pre|post)/, ''))),
	);
	expect(implicit).toEqual([]);
});

interface ExampleNode {
	type: string;
	parameters: { operation?: string };
	retryOnFail?: boolean;
}

it('makes the table of an example also when two executions make it at once', () => {
	// n8n looks for the table and then makes it: of two, the second one fails, and finds it when it tries again.
	const nodes = readdirSync(join(repository, 'examples')).flatMap(
		(file) => (JSON.parse(read(`examples/${file}`)) as { nodes: ExampleNode[] }).nodes,
	);
	const makers = nodes.filter(
		({ type, parameters }) => type.endsWith('.dataTable') && parameters.operation === 'create',
	);
	expect(makers.length).toBeGreaterThan(0);
	for (const { retryOnFail } of makers) expect(retryOnFail).toBe(true);
});
