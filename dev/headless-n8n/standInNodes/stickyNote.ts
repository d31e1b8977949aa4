import type { IExecuteFunctions, INodeExecutionData, INodeType } from 'n8n-workflow';

import { describeNode } from './describe';

/** Stand-in for a note on the canvas: connected to nothing, so that it never runs. */
export const stickyNote: INodeType = {
	description: describeNode({
		name: 'stickyNote',
		displayName: 'Sticky Note',
		group: ['input'],
		inputs: [],
		outputs: [],
	}),

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return Promise.resolve([]);
	},
};
