import { ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialsDecrypted,
	ICredentialTestRequest,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, Workflow } from 'n8n-workflow';

import { judgeFailure, judgeSuccess } from './credentialTestRules';
import { noOp } from './standInNodes/noOp';

/** A node type that sends the test request and does nothing else. */
function testNodeType(type: string, { request }: ICredentialTestRequest): INodeType {
	return {
		description: {
			...noOp.description,
			credentials: [{ name: type, required: true }],
			properties: [
				{ displayName: 'Temp', name: 'temp', type: 'string', routing: { request }, default: '' },
			],
		},
	};
}

function testNode(nodeType: INodeType, { id, name, type }: ICredentialsDecrypted): INode {
	return {
		id: 'temp',
		name: 'Temp-Node',
		type: nodeType.description.name,
		typeVersion: 1,
		position: [0, 0],
		parameters: {},
		credentials: { [type]: { id, name } },
	};
}

function contextOf(
	node: INode,
	nodeType: INodeType,
	additionalData: IWorkflowExecuteAdditionalData,
): ExecuteContext {
	const nodeTypes = {
		getByName: () => nodeType,
		getByNameAndVersion: () => nodeType,
		getKnownTypes: () => ({}),
	};
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	return new ExecuteContext(
		workflow,
		node,
		additionalData,
		'internal',
		createEmptyRunExecutionData(),
		0,
		[],
		{ main: [[{ json: {} }]] },
		{ node, data: {}, source: null },
		[],
	);
}

/**
 * Tests a credential as the "Test" of n8n's credential form does: a temporary workflow sends the
 * type's declared request through the credential's real authentication.
 *
 * @param credential the credential with defaults applied and expressions resolved.
 * @param test the type's declared test; its rules describe failures.
 */
export async function runCredentialTest(
	credential: ICredentialsDecrypted,
	test: ICredentialTestRequest,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeCredentialTestResult> {
	const nodeType = testNodeType(credential.type, test);
	const context = contextOf(testNode(nodeType, credential), nodeType, additionalData);
	let body: IDataObject | undefined;
	try {
		const output = await new RoutingNode(context, nodeType, credential).runNode();
		body = output?.[0]?.[0]?.json;
	} catch (error) {
		return judgeFailure(error, test.rules);
	}
	return judgeSuccess(body, test.rules);
}
