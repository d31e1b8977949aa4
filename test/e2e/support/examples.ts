import { readFileSync } from 'node:fs';
import path from 'node:path';

import { ROOT } from '../../../dev/playground/n8n/paths';
import type { CredentialReference } from './n8n';
import type { NodeJson, WorkflowJson } from './workflows';

/**
 * Reads an example workflow, as a user imports it.
 *
 * @param file its file name in examples/
 * @param credential replaces the placeholder in its Genesys Cloud nodes
 * @param changes parameters to change, by node name
 * @returns the workflow
 */
export function example(
	file: string,
	credential: CredentialReference,
	changes: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {},
): WorkflowJson {
	const text = readFileSync(path.join(ROOT, 'examples', file), 'utf8');
	const workflow = JSON.parse(text) as WorkflowJson;
	const nodes = workflow.nodes.map((node): NodeJson => ({
		...node,
		parameters: { ...node.parameters, ...changes[node.name] },
		...(node.credentials && { credentials: { genesysCloudApi: credential } }),
	}));
	return { ...workflow, nodes };
}
