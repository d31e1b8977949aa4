// npm run freeze: writes down, for a release, the names that workflows saved with it refer to.
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { INodeType } from 'n8n-workflow';
import { format } from 'prettier';

import { loadPackage } from '../headless-n8n';
import { version } from '../../package.json';
import { publicNames } from '../../test/engine/support/publicNames';

const ROOT = path.join(__dirname, '../..');
const FILE = path.join(ROOT, 'test/fixtures/publicNames', `${version}.json`);

async function main(): Promise<void> {
	if (existsSync(FILE)) throw new Error(`The names of ${version} are frozen already.`);
	const loaded = await loadPackage(ROOT);
	const credential = loaded.getCredential('genesysCloudApi').type;
	const namesOf = (node: string) =>
		publicNames((loaded.getNode(node).type as INodeType).description, credential);
	const nodes = ['genesysCloud', 'genesysCloudTrigger'];
	const json = JSON.stringify(Object.fromEntries(nodes.map((node) => [node, namesOf(node)])));
	await mkdir(path.dirname(FILE), { recursive: true });
	await writeFile(FILE, await format(json, { parser: 'json', useTabs: true, printWidth: 100 }));
	console.log(`Written to ${path.relative(ROOT, FILE)}.`);
}

main().catch((error: unknown) => {
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 1;
});
