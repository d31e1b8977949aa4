import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import ts from 'typescript';

import { repository } from './support/packedPackage';

const read = (file: string) => readFileSync(join(repository, file), 'utf8');
const filesIn = (folder: string) =>
	readdirSync(join(repository, folder), { recursive: true, encoding: 'utf8' })
		.map((file) => join(folder, file))
		.sort();

/** The titles of the tests and groups of a test file. */
function titlesOf(file: string): string[] {
	const titles: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isCallExpression(node) && /^(?:it|test|describe)\b/.test(node.expression.getText())) {
			const [title] = node.arguments;
			if (title && ts.isStringLiteralLike(title)) titles.push(title.text);
		}
		ts.forEachChild(node, visit);
	};
	visit(ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true));
	return titles;
}

describe('SECURITY.md', () => {
	const text = read('SECURITY.md').replace(/\s+/g, ' ');
	const [, threats = ''] = text.split('## Threats');
	const claims = (threats.split('## What is assumed')[0] ?? '').split(/ - (?=\*\*)/).slice(1);
	const references = [...text.matchAll(/`(test\/[^`]+)` "([^"]+)"/g)].map(
		([, file = '', title = '']) => [file, title] as const,
	);

	it.each(references)('names a test that exists: %s "%s"', (file, title) => {
		expect(titlesOf(file)).toContain(title);
	});

	it('names a test for every claim, and no file without one', () => {
		expect(claims.length).toBeGreaterThan(20);
		expect(claims.filter((claim) => !/`test\/[^`]+` "/.test(claim))).toEqual([]);
		expect(text.match(/`test\//g)).toHaveLength(references.length);
	});

	it("asks for private reports to the package's own repository", () => {
		const manifest = JSON.parse(read('package.json')) as { repository: { url: string } };
		const url = manifest.repository.url.replace(/^git\+|\.git$/g, '');
		expect(text).toContain(`<${url}/security/advisories/new>`);
		expect(text).not.toMatch(/[\w.]+@[\w-]+\.\w+/);
	});
});

describe('the built package', () => {
	it('has no way to weaken TLS, to run code from text, or to reach files and processes', () => {
		const forbidden =
			/rejectUnauthorized|skipSslCertificateValidation|allowUnauthorizedCerts|NODE_TLS|\beval\(|\bFunction\(|child_process|require\("(?:node:)?(?:fs|vm|net|tls|https?|worker_threads)"\)|\bprocess\.\w/;
		const files = filesIn('dist').filter((file) => file.endsWith('.js'));
		expect(files.length).toBeGreaterThan(20);
		expect(files.filter((file) => forbidden.test(read(file)))).toEqual([]);
	});
});

describe('what is installed for development', () => {
	const lockfiles = [
		'',
		'dev/playground/',
		'dev/playground/versions/2.20/',
		'dev/playground/versions/1.123/',
	];

	it.each([...lockfiles, 'dev/bench/peer/'])(
		'holds a checksum of every package that is installed',
		(folder) => {
			const lock = JSON.parse(read(`${folder}package-lock.json`)) as {
				packages: Record<string, { integrity?: string; link?: boolean }>;
			};
			// A path that leaves the folder belongs to another lock file.
			const unchecked = Object.entries(lock.packages).filter(
				([path, { integrity, link }]) =>
					path !== '' && !path.startsWith('../') && !link && !integrity?.startsWith('sha512-'),
			);
			expect(unchecked).toEqual([]);
			expect(read(`${folder}.npmrc`)).toContain('ignore-scripts=true');
		},
	);
});

/** The text of each job of a workflow, by its name. */
function jobsOf(file: string): Record<string, string> {
	const [, jobs = ''] = read(file).split('\njobs:\n');
	const parts = jobs.split(/^ {2}(\w[\w-]*):\n/m).slice(1);
	return Object.fromEntries(
		parts.flatMap((name, index) => (index % 2 === 0 ? [[name, parts[index + 1] ?? '']] : [])),
	);
}

describe('the workflows', () => {
	const workflows = filesIn('.github/workflows').map((file) => [file, read(file)] as const);

	it('pins every action to a commit and names its version', () => {
		const uses = workflows.flatMap(([, text]) => text.match(/uses:.*/g) ?? []);
		expect(uses.length).toBeGreaterThan(4);
		const loose = uses.filter(
			(line) => !/^uses: [\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line),
		);
		expect(loose).toEqual([]);
	});

	it.each(workflows)('gives workflows no more than they need: %s', (_file, text) => {
		expect(text).toMatch(/^permissions:\n {2}contents: read\n\n/m);
		expect(text).not.toMatch(/pull_request_target|secrets\.|write-all/);
		const checkouts = text.match(/uses: actions\/checkout/g) ?? [];
		expect(text.match(/persist-credentials: false/g)).toHaveLength(checkouts.length);
	});

	it('publishes the file that was tested, with provenance, after a person has agreed', () => {
		const job = jobsOf('.github/workflows/publish.yml');
		expect(Object.keys(job)).toEqual(['check', 'pack', 'publish', 'release']);
		expect(job.check).toMatch(/merge-base --is-ancestor "\$GITHUB_SHA" origin\/main/);
		expect(job.check).toMatch(/--workflow ci\.yml[^]*--status success/);
		expect(job.pack).toMatch(/needs: check\n[^]*npm pack[^]*test:e2e[^]*upload-artifact/);
		expect(job.publish).toMatch(/needs: pack\n[^]*environment: npm/);
		expect(job.publish).toMatch(
			/download-artifact[^]*npm publish \.\/release\/\*\.tgz --provenance/,
		);
	});

	it('gives the right to publish or to write to jobs that run nothing of this repository', () => {
		for (const [file] of workflows) {
			for (const [name, text] of Object.entries(jobsOf(file))) {
				if (!/: write\b/.test(text)) continue;
				expect(['publish', 'release']).toContain(name);
				expect(text).not.toMatch(/actions\/checkout|npm (?:ci|run|test|install)/);
			}
		}
	});

	it('verifies the signatures of what is installed, before a release too', () => {
		for (const [, text] of workflows) expect(text).toContain('run: npm audit signatures');
	});
});
