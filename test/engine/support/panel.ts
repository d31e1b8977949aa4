import { LoadOptionsContext } from 'n8n-core';
import type {
	IDataObject,
	INodeListSearchResult,
	INodeProperties,
	INodeType,
	ResourceMapperFields,
} from 'n8n-workflow';

import { createAdditionalData } from '../../../dev/headless-n8n/additionalData';
import { CredentialStore } from '../../../dev/headless-n8n/database';
import { EngineCredentialsHelper } from '../../../dev/headless-n8n/credentialsHelper';
import { PackageCredentialTypes, PackageNodeTypes } from '../../../dev/headless-n8n/packages';
import { createWorkflow } from '../../../dev/headless-n8n/workflows';
import { builtPackage, type Bed } from './bed';
import { CREDENTIAL_ID, NODE_TYPE, SEND, sendWorkflow } from './workflows';

/** The node type under test, as n8n loaded it. */
export async function nodeTypeUnderTest(): Promise<INodeType> {
	return (await builtPackage()).getNode('genesysCloud').type as INodeType;
}

/** The resource that a field of the node belongs to. */
export function resourceOf({ displayOptions }: INodeProperties): string {
	const [resource] = displayOptions?.show?.resource ?? [];
	return typeof resource === 'string' ? resource : '';
}

/**
 * Opens a pick-list as n8n's editor does: with n8n's own context of the node's panel.
 *
 * @param bed where the credential points to
 * @param name the list's name
 * @param parameters what is set in the panel
 * @returns loads a page, by what the user typed and what led to the page
 */
export async function pickList(bed: Bed, name: string, parameters: IDataObject = {}) {
	const { context, methods } = await openPanel(bed, parameters);
	const search = methods?.listSearch?.[name];
	if (search === undefined) throw new Error(`There is no list "${name}".`);
	return async (filter?: string, page?: string): Promise<INodeListSearchResult> =>
		await search.call(context, filter, page);
}

/** The fields that the editor makes of a chosen template. */
export async function templateFields(
	bed: Bed,
	parameters: IDataObject,
): Promise<ResourceMapperFields> {
	const { context, methods } = await openPanel(bed, parameters);
	const method = methods?.resourceMapping?.getTemplatePlaceholders;
	if (method === undefined) throw new Error('The node has no such method.');
	return await method.call(context);
}

/** n8n's own context of the node's panel. */
async function openPanel(bed: Bed, parameters: IDataObject) {
	const packages = [await builtPackage()];
	const nodeTypes = new PackageNodeTypes(packages);
	const credentialTypes = new PackageCredentialTypes(packages);
	const store = new CredentialStore({ [CREDENTIAL_ID]: bed.credential });
	const credentialsHelper = new EngineCredentialsHelper(credentialTypes, store, nodeTypes);
	const json = sendWorkflow({ resource: 'message', ...parameters });
	const workflow = createWorkflow(json, { nodeTypes });
	const execution = { executionId: '', workflow: json, uiMessages: [], credentialsHelper };
	const node = workflow.getNode(SEND);
	if (node === null) throw new Error('The workflow has no such node.');
	const additionalData = {
		...createAdditionalData({ ...execution, mode: 'internal' }),
		currentNodeParameters: node.parameters,
	};
	const context = new LoadOptionsContext(workflow, node, additionalData, 'parameters.fromAddress');
	return { context, methods: nodeTypes.getByNameAndVersion(NODE_TYPE).methods };
}
