import { readFile } from 'node:fs/promises';
import path from 'node:path';

import type { IConnections, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import { createEngine, loadPackage, type RunResult, type WorkflowJson } from '../headless-n8n';
import type { CredentialData, Target } from './settings';

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
 * @param customers replaces the example's own customers
 */
export async function runExample(
	example: string,
	credential: CredentialData,
	customers?: readonly Customer[],
): Promise<RunResult> {
	const file = path.join(ROOT, 'examples', example);
	const workflow = JSON.parse(await readFile(file, 'utf8')) as WorkflowJson;
	const list = workflow.nodes.find(({ name }) => name === NODE.customers);
	if (list && customers) list.parameters.jsonOutput = JSON.stringify({ customers });
	return await run(workflow, credential);
}

/**
 * Sends one message by Message > Send, in the smallest workflow that there is.
 *
 * @param name whom the outcome is about
 */
export async function sendMessage(
	target: Extract<Target, { by: 'message' }>,
	name: string,
	message: string,
	credential: CredentialData,
): Promise<RunResult> {
	const start: INode = {
		...{ id: 'start', name: 'Start', type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
		position: [0, 0],
		parameters: {},
	};
	const send: INode = {
		...{ id: 'send', name: NODE.send, typeVersion: 1, position: [220, 0] },
		type: 'n8n-nodes-genesys-cloud.genesysCloud',
		onError: 'continueErrorOutput',
		credentials: { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Demo' } },
		parameters: parametersOf(target, message),
	};
	const connections: IConnections = {
		[start.name]: { main: [[{ node: send.name, type: 'main', index: 0 }]] },
	};
	const workflow: WorkflowJson = { nodes: [start, send], connections };
	return await run(workflow, credential, [{ json: { name } }]);
}

function parametersOf(
	{ channel, from, to, template }: Extract<Target, { by: 'message' }>,
	message: string,
): INodeParameters {
	const byId = (value: string) => ({ __rl: true, mode: 'id', value });
	return {
		resource: 'message',
		operation: 'send',
		channel,
		fromAddress: byId(from),
		...(channel === 'webmessaging' ? { externalContactId: to } : { toAddress: to }),
		...(template
			? {
					templateId: byId(template.id),
					templateParametersInput: 'json',
					templateParametersJson: template.parameters,
				}
			: { message }),
		unreachable: 'output',
	};
}

async function run(
	workflow: WorkflowJson,
	credential: CredentialData,
	input?: INodeExecutionData[],
): Promise<RunResult> {
	const engine = createEngine({
		deduplication: 'memory',
		packages: [await loadPackage(ROOT)],
		credentials: {
			[CREDENTIAL_ID]: { name: 'Demo', type: 'genesysCloudApi', data: { ...credential } },
		},
	});
	return await engine.run(workflow, { mode: 'manual', ...(input && { input }) });
}
