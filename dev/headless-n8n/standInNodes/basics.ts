import type {
	IDataObject,
	IExecuteFunctions,
	INodeExecutionData,
	INodeType,
	INodeTypeDescription,
	ITriggerFunctions,
	ITriggerResponse,
} from 'n8n-workflow';
import { NodeConnectionTypes } from 'n8n-workflow';

type Details = Partial<INodeTypeDescription> & Pick<INodeTypeDescription, 'name' | 'displayName'>;

/** A node description with one input and one output, changed by the details. */
export function describeNode(details: Details): INodeTypeDescription {
	return {
		group: ['transform'],
		version: 1,
		description: 'Stand-in for the node of n8n-nodes-base',
		defaults: { name: details.displayName },
		inputs: [NodeConnectionTypes.Main],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
		...details,
	};
}

/** Stand-in for "No Operation, do nothing": passes its items on. */
export const noOp: INodeType = {
	description: describeNode({ name: 'noOp', displayName: 'No Operation, do nothing' }),

	execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		return Promise.resolve([this.getInputData()]);
	},
};

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

/**
 * A trigger that fires once in a manual run. In every other mode n8n does not call it: the
 * execution begins with what the trigger had emitted.
 */
function triggerOf(name: string, displayName: string, output: () => IDataObject): INodeType {
	return {
		description: describeNode({ name, displayName, group: ['trigger'], inputs: [] }),

		trigger(this: ITriggerFunctions): Promise<ITriggerResponse> {
			const manualTriggerFunction = (): Promise<void> => {
				this.emit([this.helpers.returnJsonArray([output()])]);
				return Promise.resolve();
			};
			return Promise.resolve({ manualTriggerFunction });
		},
	};
}

/** Stand-in for "When clicking ‘Execute workflow’". */
export const manualTrigger = triggerOf('manualTrigger', 'Manual Trigger', () => ({}));

/** Stand-in for "Schedule Trigger": a start node, without a clock. */
export const scheduleTrigger = triggerOf('scheduleTrigger', 'Schedule Trigger', () => ({
	timestamp: new Date().toISOString(),
}));
