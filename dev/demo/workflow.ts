import { readFile } from 'node:fs/promises';
import path from 'node:path';

import { createEngine, loadPackage, type RunResult, type WorkflowJson } from '../headless-n8n';

/** The project's root: the package itself is loaded from here, as n8n would load it. */
const ROOT = path.join(__dirname, '../..');
/** The credential that the example workflow refers to. */
const CREDENTIAL_ID = 'genesysCloudDemo';

/** The names of the nodes of the example workflows that the demo reads. */
export const NODE = { customers: 'Customers', send: 'Send message', sms: 'Send SMS' } as const;

/** The example workflows that the demo runs. */
export const EXAMPLE = {
	webMessage: 'send-proactive-message.json',
	smsFallback: 'web-message-with-sms-fallback.json',
} as const;

/** A customer of the example workflow. */
export interface Customer {
	readonly name: string;
	readonly contactId: string;
	readonly message: string;
}

/**
 * Runs an example workflow with the built package in n8n's engine.
 *
 * @param example the file of the workflow
 * @param credential the data of the Genesys Cloud credential
 * @param customers replaces the example's own customers
 * @returns what n8n would show of the execution
 */
export async function runExample(
	example: string,
	credential: Record<string, string>,
	customers?: readonly Customer[],
): Promise<RunResult> {
	const file = path.join(ROOT, 'examples', example);
	const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowJson;
	const list = workflow.nodes.find(({ name }) => name === NODE.customers);
	if (list && customers) list.parameters.jsonOutput = JSON.stringify({ customers });
	const engine = createEngine({
		packages: [await loadPackage(ROOT)],
		credentials: {
			[CREDENTIAL_ID]: { name: 'Demo', type: 'genesysCloudApi', data: credential },
		},
	});
	return await engine.run(workflow, { mode: 'manual' });
}
