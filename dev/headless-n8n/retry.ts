import { parse, stringify } from 'flatted';
import type { IExecuteData, IRunExecutionData, Workflow } from 'n8n-workflow';
import { UserError, WorkflowOperationError } from 'n8n-workflow';

import type { RunResult } from './types';

/** What is left of the run data after n8n wrote them to its database and read them again. */
function throughDatabase(data: IRunExecutionData): IRunExecutionData {
	return parse(stringify(data)) as IRunExecutionData;
}

function dropLastFailure({ resultData }: IRunExecutionData): void {
	const { lastNodeExecuted, runData } = resultData;
	if (lastNodeExecuted === undefined) {
		return;
	}
	delete resultData.error;
	const runs = runData[lastNodeExecuted];
	if (runs?.at(-1)?.error !== undefined) {
		runs.pop();
	}
}

function useNodesOf(workflow: Workflow, stack: IExecuteData[]): void {
	for (const entry of stack) {
		const node = workflow.getNode(entry.node.name);
		if (node === null) {
			throw new WorkflowOperationError(`Could not find the node "${entry.node.name}"`);
		}
		entry.node = node;
	}
}

/**
 * Prepares run data for n8n's "Retry execution": everything that ran stays, the failed run of the
 * last node goes, the nodes' context stays, and the saved stack says where to continue.
 *
 * @param result the execution to retry.
 * @param current the currently saved workflow, whose nodes replace those of the saved stack.
 * @throws UserError if the execution succeeded or never started.
 */
export function prepareRetry(result: RunResult, current?: Workflow): IRunExecutionData {
	if (result.status === 'success') {
		throw new UserError('The execution succeeded, so it cannot be retried.');
	}
	const data = throughDatabase(result.raw.data);
	if (data.executionData === undefined || data.executionData.nodeExecutionStack.length === 0) {
		throw new UserError('The execution has nothing that a retry could continue with.');
	}
	dropLastFailure(data);
	if (current !== undefined) {
		useNodesOf(current, data.executionData.nodeExecutionStack);
	}
	return data;
}
