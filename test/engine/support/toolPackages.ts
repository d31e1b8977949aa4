import type { IDataObject, IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

import type { LoadedPackage } from '../../../dev/headless-n8n';
import { describeNode } from '../../../dev/headless-n8n/standInNodes/basics';
import { builtPackage } from './bed';

/** A tool as n8n hands it to an agent. */
interface Tool {
	readonly name: string;
	invoke(args: IDataObject): Promise<string>;
}

/** A call that a model would ask for. */
interface ToolCall {
	readonly tool: string;
	readonly args: IDataObject;
}

const trigger: INodeType = {
	description: describeNode({
		name: 'chatTrigger',
		displayName: 'Chat Trigger',
		group: ['trigger'],
		inputs: [],
	}),
	trigger: () => Promise.resolve({}),
};

/** An agent whose model is the input: it makes the item's `calls`, one after the other. */
const agent: INodeType = {
	description: describeNode({
		name: 'agent',
		displayName: 'AI Agent',
		version: [2],
		inputs: [NodeConnectionTypes.Main, { type: NodeConnectionTypes.AiTool }],
	}),

	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const tools = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as Tool[];
		const calls = this.getInputData()[0]?.json.calls as unknown as ToolCall[];
		const items: INodeExecutionData[] = [];
		for (const { tool: name, args } of calls) {
			const tool = tools.find((candidate) => candidate.name === name);
			if (!tool) throw new Error(`There is no tool "${name}".`);
			const answer = JSON.parse(await tool.invoke(args)) as IDataObject[];
			items.push({ json: { answer }, pairedItem: { item: 0 } });
		}
		return [items];
	},
};

/** A package of nodes that are there already. */
function packageOf(packageName: string, nodes: Readonly<Record<string, INodeType>>): LoadedPackage {
	const known = Object.keys(nodes).map((name) => [name, { className: name, sourcePath: '' }]);
	return {
		packageName,
		known: { nodes: Object.fromEntries(known) as LoadedPackage['known']['nodes'], credentials: {} },
		getNode: (name) => ({ type: nodes[name]!, sourcePath: '' }),
		getCredential: (name) => {
			throw new Error(`${packageName} has no credential type "${name}".`);
		},
	};
}

/**
 * The AI tool variant of the node under test, made as n8n makes it when it loads a package, and
 * stand-ins for the nodes that use a tool.
 */
export async function toolPackages(): Promise<LoadedPackage[]> {
	const node = (await builtPackage()).getNode('genesysCloud').type as INodeType;
	const description = {
		...node.description,
		name: 'genesysCloudTool',
		inputs: [],
		outputs: [NodeConnectionTypes.AiTool],
		properties: [
			{
				displayName: 'Tool Description',
				name: 'descriptionType',
				type: 'options' as const,
				options: [
					{ name: 'Set Automatically', value: 'auto' },
					{ name: 'Set Manually', value: 'manual' },
				],
				default: 'auto',
			},
			{
				displayName: 'Description',
				name: 'toolDescription',
				type: 'string' as const,
				default: '',
				displayOptions: { show: { descriptionType: ['manual'] } },
			},
			...node.description.properties,
		],
	};
	const genesysCloudTool = Object.create(node, {
		description: { value: description },
	}) as INodeType;
	return [
		packageOf('n8n-nodes-genesys-cloud', { genesysCloudTool }),
		packageOf('@n8n/n8n-nodes-langchain', { chatTrigger: trigger, agent }),
	];
}
