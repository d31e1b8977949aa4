import type { INodeProperties } from 'n8n-workflow';

import { fromListOrId } from '../../fields';

const forTemplates = { channel: ['whatsapp'] };
/** Only a chosen template has placeholders to fill. */
const unchosen = { templateId: [''] };

/** The fields of a message template: which one, and what fills its placeholders. */
export const templateFields: INodeProperties[] = [
	{
		displayName: 'Template',
		name: 'templateId',
		...fromListOrId('searchTemplates'),
		displayOptions: { show: forTemplates },
		description: 'The approved message template, kept as a canned response in Genesys Cloud',
	},
	{
		displayName: 'Template Parameters Input',
		name: 'templateParametersInput',
		type: 'options',
		noDataExpression: true,
		displayOptions: { show: forTemplates, hide: unchosen },
		options: [
			{
				name: 'Using Fields of the Template',
				value: 'template',
				description: 'A field for each placeholder of the chosen template',
			},
			{
				name: 'Using JSON',
				value: 'json',
				description: 'An object, for example from an expression',
			},
			{
				name: 'Using Rows',
				value: 'fields',
				description: 'Placeholders by their IDs, for a template that an expression chooses',
			},
		],
		default: 'template',
		description: 'How the placeholders of the template are filled',
	},
	{
		displayName: 'Template Values',
		name: 'templateValues',
		type: 'resourceMapper',
		noDataExpression: true,
		required: true,
		default: { mappingMode: 'defineBelow', value: null },
		displayOptions: {
			show: { ...forTemplates, templateParametersInput: ['template'] },
			hide: unchosen,
		},
		typeOptions: {
			loadOptionsDependsOn: ['templateId.value'],
			resourceMapper: {
				resourceMapperMethod: 'getTemplatePlaceholders',
				mode: 'add',
				valuesLabel: 'Template Values',
				fieldWords: { singular: 'placeholder', plural: 'placeholders' },
				addAllFields: true,
				supportAutoMap: false,
				hideNoDataError: true,
			},
		},
		description:
			'What takes the place of each placeholder. Line breaks, tabs and rows of blanks become single blanks or four at most, as WhatsApp takes no others.',
	},
	{
		displayName: 'Template Parameters',
		name: 'templateParameters',
		type: 'fixedCollection',
		typeOptions: { multipleValues: true },
		displayOptions: {
			show: { ...forTemplates, templateParametersInput: ['fields'] },
			hide: unchosen,
		},
		placeholder: 'Add Parameter',
		default: {},
		options: [
			{
				displayName: 'Parameter',
				name: 'parameter',
				values: [
					{
						displayName: 'Part',
						name: 'part',
						type: 'options',
						options: [
							{ name: 'Body', value: 'body' },
							{ name: 'Button URL', value: 'buttonUrl' },
							{ name: 'Header', value: 'header' },
						],
						default: 'body',
						description: 'The part of the template that has the placeholder',
					},
					{
						displayName: 'Placeholder ID',
						name: 'id',
						type: 'string',
						default: '',
						placeholder: 'e.g. 1',
						description: "The placeholder's number or name in the template",
					},
					{
						displayName: 'Value',
						name: 'value',
						type: 'string',
						default: '',
						placeholder: 'e.g. Ada',
						description: 'The text that takes the place of the placeholder',
					},
				],
			},
		],
	},
	{
		displayName: 'Template Parameters',
		name: 'templateParametersJson',
		type: 'json',
		displayOptions: {
			show: { ...forTemplates, templateParametersInput: ['json'] },
			hide: unchosen,
		},
		default: '{}',
		placeholder: 'e.g. {"1": "Ada"}',
		description:
			'An object of placeholder IDs and texts for the body, or the lists of the API: headerParameters, bodyParameters, buttonUrlParameters',
	},
];
