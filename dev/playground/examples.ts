import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from './n8n/paths';

const FOLDER = path.join(ROOT, 'examples');
/** The one that runs at once, without being published first. */
const FIRST = 'send-proactive-message.json';

/** The credential that all examples refer to. */
export const EXAMPLE_CREDENTIAL = {
	id: 'genesysCloudDemo',
	name: 'Genesys Cloud account',
} as const;

/** An example workflow with the ID that it gets in n8n. */
interface ExampleWorkflow {
	readonly id: string;
	readonly name: string;
	readonly [field: string]: unknown;
}

/** @returns the example workflows; the first one is the one to begin with */
export function exampleWorkflows(): ExampleWorkflow[] {
	const files = readdirSync(FOLDER).filter((file) => file.endsWith('.json') && file !== FIRST);
	return [FIRST, ...files.sort()].map((file) => {
		const text = readFileSync(path.join(FOLDER, file), 'utf8');
		const workflow = JSON.parse(text) as { name: string };
		return { ...workflow, id: path.basename(file, '.json'), active: false };
	});
}
