import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodePropertyOptions,
	type INodeTypes,
} from 'n8n-workflow';

import { GenesysCloud } from '../../../nodes/GenesysCloud/GenesysCloud.node';
import { findOperation, RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { executionContext, NODE } from '../support/context';
import { FORBIDDEN_WORDS } from '../support/failures';
import { allFields, fieldsFor, valuesOf } from '../support/nodeFields';

const node = new GenesysCloud();
const { description } = node;

/** The outputs of a node with these parameters, as n8n works them out. */
function outputsOf(parameters: INode['parameters'], details: Partial<INode> = {}) {
	const workflowNode: INode = { ...NODE, parameters, ...details };
	const nodeTypes = {
		getByName: () => node,
		getByNameAndVersion: () => node,
		getKnownTypes: () => ({}),
	} as unknown as INodeTypes;
	const workflow = new Workflow({
		nodes: [workflowNode],
		connections: {},
		active: false,
		nodeTypes,
	});
	return NodeHelpers.getNodeOutputs(workflow, workflow.nodes[NODE.name]!, description);
}

describe('the outputs of the node', () => {
	it.each([{}, { unreachable: 'error' }])('are one with %j', (parameters) => {
		expect(outputsOf(parameters)).toEqual(['main']);
	});

	it('are two when unreachable customers leave by their own', () => {
		expect(outputsOf({ unreachable: 'output' })).toEqual([
			{ type: 'main', displayName: 'Sent' },
			{ type: 'main', displayName: 'Unreachable' },
		]);
	});

	it('are named for what a look-up found', () => {
		expect(outputsOf({ resource: 'externalContact', unreachable: 'output' })).toMatchObject([
			{ displayName: 'Found' },
			{ displayName: 'Not Found' },
		]);
	});

	it("are joined by n8n's error output", () => {
		const onError = 'continueErrorOutput';
		expect(outputsOf({}, { onError })).toMatchObject([
			{ displayName: 'Success' },
			{ category: 'error' },
		]);
		expect(outputsOf({ unreachable: 'output' }, { onError })).toMatchObject([
			{ displayName: 'Sent' },
			{ displayName: 'Unreachable' },
			{ category: 'error' },
		]);
	});
});

describe('the description of the node', () => {
	it('has the names that saved workflows use', () => {
		expect(description).toMatchObject({
			displayName: 'Genesys Cloud',
			name: 'genesysCloud',
			version: 1,
			usableAsTool: true,
			inputs: ['main'],
			credentials: [{ name: 'genesysCloudApi', required: true }],
		});
	});

	it('offers the resources, Message first of all and Web Message last', () => {
		const resource = fieldsFor({ resource: 'message' }).get('resource');
		expect(resource?.default).toBe('message');
		expect(valuesOf(resource)).toEqual([
			'message',
			'conversation',
			'externalContact',
			'webMessage',
		]);
	});

	it.each(RESOURCES)('offers the operations of $name', ({ value: resource, operations }) => {
		const operation = fieldsFor({ resource }).get('operation');
		const values = operations.map(({ value }) => value);
		expect([operation?.default, valuesOf(operation)]).toEqual([values[0], values]);
	});

	it('tells the two ways to send in the list of actions', () => {
		const actions = RESOURCES.flatMap(({ operations }) => operations.map(({ action }) => action));
		expect(actions).toEqual(expect.arrayContaining(['Send a web message']));
		expect(actions.filter((action) => /SMS.*WhatsApp/.test(action))).toHaveLength(1);
		expect(new Set(actions).size).toBe(actions.length);
	});

	it('has an action for each channel that people look for', () => {
		const hidden = description.properties.filter(({ type }) => type === 'hidden');
		const [resource, ...operations] = hidden;
		const actions = operations.map(({ displayOptions, options = [] }, index) => {
			const { value } = resource?.options?.[index] as INodePropertyOptions;
			// What n8n fills in: the first values that the dropdown is shown for.
			expect(displayOptions?.show?.resource).toEqual(['message', value]);
			const [{ value: operation, action }] = options as [INodePropertyOptions];
			return [action, operation, displayOptions?.show?.channel];
		});
		expect(actions).toEqual([
			['Send an SMS', 'send', ['sms']],
			['Send a WhatsApp template', 'send', ['whatsapp']],
			['Send an open message', 'send', ['open']],
			['Send an Apple message', 'send', ['apple']],
		]);
	});

	it("keeps to n8n's way with texts", () => {
		const fields = allFields(description.properties);
		const switches = fields.filter(({ type }) => type === 'boolean');
		const placeholders = fields.map(({ placeholder }) => placeholder ?? '').filter(Boolean);
		const without = (texts: readonly string[], start: RegExp) =>
			texts.filter((text) => !start.test(text));
		expect(
			without(
				switches.map(({ description: text = '' }) => text),
				/^Whether /,
			),
		).toEqual([]);
		expect(without(placeholders, /^(?:e\.g\. |Add |Set )/)).toEqual([]);
	});

	it("keeps n8n's words to avoid out of its texts", () => {
		const texts = JSON.stringify(description.properties, (key, value: unknown) =>
			['value', 'name', 'type', 'default'].includes(key) && value === 'error' ? '' : value,
		);
		// "server error" is what everybody calls a 5xx, "On Error" is the name of n8n's setting, and the option counts
		// failures.
		const left = texts.replace(/server errors?|On Error|Stop After Failures/gi, '');
		expect(left).not.toMatch(FORBIDDEN_WORDS);
	});
});

describe('findOperation', () => {
	it('finds the operations of the registry', () => {
		expect(findOperation('webMessage', 'send')?.action).toBe('Send a web message');
	});

	it.each([
		['webMessage', 'shout'],
		['fax', 'send'],
		[undefined, undefined],
		['constructor', 'name'],
	])('knows no %s > %s', (resource, operation) => {
		expect(findOperation(resource, operation)).toBeUndefined();
	});
});

describe('the execution of the node', () => {
	it('delivers the messages', async () => {
		const { context, sent } = executionContext({
			api: () => ({ statusCode: 200, body: '{"id":"m-1"}' }),
		});
		const [main] = await node.execute.call(context as never);
		expect(sent()).toEqual(['message-0']);
		expect(main?.[0]?.json).toMatchObject({ id: 'm-1', status: 'sent' });
	});
});
