import type { IDataObject, INode, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { WorkflowJson } from '../../../dev/headless-n8n';

/** The name of the node under test in the workflows of these tests. */
export const SEND = 'Send';
/** The type of the node under test, as n8n names it once the package is installed. */
export const NODE_TYPE = 'n8n-nodes-genesys-cloud.genesysCloud';
/** The ID of the saved credential that the node under test uses. */
export const CREDENTIAL_ID = 'cred-1';

/** A node's settings in n8n's Settings tab, such as On Error and Retry On Fail. */
export type NodeSettings = Partial<INode>;

/** Makes a node; its name is its ID. */
export function node(name: string, type: string, details: NodeSettings = {}): INode {
	return { id: name, name, type, typeVersion: 1, position: [0, 0], parameters: {}, ...details };
}

/** The node under test. Contact ID and message come from the item's `contactId` and `text`. */
export function sendNode(parameters: IDataObject = {}, settings: NodeSettings = {}): INode {
	const fields = {
		resource: 'webMessage',
		operation: 'send',
		contactId: '={{ $json.contactId }}',
		message: '={{ $json.text }}',
		...parameters,
	};
	const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Genesys Cloud' } };
	return node(SEND, NODE_TYPE, {
		parameters: { ...fields, delivery: delivery(parameters.delivery) } as INodeParameters,
		credentials,
		...settings,
	});
}

/**
 * Delivery Options without waits between attempts, unless the test asks for them. A wait that no test
 * expects fails the message instead of holding up the tests.
 */
function delivery(options: unknown): object {
	return { backoffSeconds: 0, maxWaitSeconds: 5, ...(options as object | undefined) };
}

/** Trigger → the node under test. */
export function sendWorkflow(
	parameters: IDataObject = {},
	settings: NodeSettings = {},
): WorkflowJson {
	return {
		id: 'wf',
		name: 'Test',
		nodes: [node('Start', 'n8n-nodes-base.manualTrigger'), sendNode(parameters, settings)],
		connections: { Start: { main: [[to(SEND)]] } },
	};
}

/** A connection to a node's main input. */
export function to(name: string) {
	return { node: name, type: 'main', index: 0 } as const;
}

/** An item for each contact, each with a message of its own. */
export function customers(...contactIds: string[]): INodeExecutionData[] {
	return contactIds.map((contactId) => ({ json: { contactId, text: `Hello ${contactId}!` } }));
}

/** Contact IDs `c1` to `c<count>`. */
export function contactIds(count: number): string[] {
	return Array.from({ length: count }, (_value, index) => `c${index + 1}`);
}
