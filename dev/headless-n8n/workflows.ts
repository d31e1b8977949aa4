import type { IDataDeduplicator, IDataObject, INodeTypes } from 'n8n-workflow';
import { Workflow } from 'n8n-workflow';

import { attachDeduplicator } from './deduplication';
import type { WorkflowJson } from './types';

interface Surroundings {
	nodeTypes: INodeTypes;
	/** Default: its nodes reach no deduplication store. */
	deduplicator?: IDataDeduplicator;
	/** What its nodes find as static data, and change. */
	staticData?: IDataObject;
	/** Whether it is published. */
	active?: boolean;
}

/**
 * Makes n8n's workflow object from an exported workflow. The nodes are copied, because n8n fills
 * defaults into them; pinned data are not.
 *
 * @throws UserError for a node type that is neither in a loaded package nor a stand-in.
 */
export function createWorkflow(
	{ id = '', name, nodes, connections, settings, pinData }: WorkflowJson,
	{ nodeTypes, deduplicator, staticData, active = false }: Surroundings,
): Workflow {
	const workflow = new Workflow({
		id,
		name,
		nodes: structuredClone(nodes),
		connections,
		active,
		nodeTypes,
		settings: { executionOrder: 'v1', ...settings },
		pinData,
		staticData,
	});
	if (deduplicator !== undefined) {
		attachDeduplicator(workflow, deduplicator);
	}
	return workflow;
}
