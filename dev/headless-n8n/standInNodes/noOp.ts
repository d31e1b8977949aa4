import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { describeNode } from './describe';

/** Stand-in for "No Operation, do nothing": passes its items on. */
export const noOp: INodeType = {
	description: describeNode({ name: 'noOp', displayName: 'No Operation, do nothing' }),

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return Promise.resolve([this.getInputData()]);
	},
};
