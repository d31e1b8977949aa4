import type {
	AssignmentCollectionValue,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import {
	isSafeObjectProperty,
	jsonParse,
	NodeOperationError,
	UserError,
	validateFieldType,
} from 'n8n-workflow';

import { describeNode } from './basics';

function isObject(value: unknown): value is IDataObject {
	return typeof value === 'object' && value !== null;
}

/** The value at a dotted path such as `body.items`; nothing if the path leads nowhere. */
function valueAt(object: IDataObject, path: string): unknown {
	return path
		.split('.')
		.reduce<unknown>((value, name) => (isObject(value) ? value[name] : undefined), object);
}

/**
 * Sets the value at a dotted path and creates the objects on the way.
 *
 * @throws UserError if the path names a property of every object, such as `__proto__`.
 */
function setValueAt(object: IDataObject, path: string, value: IDataObject[string]): void {
	const names = path.split('.');
	const unsafe = names.find((name) => !isSafeObjectProperty(name));
	if (unsafe !== undefined) {
		throw new UserError(`"${unsafe}" cannot be the name of a field`);
	}
	const last = names.pop() ?? path;
	let target = object;
	for (const name of names) {
		const next = target[name];
		const inner = isObject(next) ? next : {};
		target[name] = inner;
		target = inner;
	}
	target[last] = value;
}

const setProperties: INodeProperties[] = [
	{
		displayName: 'Mode',
		name: 'mode',
		type: 'options',
		default: 'manual',
		options: [
			{ name: 'Manual Mapping', value: 'manual' },
			{ name: 'JSON', value: 'raw' },
		],
	},
	{ displayName: 'JSON', name: 'jsonOutput', type: 'json', default: '{}' },
	{
		displayName: 'Fields to Set',
		name: 'assignments',
		type: 'assignmentCollection',
		default: {},
	},
	{
		displayName: 'Include Other Input Fields',
		name: 'includeOtherFields',
		type: 'boolean',
		default: false,
	},
];

function rawFields(this: IExecuteFunctions, itemIndex: number): IDataObject {
	const json = this.getNodeParameter('jsonOutput', itemIndex) as string | IDataObject;
	return typeof json === 'string' ? jsonParse<IDataObject>(json) : json;
}

function assignedFields(this: IExecuteFunctions, itemIndex: number): IDataObject {
	const collection = this.getNodeParameter('assignments', itemIndex, {
		assignments: [],
	}) as Partial<AssignmentCollectionValue>;
	const fields: IDataObject = {};
	for (const { name, value, type = 'string' } of collection.assignments ?? []) {
		const result = validateFieldType(name, value, type as 'string');
		if (!result.valid) {
			throw new NodeOperationError(this.getNode(), result.errorMessage, { itemIndex });
		}
		setValueAt(fields, name, result.newValue);
	}
	return fields;
}

/** Stand-in for "Edit Fields (Set)": JSON mode, and assignments with dots in their names. */
export const set: INodeType = {
	description: describeNode({
		name: 'set',
		displayName: 'Edit Fields (Set)',
		properties: setProperties,
	}),

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().map((item, itemIndex) => {
			const raw = this.getNodeParameter('mode', itemIndex) === 'raw';
			const fields = (raw ? rawFields : assignedFields).call(this, itemIndex);
			const kept = this.getNodeParameter('includeOtherFields', itemIndex) ? item.json : {};
			return { json: { ...kept, ...fields }, pairedItem: { item: itemIndex } };
		});
		return Promise.resolve([items]);
	},
};

const splitOutProperties: INodeProperties[] = [
	{
		displayName: 'Fields To Split Out',
		name: 'fieldToSplitOut',
		type: 'string',
		default: '',
		required: true,
	},
	{
		displayName: 'Include',
		name: 'include',
		type: 'options',
		default: 'noOtherFields',
		options: [
			{ name: 'No Other Fields', value: 'noOtherFields' },
			{ name: 'All Other Fields', value: 'allOtherFields' },
		],
	},
];

function entriesOf(value: unknown): unknown[] {
	if (value === undefined) {
		return [];
	}
	return Array.isArray(value) ? value : [value];
}

function toJson(entry: unknown, field: string, others: IDataObject | undefined): IDataObject {
	if (others !== undefined) {
		return { ...others, [field]: entry as IDataObject };
	}
	const isObject = typeof entry === 'object' && entry !== null;
	return isObject ? { ...(entry as IDataObject) } : { [field]: entry as string };
}

/** Stand-in for "Split Out": one field, whose list becomes one item for each entry. */
export const splitOut: INodeType = {
	description: describeNode({
		name: 'splitOut',
		displayName: 'Split Out',
		properties: splitOutProperties,
	}),

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const items = this.getInputData().flatMap(({ json }, itemIndex) => {
			const field = this.getNodeParameter('fieldToSplitOut', itemIndex) as string;
			const includesOthers = this.getNodeParameter('include', itemIndex) === 'allOtherFields';
			const others = includesOthers ? json : undefined;
			return entriesOf(valueAt(json, field)).map((entry) => ({
				json: toJson(entry, field, others),
				pairedItem: { item: itemIndex },
			}));
		});
		return Promise.resolve([items]);
	},
};
