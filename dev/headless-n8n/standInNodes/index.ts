import type { INodeType } from 'n8n-workflow';

import { manualTrigger, noOp, scheduleTrigger, stickyNote } from './basics';
import { set, splitOut } from './fields';

/**
 * The few nodes of n8n-nodes-base that example workflows use, each as far as the examples need
 * it. A loaded package that has a node of the same type comes before its stand-in.
 */
export const standInNodes: Partial<Record<string, INodeType>> = {
	'n8n-nodes-base.manualTrigger': manualTrigger,
	'n8n-nodes-base.noOp': noOp,
	'n8n-nodes-base.scheduleTrigger': scheduleTrigger,
	'n8n-nodes-base.set': set,
	'n8n-nodes-base.splitOut': splitOut,
	'n8n-nodes-base.stickyNote': stickyNote,
};
