import { parse, stringify } from 'flatted';
import type { WorkflowExecute } from 'n8n-core';
import type {
	IExecuteData,
	INode,
	INodeExecutionData,
	IPinData,
	IRunExecutionData,
	Workflow,
} from 'n8n-workflow';
import { createRunExecutionData, UserError, WorkflowOperationError } from 'n8n-workflow';

import type { RunOptions, RunResult, WorkflowJson } from './types';

type RunArguments = Parameters<WorkflowExecute['run']>[0];

function findStartNode(workflow: Workflow, name: string | undefined): INode {
	const node = name === undefined ? workflow.getStartNode() : workflow.getNode(name);
	if (!node) {
		throw new UserError(name ? `There is no node "${name}"` : 'There is no node to start from');
	}
	return node;
}

function emitsItself({ nodeTypes }: Workflow, { type, typeVersion }: INode): boolean {
	const nodeType = nodeTypes.getByNameAndVersion(type, typeVersion);
	return 'trigger' in nodeType || 'poll' in nodeType;
}

/** The entry that n8n puts on its stack when a start node has brought these items. */
function withOutput(name: string, items: INodeExecutionData[]): RunArguments['triggerToStartFrom'] {
	const data = { main: [items] };
	return { name, data: { data, startTime: 0, executionTime: 0, executionIndex: 0, source: [] } };
}

/**
 * Says where an execution starts and with what. In a manual run n8n really calls the trigger, so
 * given items replace its output as pinned data would; else they are what the trigger emitted.
 *
 * @throws UserError if the start node does not exist.
 */
export function startingPoint(
	workflow: Workflow,
	{ pinData: pinned }: WorkflowJson,
	{ mode, startNode: name, input, pinData = mode === 'manual' }: RunOptions,
): RunArguments {
	const startNode = findStartNode(workflow, name);
	const pins: IPinData = pinData ? { ...pinned } : {};
	if (input === undefined) {
		return { workflow, startNode, pinData: pins };
	}
	if (mode === 'manual' && emitsItself(workflow, startNode)) {
		return { workflow, startNode, pinData: { ...pins, [startNode.name]: input } };
	}
	const triggerToStartFrom = withOutput(startNode.name, input);
	return { workflow, startNode, pinData: pins, triggerToStartFrom };
}

/** Run data with which n8n starts an execution for what a trigger node has emitted. */
export function emittedBy(
	workflow: Workflow,
	nodeName: string,
	output: INodeExecutionData[][],
): IRunExecutionData {
	const node = findStartNode(workflow, nodeName);
	const start = { node, data: { main: output }, source: null };
	return createRunExecutionData({ executionData: { nodeExecutionStack: [start] } });
}

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
