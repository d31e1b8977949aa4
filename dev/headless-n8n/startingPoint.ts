import type { WorkflowExecute } from 'n8n-core';
import type { INode, INodeExecutionData, IPinData, Workflow } from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

import type { RunOptions, WorkflowJson } from './types';

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

/** The entry that n8n puts on its stack when a trigger has emitted these items. */
function emitted(name: string, items: INodeExecutionData[]): RunArguments['triggerToStartFrom'] {
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
	const triggerToStartFrom = emitted(startNode.name, input);
	return { workflow, startNode, pinData: pins, triggerToStartFrom };
}
