import type {
	AssignmentCollectionValue,
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';
import { jsonParse, NodeOperationError, validateFieldType } from 'n8n-workflow';

import { setValueAt } from '../paths';
import { describeNode } from './describe';

const properties: INodeProperties[] = [
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
	description: describeNode({ name: 'set', displayName: 'Edit Fields (Set)', properties }),

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
