import type { IDataObject, INodeProperties, INodePropertyOptions, INodeType } from 'n8n-workflow';
import { NodeConnectionTypes, NodeHelpers, Workflow } from 'n8n-workflow';

import { createNodeAsTool } from 'n8n-core/dist/execution-engine/node-execution-context/utils/create-node-as-tool';

import { OPERATIONS } from '../support/operations';
import { nodeTypeUnderTest, resourceOf } from '../support/panel';
import { node, NODE_TYPE, SEND } from '../support/workflows';

interface Operation {
	readonly resource: string;
	readonly value: string;
	readonly name: string;
	readonly action: string;
	readonly description: string;
}

let nodeType: INodeType;
let operations: Operation[];

/** The operations as n8n shows them: from the dropdowns of the built node. */
function operationsOf({ description: { properties } }: INodeType): Operation[] {
	const dropdowns = properties.filter(
		({ name, type }) => name === 'operation' && type === 'options',
	);
	return dropdowns.flatMap((field: INodeProperties) =>
		(field.options as INodePropertyOptions[]).map(
			({ value, name, action = '', description = '' }) => ({
				resource: resourceOf(field),
				value: String(value),
				name,
				action,
				description,
			}),
		),
	);
}

beforeAll(async () => {
	nodeType = await nodeTypeUnderTest();
	operations = operationsOf(nodeType);
});

/** Texts that stand twice in a list. */
function repeated(texts: readonly string[]): string[] {
	return texts.filter((text, index) => texts.indexOf(text) !== index);
}

describe('the operations', () => {
	it('are those of the registry, with their own words each', () => {
		expect(operations.map(({ resource, value }) => [resource, value])).toEqual(
			OPERATIONS.map(({ resource, operation }) => [resource, operation.value]),
		);
		expect(repeated(operations.map(({ action }) => action.toLowerCase()))).toEqual([]);
		expect(repeated(operations.map(({ description }) => description.toLowerCase()))).toEqual([]);
	});

	it('stand on the canvas in the words of the dropdowns', () => {
		const titles = operations.map(({ resource, value }) => {
			const placed = node(SEND, NODE_TYPE, { parameters: { resource, operation: value } });
			const workflow = new Workflow({
				nodes: [placed],
				connections: {},
				active: false,
				nodeTypes: { getByNameAndVersion: () => nodeType } as never,
			});
			return workflow.expression.getSimpleParameterValue(
				placed,
				nodeType.description.subtitle,
				'internal',
				{},
			);
		});
		expect(titles).toEqual(OPERATIONS.map(({ title }) => title.split(' > ').reverse().join(': ')));
	});

	it('have actions in sentence case with a verb and their resource', () => {
		for (const { action, resource } of operations) {
			expect(action).toMatch(/^(Get|Look up|Send) (a|an|the) [a-z, ]+(SMS or WhatsApp)?$/);
			const words = resource.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
			expect(action).toContain(words);
		}
	});

	it('have descriptions in sentence case, without a period at the end', () => {
		for (const { description } of operations) {
			expect(description).toMatch(/^[A-Z][a-z]/);
			expect(description).not.toMatch(/[.!]$/);
			expect(description.length).toBeGreaterThan(30);
		}
	});

	it('say whether a customer gets a message or something is only read', () => {
		for (const { value, description } of operations) {
			expect(description).toMatch(value === 'send' ? /^Send / : /^(Retrieve|Find) (?!.*\bsend)/);
		}
	});

	it('have names in title case', () => {
		for (const { name } of operations) expect(name).toMatch(/^[A-Z][a-z]+( [A-Z][a-z]+)*$/);
	});
});

/** The node with what an agent fills in, as a user sets it up. */
function toolNode(parameters: IDataObject) {
	const fields = { descriptionType: 'auto', ...parameters } as never;
	return node('Genesys Cloud', `${NODE_TYPE}Tool`, { parameters: fields });
}

const fromAI = (key: string, description: string) =>
	`={{ $fromAI('${key}', '${description}', 'string') }}`;

describe('the node as a tool of an AI agent', () => {
	it('is offered', () => {
		expect(nodeType.description.usableAsTool).toBe(true);
		expect(nodeType.description.properties.map(({ name }) => name)).not.toContain(
			'toolDescription',
		);
	});

	it('has static outputs once n8n made its tool variant', () => {
		// What n8n's convertNodeToAiTool changes in the description.
		const description = {
			...structuredClone(nodeType.description),
			name: 'genesysCloudTool',
			inputs: [],
			outputs: [NodeConnectionTypes.AiTool],
		};
		expect(NodeHelpers.isTool(description, {})).toBe(true);
	});

	it.each(OPERATIONS)('$title tells the agent what it does', ({ parameters, operation }) => {
		const tool = NodeHelpers.getToolDescriptionForNode(toolNode(parameters), nodeType);
		expect(tool).toBe(`${operation.action} in Genesys Cloud`);
	});

	it.each(OPERATIONS)(
		'$title can be created, with what the agent fills in',
		async ({ parameters }) => {
			const invoked: unknown[] = [];
			const { response: tool } = createNodeAsTool({
				node: toolNode({ ...parameters, message: fromAI('text', 'What to say') }),
				nodeType,
				handleToolInvocation: async (toolArguments: unknown) => {
					invoked.push(toolArguments);
					return 'done';
				},
			});
			expect(tool.name).toBe('Genesys_Cloud');
			await expect(tool.invoke({ text: 'Hi' })).resolves.toBe('done');
			expect(invoked).toEqual([{ text: 'Hi' }]);
			await expect(tool.invoke({})).rejects.toThrow(/schema/);
		},
	);
});
