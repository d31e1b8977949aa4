import type { ExecutionContext } from './context';

type Host = Pick<ExecutionContext, 'continueOnFail' | 'getNode'>;

/**
 * Whether the node runs as a tool of an AI agent: as the variant of the node that n8n makes for them.
 *
 * @param context the execution
 * @returns true for a tool, which has one output alone
 */
export function isTool(context: Pick<Host, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Whether a failed item becomes an output item, instead of ending the run with an error. A tool's does,
 * unless the user chose to stop: of an error, n8n tells the model no more than its message, and nothing
 * at all in agents before version 3, so that the model takes the message for sent.
 *
 * @param context the execution
 * @returns true when the run must never throw
 */
export function continuesOnFailure(context: Host): boolean {
	if (context.continueOnFail()) return true;
	return isTool(context) && context.getNode().onError !== 'stopWorkflow';
}
