import {
	NodeHelpers,
	Workflow,
	type INode,
	type INodeProperties,
	type INodePropertyOptions,
	type INodeTypes,
} from 'n8n-workflow';

import { GenesysCloud } from '../../../nodes/GenesysCloud/GenesysCloud.node';
import { findOperation, RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { executionContext, NODE } from '../support/context';
import { FORBIDDEN_WORDS } from '../support/failures';

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

/** The fields that the editor shows for these parameters. */
function fieldsFor(parameters: INode['parameters']): Map<string, INodeProperties> {
	const shown = description.properties.filter((property) =>
		NodeHelpers.displayParameter(parameters, property, NODE, description),
	);
	return new Map(shown.map((property) => [property.name, property]));
}

/** The fields with all that stand within them. */
function allFields(properties: readonly INodeProperties[]): INodeProperties[] {
	return properties.flatMap((property) => {
		const inner = (property.options ?? []).flatMap((option) =>
			'values' in option ? option.values : 'type' in option ? [option] : [],
		);
		return [property, ...allFields(inner)];
	});
}

const optionsOf = (fields: Map<string, INodeProperties>, name: string) =>
	fields.get(name)?.options as INodeProperties[];

const valuesOf = (field: INodeProperties | undefined) =>
	(field?.options as INodePropertyOptions[]).map(({ value }) => value);

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

	it.each([
		['webmessaging', 'externalContactId'],
		['sms', 'toAddress'],
		['whatsapp', 'toAddress'],
		['open', 'toAddress'],
		['apple', 'toAddress'],
	])('shows no more than eight fields of Message > Send by %s at first sight', (channel, to) => {
		const chosen = { resource: 'message', operation: 'send', channel };
		const templateId = { __rl: true, mode: 'list', value: '' };
		const names = [...fieldsFor({ ...chosen, templateId }).keys()].slice(2);
		expect(names).toEqual([
			'channel',
			'fromAddress',
			to,
			channel === 'whatsapp' ? 'templateId' : 'message',
			'unreachable',
			'simplify',
			'options',
			'delivery',
		]);
	});

	it("shows the template's own fields once one is chosen", () => {
		const templateId = { __rl: true, mode: 'list', value: 't-1' };
		const chosen = { resource: 'message', operation: 'send', channel: 'whatsapp', templateId };
		const shown = (templateParametersInput: string) =>
			[...fieldsFor({ ...chosen, templateParametersInput }).keys()].filter((name) =>
				name.startsWith('template'),
			);
		const input = ['templateId', 'templateParametersInput'];
		expect(shown('template')).toEqual([...input, 'templateValues']);
		expect(shown('fields')).toEqual([...input, 'templateParameters']);
		expect(shown('json')).toEqual([...input, 'templateParametersJson']);
		const mapper = fieldsFor({ ...chosen, templateParametersInput: 'template' });
		const method = mapper.get('templateValues')?.typeOptions?.resourceMapper?.resourceMapperMethod;
		expect(Object.keys(node.methods.resourceMapping)).toEqual([method]);
	});

	it('names the value to look up by what was chosen', () => {
		const chosen = { resource: 'externalContact', operation: 'lookUp' };
		const nameOf = (identifierType: string) =>
			fieldsFor({ ...chosen, identifierType }).get('identifierValue')?.displayName;
		expect([nameOf('Phone'), nameOf('Email')]).toEqual(['Phone Number', 'E-Mail Address']);
	});

	it('shows no field that has no effect as a tool', () => {
		const asTool = { ...description, name: 'genesysCloudTool' };
		for (const { value: resource, operations } of RESOURCES) {
			for (const { value: operation } of operations) {
				const parameters = { resource, operation, channel: 'sms' };
				const shown = description.properties.filter((property) =>
					NodeHelpers.displayParameter(parameters, property, NODE, asTool),
				);
				expect(shown.map(({ name }) => name)).not.toContain('unreachable');
			}
		}
		const options = optionsOf(fieldsFor({ resource: 'message', operation: 'send' }), 'delivery');
		const hidden = options.filter(({ displayOptions }) => displayOptions?.hide?.['@tool']);
		expect(hidden.map(({ name }) => name)).toEqual([
			'accessTokens',
			'concurrency',
			'stopAfterFailures',
		]);
	});

	it('shows numbers without trailing zeros', () => {
		const numbers = allFields(description.properties).filter(({ type }) => type === 'number');
		const precisions = numbers.map(({ typeOptions }) => typeOptions?.numberPrecision);
		expect(new Set(precisions)).toEqual(new Set([0, undefined]));
	});

	it.each([
		[
			'message',
			[
				'checkSessionFirst',
				'conversationId',
				'includeInputFields',
				'useExistingActiveConversation',
			],
		],
		['webMessage', ['includeInputFields']],
	])('has the options of %s > Send', (resource, names) => {
		const options = optionsOf(fieldsFor({ resource, operation: 'send' }), 'options');
		expect(options.map(({ name }) => name)).toEqual(names);
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

	it.each([
		['contactId', { type: 'string', required: true, default: '' }],
		['senderType', { type: 'options', default: 'bot' }],
		['message', { type: 'string', required: true, typeOptions: { rows: 4 } }],
		['unreachable', { type: 'options', default: 'error' }],
		['simplify', { type: 'boolean', default: true }],
		['delivery', { type: 'collection', default: {} }],
	])('has the field %s of Web Message > Send', (name, expected) => {
		const fields = fieldsFor({ resource: 'webMessage', operation: 'send' });
		expect(fields.get(name)).toMatchObject(expected);
	});

	it.each([
		['senderType', ['agent', 'bot']],
		['unreachable', ['error', 'output']],
	])('has the values of %s', (name, values) => {
		const fields = fieldsFor({ resource: 'webMessage', operation: 'send' });
		expect(valuesOf(fields.get(name))).toEqual(values);
	});

	it("has a notice that the tutorial's endpoint is not in the published API", () => {
		const fields = [...fieldsFor({ resource: 'webMessage', operation: 'send' }).values()];
		const notice = fields.find(({ type }) => type === 'notice');
		expect(notice?.displayName).toContain("not part of Genesys Cloud's published API");
	});

	it('has the Delivery Options with their defaults on every sending operation', () => {
		for (const resource of ['webMessage', 'message']) {
			const delivery = fieldsFor({ resource, operation: 'send' }).get('delivery');
			const options = delivery?.options as INodeProperties[];
			expect(Object.fromEntries(options.map(({ name, default: value }) => [name, value]))).toEqual({
				maxAttempts: 3,
				backoffSeconds: 1,
				maxWaitSeconds: 180,
				timeoutSeconds: 30,
				concurrency: 10,
				uncertain: 'retry',
				reuseConnections: false,
				accessTokens: 1,
				sendOnceKey: '',
				dryRun: 'never',
				onceADay: false,
				sendWindow: {},
				stopAfterFailures: 50,
			});
			const uncertain = options.find(({ name }) => name === 'uncertain');
			expect(valuesOf(uncertain)).toEqual(['retry', 'fail']);
		}
	});

	it('shows no field twice', () => {
		for (const { value: resource, operations } of RESOURCES) {
			for (const { value: operation } of operations) {
				const shown = description.properties.filter((property) =>
					NodeHelpers.displayParameter(
						{ resource, operation, channel: 'sms' },
						property,
						NODE,
						description,
					),
				);
				const names = shown.map(({ name }) => name);
				expect(names).toEqual([...new Set(names)]);
			}
		}
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
