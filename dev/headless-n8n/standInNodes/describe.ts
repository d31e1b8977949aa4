import type { INodeTypeDescription } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

type Details = Partial<INodeTypeDescription> & Pick<INodeTypeDescription, 'name' | 'displayName'>;

/** A node description with one input and one output, changed by the details. */
export function describeNode(details: Details): INodeTypeDescription {
	return {
		group: ['transform'],
		version: 1,
		description: 'Stand-in for the node of n8n-nodes-base',
		defaults: { name: details.displayName },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...details,
	};
}
