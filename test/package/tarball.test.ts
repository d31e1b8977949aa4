import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { join } from 'node:path';

import type { ICredentialType, INodeTypeDescription, Themed } from 'n8n-workflow';

import {
	packPackage,
	repository,
	runSupportScript,
	type PackedPackage,
} from './support/packedPackage';

interface Manifest {
	main: string;
	dependencies?: Record<string, string>;
	peerDependencies: Record<string, string>;
	n8n: { nodes: string[]; credentials: string[] };
}

interface Loaded {
	packageName: string;
	nodes: INodeTypeDescription[];
	credentials: ICredentialType[];
}

interface Verdict {
	passed: boolean;
	message?: string;
	details?: string;
}

jest.setTimeout(120_000);

let packed: PackedPackage;
let manifest: Manifest;

const read = (file: string) => readFileSync(join(packed.directory, file), 'utf8');

beforeAll(() => {
	packed = packPackage();
	manifest = JSON.parse(read('package.json')) as Manifest;
});

afterAll(() => {
	packed.remove();
});

describe('what the tarball holds', () => {
	it('is the built package and its papers only', () => {
		const papers = packed.files.filter((file) => !file.startsWith('dist/'));
		expect(papers.sort()).toEqual(['LICENSE', 'README.md', 'package.json']);

		const built = packed.files.filter((file) => file.startsWith('dist/'));
		const unexpected = built.filter(
			(file) => !/^dist\/(nodes|credentials)\/.+\.(js|svg|json)$/.test(file),
		);
		expect(unexpected).toEqual([]);
		expect(built.filter((file) => /\.(test|spec)\.|(^|\/)(test|__tests__)\//.test(file))).toEqual(
			[],
		);
	});

	it('stays under 200 kB', () => {
		expect(packed.bytes).toBeLessThan(200_000);
	});

	it('names no path of the machine that built it', () => {
		const paths = [repository, homedir()];
		const pattern = /(^|[\s"'`(=:])(\/home\/|\/Users\/|\/root\/|[A-Z]:\\Users\\)/;
		const leaking = packed.files.filter((file) => {
			const text = read(file);
			return pattern.test(text) || paths.some((path) => text.includes(`${path}/`));
		});
		expect(leaking).toEqual([]);
	});
});

describe('package.json', () => {
	it('brings no dependency but n8n itself', () => {
		expect(manifest.dependencies).toBeUndefined();
		expect(manifest.peerDependencies).toEqual({ 'n8n-workflow': '*' });
	});

	it('names files that exist', () => {
		const { nodes, credentials } = manifest.n8n;
		expect(nodes).not.toHaveLength(0);
		expect(credentials).not.toHaveLength(0);
		for (const file of [manifest.main, ...nodes, ...credentials]) {
			expect(packed.files).toContain(file);
		}
	});
});

describe('n8n’s own loader', () => {
	let loaded: Loaded;

	beforeAll(() => {
		loaded = runSupportScript('load.cjs', packed.directory) as Loaded;
	});

	it('loads the node and the credential with nothing but n8n-workflow at hand', () => {
		// Proves that the place is as bare as n8n's: a devDependency cannot be found from there.
		const packageRequire = createRequire(join(packed.directory, 'package.json'));
		expect(() => packageRequire.resolve('axios')).toThrow('Cannot find module');

		expect(loaded.packageName).toBe('n8n-nodes-genesys-cloud');
		expect(loaded.nodes.map(({ name }) => name)).toEqual(['genesysCloud', 'genesysCloudTrigger']);
		expect(loaded.credentials.map(({ name }) => name)).toEqual(['genesysCloudApi']);
	});

	it('finds light and dark icons of node and credential', () => {
		for (const { iconUrl } of [...loaded.nodes, ...loaded.credentials]) {
			const { light, dark } = iconUrl as Exclude<Themed<string>, string>;
			expect(light).not.toBe(dark);
			for (const url of [light, dark]) {
				expect(url).toMatch(/^icons\/n8n-nodes-genesys-cloud\/dist\/.+\.svg$/);
				const file = url.replace('icons/n8n-nodes-genesys-cloud/', '');
				expect(existsSync(join(packed.directory, file))).toBe(true);
			}
		}
	});

	it('finds the codex', () => {
		expect(loaded.nodes[0]?.codex?.categories).toContain('Communication');
		expect(loaded.nodes[0]?.codex?.alias).toContain('web messaging');
	});
});

describe('n8n’s own scanner', () => {
	it('passes the sources', () => {
		const verdict = runSupportScript('scan.mjs', repository, 'sources');
		expect(verdict).toEqual({ passed: true });
	});

	it('passes the tarball', () => {
		const verdict = runSupportScript('scan.mjs', packed.directory, 'tarball');
		expect(verdict).toEqual({ passed: true });
	});

	it('would refuse code that n8n forbids, even where a comment switches its rules off', () => {
		const directory = join(packed.directory, 'forbidden');
		mkdirSync(directory);
		const code = '/* eslint-disable */\nmodule.exports = process.env.HOME;\n';
		writeFileSync(join(directory, 'bad.js'), code);
		const verdict = runSupportScript('scan.mjs', directory, 'tarball') as Verdict;
		expect(verdict.passed).toBe(false);
		expect(verdict.details).toContain('no-restricted-globals');
	});
});
