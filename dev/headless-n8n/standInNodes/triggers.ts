import type { IDataObject, INodeType, ITriggerFunctions, ITriggerResponse } from 'n8n-workflow';

import { describeNode } from './describe';

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
