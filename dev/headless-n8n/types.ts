import type {
	ExecutionError,
	ExecutionStatus,
	ICredentialDataDecryptedObject,
	IConnections,
	IDataDeduplicator,
	IExecuteContextData,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	IPinData,
	IRun,
	IRunData,
	IWorkflowSettings,
	NodeExecutionHint,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { LoadedPackage } from './packages';

/** A workflow as n8n's editor exports it. Further fields of an export are ignored. */
export interface WorkflowJson {
	id?: string;
	name?: string;
	nodes: INode[];
	connections: IConnections;
	settings?: IWorkflowSettings;
	pinData?: IPinData;
}

/** A credential as a user saved it; `data` may hold expressions and may lack defaults. */
export interface StoredCredential {
	name: string;
	type: string;
	data: ICredentialDataDecryptedObject;
}

export interface EngineOptions {
	/** Packages whose nodes and credentials can be used; the stand-in nodes are always there. */
	packages: LoadedPackage[];
	/** Saved credentials by the id that the workflow's nodes refer to. */
	credentials?: Record<string, StoredCredential>;
	/** Where n8n keeps what was already processed: a store of this engine, none, or your own. */
	deduplication?: 'memory' | 'none' | IDataDeduplicator;
}

export interface RunOptions {
	/** What started the workflow; `manual` is the editor's button. Default `trigger`. */
	mode?: WorkflowExecuteMode;
	/** Name of the node to start from. Default: the node that n8n would choose. */
	startNode?: string;
	/** Replaces the output of the trigger, or is the input of a start node that is no trigger. */
	input?: INodeExecutionData[];
	/** Whether the workflow's pinned data replace outputs. Default: in manual mode only. */
	pinData?: boolean;
}

export interface RetryOptions {
	/** The currently saved workflow; default: the workflow as it was when the execution failed. */
	workflow?: WorkflowJson;
}

/** A message that a node showed in the editor's browser console during a manual run. */
export interface UiMessage {
	type: string;
	data: unknown;
}

export interface RunResult {
	executionId: string;
	status: ExecutionStatus;
	error?: ExecutionError;
	runData: IRunData;
	/** What the nodes keep in `getContext()`: saved by n8n with the execution. */
	context: IExecuteContextData;
	uiMessages: UiMessage[];
	/** The workflow that ran, for a retry. */
	workflow: WorkflowJson;
	raw: IRun;
	/** Items of a node's last run; none if it did not run or has no such output. */
	outputOf(nodeName: string, outputIndex?: number): INodeExecutionData[];
	/** Hints of a node's last run. */
	hintsOf(nodeName: string): NodeExecutionHint[];
}

export interface RunningExecution {
	executionId: string;
	/** Settles when the engine has finished, also after `cancel`. */
	result: Promise<RunResult>;
	/** Does what n8n's Stop button does. */
	cancel(): void;
}

export interface Engine {
	/** Starts a workflow. Throws for a node type that no package has, or no node to start from. */
	start(workflow: WorkflowJson, options?: RunOptions): RunningExecution;
	/** Starts a workflow and waits for its end. A failed workflow is a result, not a rejection. */
	run(workflow: WorkflowJson, options?: RunOptions): Promise<RunResult>;
	/** n8n's "Retry execution" of a failed or stopped execution. */
	retry(result: RunResult, options?: RetryOptions): Promise<RunResult>;
	/** n8n's test of a saved credential. */
	testCredential(credentialId: string): Promise<INodeCredentialTestResult>;
	/** The credential's data as they are saved now, with what `preAuthentication` added. */
	savedCredential(credentialId: string): ICredentialDataDecryptedObject;
}
