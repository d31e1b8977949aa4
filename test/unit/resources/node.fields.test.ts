import { NodeHelpers, type INodeProperties } from 'n8n-workflow';

import { GenesysCloud } from '../../../nodes/GenesysCloud/GenesysCloud.node';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { NODE } from '../support/context';
import { allFields, fieldsFor, optionsOf, valuesOf } from '../support/nodeFields';

const node = new GenesysCloud();
const { description } = node;

describe('the fields of the node', () => {
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
				const empty = shown.filter(
					({ type, options = [] }) =>
						type === 'collection' &&
						(options as INodeProperties[]).every(
							(option) => option.displayOptions?.hide?.['@tool'],
						),
				);
				expect(empty).toEqual([]);
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
});
