import { ExecuteContext, RoutingNode } from 'n8n-core';
import type {
	ICredentialsDecrypted,
	ICredentialTestRequest,
	INode,
	INodeCredentialTestResult,
	INodeType,
	IWorkflowExecuteAdditionalData,
} from 'n8n-workflow';
import { createEmptyRunExecutionData, UserError, Workflow } from 'n8n-workflow';

import { noOp } from './standInNodes/basics';

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

interface RequestCause {
	code?: string;
	response?: { status: number; statusText?: string };
}

function failed(message: string): INodeCredentialTestResult {
	return { status: 'Error', message };
}

/** What n8n answers when the test request failed: the status, the connection's code or the error. */
function judgeFailure(error: unknown): INodeCredentialTestResult {
	const { message, cause } = error as Error & { cause?: RequestCause };
	const response = cause?.response;
	if (response === undefined) {
		return failed(cause?.code ?? message);
	}
	const { status, statusText = '' } = response;
	return failed(statusText === '' ? `Received HTTP status code: ${status}` : statusText);
}

/**
 * Tests a credential as the "Test" of n8n's credential form does: a temporary workflow sends the
 * type's declared request through the credential's real authentication.
 *
 * @param credential the credential with defaults applied and expressions resolved.
 * @throws UserError if the test declares rules on the answer, which are not understood here.
 */
export async function runCredentialTest(
	credential: ICredentialsDecrypted,
	test: ICredentialTestRequest,
	additionalData: IWorkflowExecuteAdditionalData,
): Promise<INodeCredentialTestResult> {
	if (test.rules !== undefined) {
		throw new UserError(`The test of "${credential.type}" has rules`);
	}
	const nodeType = testNodeType(credential.type, test);
	const context = contextOf(testNode(nodeType, credential), nodeType, additionalData);
	try {
		await new RoutingNode(context, nodeType, credential).runNode();
	} catch (error) {
		return judgeFailure(error);
	}
	return { status: 'OK', message: 'Connection successful!' };
}
