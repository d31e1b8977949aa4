import type {
	IExecuteFunctions,
	INode,
	INodeCredentialsDetails,
	INodeParameters,
} from 'n8n-workflow';

/** What older versions of n8n do not offer. */
type Recent = 'addExecutionHints' | 'getExecutionCancelSignal' | 'isToolExecution';

/** n8n's execution context, with what a host may lack marked as optional. */
export type ExecutionContext = Omit<IExecuteFunctions, Recent> &
	Partial<Pick<IExecuteFunctions, Recent>> &
	ContextInternals;

type Host = Pick<ExecutionContext, 'continueOnFail' | 'getNode'>;

/** Whether the node runs as a tool of an AI agent: n8n's variant of it, which has one output alone. */
export function isTool(context: Pick<Host, 'getNode'>): boolean {
	return context.getNode().type.endsWith('Tool');
}

/**
 * Whether a failed item becomes an output item, instead of ending the run with an error. A tool's does,
 * unless the user chose to stop: of an error, n8n tells the model no more than its message, and nothing
 * at all in agents before version 3, so that the model takes the message for sent.
 */
export function continuesOnFailure(context: Host): boolean {
	if (context.continueOnFail()) return true;
	return isTool(context) && context.getNode().onError !== 'stopWorkflow';
}

/**
 * Whether this n8n would send an item with `error` and `details` out of the success output. Versions
 * before 2.40 take only an item with nothing but `error` for an error; they have no egress filter
 * either, by which they are told.
 */
export function needsNestedDetails(
	context: Pick<ExecutionContext, 'getNode' | 'helpers'>,
): boolean {
	const hasErrorOutput = context.getNode().onError === 'continueErrorOutput';
	return hasErrorOutput && !('getSecureEgressFilter' in context.helpers);
}

/**
 * The run of the node that a message belongs to: a loop runs it several times in one execution. As an
 * AI tool, n8n counts even a retry as a new run, so there all runs count as one.
 */
export function runIndexOf(context: ExecutionContext): number {
	if (context.isToolExecution?.()) return 0;
	// Making the proxy takes half a millisecond.
	return context.runIndex ?? (context.getWorkflowDataProxy(0).$runIndex as number);
}

/** What n8n-core's contexts hold beside the public interface; asked only where it is there. */
interface ContextInternals {
	readonly runIndex?: number;
	readonly additionalData?: {
		/** In a sub-workflow: how the execution was started that called it. */
		readonly rootExecutionMode?: string;
		readonly hooks?: { readonly workflowData?: { readonly nodes?: readonly INode[] } };
		readonly credentialsHelper?: {
			getDecrypted?(
				additionalData: unknown,
				credentials: INodeCredentialsDetails,
				type: string,
				mode: string,
				executeData: undefined,
				raw: true,
			): Promise<Readonly<Record<string, unknown>>>;
		};
	};
}

/** Whether a person tries the workflow out: in the editor, by an evaluation, or by a workflow that calls this one. */
export function isTriedOut(context: ExecutionContext): boolean {
	const mode = context.additionalData?.rootExecutionMode ?? context.getMode();
	return mode === 'manual' || mode === 'evaluation';
}

/**
 * A credential as it is stored, with its expressions unresolved.
 *
 * @returns `undefined` when this n8n does not tell
 */
export async function storedCredential(
	context: ExecutionContext,
	type: string,
): Promise<Readonly<Record<string, unknown>> | undefined> {
	const { additionalData } = context;
	const { credentialsHelper } = additionalData ?? {};
	const details = context.getNode().credentials?.[type];
	if (!details || !credentialsHelper?.getDecrypted) return undefined;
	try {
		const mode = context.getMode();
		return await credentialsHelper.getDecrypted(
			additionalData,
			details,
			type,
			mode,
			undefined,
			true,
		);
	} catch {
		return undefined;
	}
}

/**
 * The node's parameters as the workflow was saved with them.
 *
 * @returns `undefined` when this n8n does not tell
 */
export function savedParameters(context: ExecutionContext): INodeParameters | undefined {
	const { id } = context.getNode();
	const nodes = context.additionalData?.hooks?.workflowData?.nodes;
	return nodes?.find((node) => node.id === id)?.parameters;
}
