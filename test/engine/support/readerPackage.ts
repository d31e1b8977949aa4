import type {
	IExecuteFunctions,
	IHttpRequestOptions,
	INodeExecutionData,
	INodeType,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import type { LoadedPackage } from '../../../dev/headless-n8n';

/** The full type of the reader node. */
export const READER_TYPE = 'n8n-nodes-reader.reader';

/** Both of n8n's helpers for calls with a credential, as far as they are used here. */
type Helper = (
	this: IExecuteFunctions,
	credentialType: string,
	options: IHttpRequestOptions,
) => Promise<INodeExecutionData['json']>;

/** Makes the calls of its `requests` parameter with the Genesys Cloud credential, all at once. */
class Reader implements INodeType {
	description = {
		displayName: 'Reader',
		name: 'reader',
		group: ['input' as const],
		version: 1,
		description: 'Calls an API with the Genesys Cloud credential, as the HTTP Request node does',
		defaults: { name: 'Reader' },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		credentials: [{ name: 'genesysCloudApi', required: true }],
		properties: [
			{ displayName: 'Requests', name: 'requests', type: 'json' as const, default: '[]' },
			{
				displayName: 'By the Helper of the HTTP Request Node',
				name: 'legacy',
				type: 'boolean' as const,
				default: false,
			},
		],
	};

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const requests = this.getNodeParameter('requests', 0) as unknown as IHttpRequestOptions[];
		const { helpers } = this;
		// The HTTP Request node uses the older helper.
		const helper = this.getNodeParameter('legacy', 0)
			? 'requestWithAuthentication'
			: 'httpRequestWithAuthentication';
		const call = (helpers[helper] as Helper).bind(this);
		const answers = requests.map(
			async (request) => await call('genesysCloudApi', { json: true, ...request }),
		);
		const items = await Promise.all(answers);
		return [items.map((json) => ({ json, pairedItem: { item: 0 } }))];
	}
}

/** A package with one node that borrows the credential type of the package under test. */
export const readerPackage: LoadedPackage = {
	packageName: 'n8n-nodes-reader',
	known: { nodes: { reader: { className: 'Reader', sourcePath: __filename } }, credentials: {} },
	getNode: () => ({ type: new Reader(), sourcePath: __filename }),
	getCredential: (name) => {
		throw new Error(`The reader package has no credential type "${name}".`);
	},
};
