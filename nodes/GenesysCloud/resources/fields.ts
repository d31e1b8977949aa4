import type { INodeProperties } from 'n8n-workflow';

import { byName, deliveryField, NOT_AS_TOOL } from './deliveryOptions';
import type { Operation } from './types';

/** What to do with a message whose customer cannot be reached; on every sending operation. */
const unreachableField: INodeProperties = {
	displayName: 'If Customer Cannot Be Reached',
	name: 'unreachable',
	type: 'options',
	noDataExpression: true,
	displayOptions: NOT_AS_TOOL,
	options: [
		{
			name: 'Fail the Item',
			value: 'error',
			description: 'Treat it like any other message that was not sent, as set under On Error',
		},
		{
			name: "Send the Item to the 'Unreachable' Output",
			value: 'output',
			description:
				'Pass the input item on by an output of its own, so that the workflow can call or mail the customer instead',
		},
	],
	default: 'error',
	description:
		"What to do when the session of the customer has ended, the contact is not known or wants no messages, or it is outside the 'Send Window'. Such a message is never retried.",
};

/** What to do with an identifier that Genesys Cloud does not know. */
export const notFoundField: INodeProperties = {
	...unreachableField,
	displayName: 'If No Contact Is Found',
	options: [
		{
			name: 'Fail the Item',
			value: 'error',
			description: 'Treat it like any other look-up that did not work, as set under On Error',
		},
		{
			name: "Send the Item to the 'Not Found' Output",
			value: 'output',
			description: 'Pass the input item on by an output of its own',
		},
	],
	description: 'What to do when Genesys Cloud knows no contact with this identifier',
};

/** The Simplify switch, in n8n's own words. */
const simplifyField: INodeProperties = {
	displayName: 'Simplify',
	name: 'simplify',
	type: 'boolean',
	default: true,
	description: 'Whether to return a simplified version of the response instead of the raw data',
};

export const ID_PLACEHOLDER = 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6';

/** What makes a field one whose value comes from a pick-list, or is given as an ID. */
export function fromListOrId(searchListMethod: string, placeholder = ID_PLACEHOLDER) {
	return {
		type: 'resourceLocator',
		required: true,
		default: { mode: 'list', value: '' },
		modes: [
			{
				displayName: 'From List',
				name: 'list',
				type: 'list',
				typeOptions: { searchListMethod, searchable: true },
			},
			{ displayName: 'By ID', name: 'id', type: 'string', placeholder },
		],
	} satisfies Partial<INodeProperties>;
}

/** A field for an ID of Genesys Cloud. */
export function idField(displayName: string, name: string, description: string): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		required: true,
		default: '',
		placeholder: ID_PLACEHOLDER,
		description,
	};
}

/** Keeps what a workflow knew of the customer; on every sending operation. */
const includeInputFieldsOption: INodeProperties = {
	displayName: 'Include Input Fields',
	name: 'includeInputFields',
	type: 'boolean',
	displayOptions: NOT_AS_TOOL,
	default: false,
	description:
		'Whether sent items keep the fields of their input. Of fields that the result has too, such as status or timestamp, those of the result count.',
};

/** All fields of an operation: its own, and those that come by its kind. */
export function fieldsOf(operation: Operation): INodeProperties[] {
	const { kind, fields, options = [] } = operation;
	const sends = kind === 'send';
	return [
		...fields,
		...(sends ? [unreachableField] : []),
		simplifyField,
		...optionsField([...options, ...(sends ? [includeInputFieldsOption] : [])]),
		deliveryField(kind),
	];
}

function optionsField(options: readonly INodeProperties[]): INodeProperties[] {
	if (options.length === 0) return [];
	// A collection with nothing to add would stand there empty.
	const noneAsTool = options.every(({ displayOptions }) => displayOptions === NOT_AS_TOOL);
	return [
		{
			displayName: 'Options',
			name: 'options',
			type: 'collection',
			...(noneAsTool && { displayOptions: NOT_AS_TOOL }),
			placeholder: 'Add option',
			default: {},
			options: [...options].sort(byName),
		},
	];
}
