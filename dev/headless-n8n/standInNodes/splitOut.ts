import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeProperties,
	INodeType,
} from 'n8n-workflow';

import { valueAt } from '../paths';
import { describeNode } from './describe';

const properties: INodeProperties[] = [
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
	description: describeNode({ name: 'splitOut', displayName: 'Split Out', properties }),

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
