import { getAdditionalKeys } from 'n8n-core';
import type {
	ICredentialDataDecryptedObject,
	ICredentialsExpressionResolveValues,
	IExecuteData,
	INode,
	INodeParameters,
	INodeProperties,
	INodeTypes,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { NodeHelpers, Workflow } from 'n8n-workflow';

/** Fields that n8n adds to the credential's form, so that they are not among its properties. */
const FIELDS_OF_N8N = ['oauthTokenData', 'allowedHttpRequestDomains', 'allowedDomains'];

/**
 * Adds the defaults of the fields that were not saved, and drops what the type does not declare
 * or does not show, as n8n does each time a node asks for a credential.
 */
export function withDefaults(
	saved: ICredentialDataDecryptedObject,
	properties: INodeProperties[],
): ICredentialDataDecryptedObject {
	const values = saved as INodeParameters;
	const parameters = NodeHelpers.getNodeParameters(properties, values, true, false, null, null);
	const ofN8n = FIELDS_OF_N8N.filter((name) => saved[name] !== undefined);
	const fields = Object.fromEntries(ofN8n.map((name) => [name, saved[name]]));
	return { ...fields, ...parameters } as ICredentialDataDecryptedObject;
}

interface ResolveContext {
	additionalData: IWorkflowExecuteAdditionalData;
	nodeTypes: INodeTypes;
	mode: WorkflowExecuteMode;
	executeData?: IExecuteData;
	/** The node and item that ask for the credential; absent outside of an execution. */
	consumer?: ICredentialsExpressionResolveValues;
}

const detachedNode: INode = {
	id: 'credential',
	name: 'Credential',
	type: 'n8n-nodes-base.noOp',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/**
 * Resolves the expressions in a credential's fields as n8n does: within an execution they see the
 * item and the workflow of the node that asks, elsewhere only `$secrets`, `$vars` and `$self`.
 *
 * @returns the data with every expression replaced by its value.
 * @throws the expression's error, marked as one of a credential.
 */
export function resolveCredentialData(
	data: ICredentialDataDecryptedObject,
	{ additionalData, nodeTypes, mode, executeData, consumer }: ResolveContext,
): ICredentialDataDecryptedObject {
	const keys = getAdditionalKeys(additionalData, mode, null, { isCredential: true });
	const values = data as INodeParameters;
	if (consumer === undefined) {
		const { expression } = new Workflow({
			nodes: [detachedNode],
			connections: {},
			active: false,
			nodeTypes,
		});
		const resolved = expression.getComplexParameterValue(
			detachedNode,
			values,
			mode,
			keys,
			undefined,
			undefined,
			data,
		);
		return resolved as ICredentialDataDecryptedObject;
	}
	const { workflow, runExecutionData, runIndex, itemIndex, node, connectionInputData } = consumer;
	try {
		const resolved = workflow.expression.getParameterValue(
			values,
			runExecutionData,
			runIndex,
			itemIndex,
			node.name,
			connectionInputData,
			mode,
			keys,
			executeData,
			false,
			data,
		);
		return resolved as ICredentialDataDecryptedObject;
	} catch (error) {
		if (error instanceof Error) {
			error.message += ' [Error resolving credentials]';
		}
		throw error;
	}
}
