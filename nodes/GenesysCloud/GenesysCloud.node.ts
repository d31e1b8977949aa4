import {
	NodeConnectionTypes,
	type IExecuteFunctions,
	type INodeExecutionData,
	type INodeType,
	type INodeTypeDescription,
} from 'n8n-workflow';

import { listSearch, resourceMapping } from './listSearch';
import { run } from './n8n/run';
import { nodeProperties, outputs, subtitle } from './resources';

/** The Genesys Cloud node: sends proactive messages to customers. */
export class GenesysCloud implements INodeType {
	description: INodeTypeDescription = {
		displayName: 'Genesys Cloud',
		name: 'genesysCloud',
		icon: { light: 'file:genesysCloud.svg', dark: 'file:genesysCloud.dark.svg' },
		group: ['output'],
		version: 1,
		subtitle: subtitle(),
		description: 'Send proactive messages to customers through Genesys Cloud',
		defaults: { name: 'Genesys Cloud' },
		usableAsTool: true,
		inputs: [NodeConnectionTypes.Main],
		outputs: outputs(),
		credentials: [{ name: 'genesysCloudApi', required: true }],
		properties: nodeProperties(),
	};

	methods = { listSearch, resourceMapping };

	/** Delivers one message for each input item. */
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return await run(this);
	}
}
