import { randomUUID } from 'node:crypto';

import { CREDENTIAL_TYPE, NODE_TYPE } from '../../../dev/playground/n8n/paths';
import type { CredentialReference } from './n8n';

/** A node of a workflow. */
export interface NodeJson {
	readonly name: string;
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: Readonly<Record<string, unknown>>;
	readonly position: readonly [number, number];
	readonly id: string;
	readonly credentials?: Readonly<Record<string, CredentialReference>>;
	readonly [setting: string]: unknown;
}

/** A workflow as n8n exports it. */
export interface WorkflowJson {
	readonly name: string;
	readonly nodes: readonly NodeJson[];
	readonly connections: Readonly<Record<string, unknown>>;
	readonly settings: Readonly<Record<string, unknown>>;
	readonly [field: string]: unknown;
}

/** The name of the Genesys Cloud node in the workflows of the tests. */
export const GENESYS = 'Genesys Cloud';

/** What a node gets beside its parameters: `onError`, `retryOnFail` and the like. */
export type NodeSettings = Readonly<Record<string, unknown>>;

/**
 * A node.
 *
 * @param name its name
 * @param type its type
 * @param typeVersion the version of its type
 * @param parameters its parameters
 * @param settings further settings
 * @returns the node
 */
export function node(
	name: string,
	type: string,
	typeVersion: number,
	parameters: Readonly<Record<string, unknown>> = {},
	settings: NodeSettings = {},
): NodeJson {
	return { id: randomUUID(), name, type, typeVersion, parameters, position: [0, 0], ...settings };
}

/**
 * The Genesys Cloud node.
 *
 * @param credential the credential that it uses
 * @param parameters its parameters
 * @param settings further settings
 * @returns the node
 */
export function genesysNode(
	credential: CredentialReference,
	parameters: Readonly<Record<string, unknown>>,
	settings: NodeSettings = {},
): NodeJson {
	const credentials = { [CREDENTIAL_TYPE]: credential };
	return node(GENESYS, NODE_TYPE, 1, parameters, { credentials, ...settings });
}

/** Parameters of Web Message > Send for the items of the tests: `{ contactId, text }`. */
export const WEB_MESSAGE = {
	resource: 'webMessage',
	operation: 'send',
	contactId: '={{ $json.contactId }}',
	message: '={{ $json.text }}',
} as const;

/**
 * A workflow whose nodes follow one another.
 *
 * @param nodes the nodes, the trigger first
 * @param settings the workflow's settings
 * @returns the workflow
 */
export function chain(nodes: readonly NodeJson[], settings: NodeSettings = {}): WorkflowJson {
	const connections = Object.fromEntries(
		nodes.slice(0, -1).map(({ name }, index) => {
			const next = { node: nodes[index + 1]!.name, type: 'main', index: 0 };
			return [name, { main: [[next]] }];
		}),
	);
	const placed = nodes.map((entry, index) => ({ ...entry, position: [index * 220, 0] as const }));
	return {
		name: `Test ${randomUUID()}`,
		nodes: placed,
		connections,
		settings: { executionOrder: 'v1', ...settings },
	};
}

/**
 * A workflow that is started by hand and gives the items to a node.
 *
 * @param items the items' JSON
 * @param last the node
 * @returns the workflow
 */
export function manualWorkflow(items: readonly object[], last: NodeJson): WorkflowJson {
	return chain([
		node('Start', 'n8n-nodes-base.manualTrigger', 1),
		node('Items', 'n8n-nodes-base.set', 3.4, {
			mode: 'raw',
			jsonOutput: JSON.stringify({ items }),
			options: {},
		}),
		splitOut('items'),
		last,
	]);
}

/**
 * A workflow that gets its items by a webhook and answers with what a node gave.
 *
 * @param path the webhook's path
 * @param last the node
 * @returns the workflow
 */
export function webhookWorkflow(path: string, last: NodeJson): WorkflowJson {
	const parameters = {
		httpMethod: 'POST',
		path,
		responseMode: 'lastNode',
		responseData: 'allEntries',
		options: {},
	};
	return chain([
		node('Webhook', 'n8n-nodes-base.webhook', 2, parameters, { webhookId: randomUUID() }),
		splitOut('body.items'),
		last,
	]);
}

function splitOut(field: string): NodeJson {
	return node('One by one', 'n8n-nodes-base.splitOut', 1, { fieldToSplitOut: field, options: {} });
}
