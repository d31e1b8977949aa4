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
	WorkflowActivateMode,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import type { StoredCredential, WorkflowDatabase } from './database';
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

export interface EngineOptions {
	/** Packages whose nodes and credentials can be used; the stand-in nodes are always there. */
	packages: LoadedPackage[];
	/** Saved credentials by the id that the workflow's nodes refer to. */
	credentials?: Record<string, StoredCredential>;
	/** Where n8n keeps what was already processed: a store of this engine, none, or your own. */
	deduplication?: 'memory' | 'none' | IDataDeduplicator;
	/** Static data and execution keys; default: of this engine. Shared by the mains of one n8n. */
	database?: WorkflowDatabase;
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

/** Why n8n activates a workflow; its trigger nodes read it with `getActivationMode()`. */
export type ActivationMode = Exclude<WorkflowActivateMode, 'manual'>;

export interface ActivateOptions {
	/** Default `activate`: a user has published the workflow. `init`: n8n has started. */
	activation?: ActivationMode;
}

/** What a trigger node has emitted. */
export interface Emit {
	nodeName: string;
	output: INodeExecutionData[][];
	deduplicationKey?: string;
	/** ms since 1970, with fractions. */
	emittedAt: number;
	/** The execution that this has started; none if another one had the key before. */
	executionId?: string;
}

/** A workflow whose trigger nodes run. What they emit starts executions in mode `trigger`. */
export interface ActiveWorkflow {
	/** All that the trigger nodes have emitted, also after `deactivate`. */
	readonly emits: readonly Emit[];
	/** The executions that have ended, in the order of their ends; failures saved by nodes too. */
	readonly executions: readonly RunResult[];
	/** What nodes have reported with `emitError`: n8n closes such a node. */
	readonly errors: readonly Error[];
	/**
	 * Waits for the end of the next execution that this has not yet returned, in the order in which
	 * they started. Rejects if `deactivate` comes before such an execution starts.
	 */
	nextExecution(): Promise<RunResult>;
	/** Calls the `closeFunction` of each node. Rejects with n8n's error if one throws. */
	deactivate(): Promise<void>;
}

export interface Engine {
	/** Starts a workflow. Throws for a node type that no package has, or no node to start from. */
	start(workflow: WorkflowJson, options?: RunOptions): RunningExecution;
	/** Starts a workflow and waits for its end. A failed workflow is a result, not a rejection. */
	run(workflow: WorkflowJson, options?: RunOptions): Promise<RunResult>;
	/** n8n's "Retry execution" of a failed or stopped execution. */
	retry(result: RunResult, options?: RetryOptions): Promise<RunResult>;
	/**
	 * Starts the trigger nodes of a workflow. Activating a workflow again closes its running triggers
	 * first. Rejects with n8n's WorkflowActivationError if a `trigger()` throws.
	 */
	activate(workflow: WorkflowJson, options?: ActivateOptions): Promise<ActiveWorkflow>;
	/** The editor's "Listen for test event": a manual execution that begins with the first emit. */
	listenForTest(workflow: WorkflowJson): RunningExecution;
	/** n8n's test of a saved credential. */
	testCredential(credentialId: string): Promise<INodeCredentialTestResult>;
	/** The credential's data as they are saved now, with what `preAuthentication` added. */
	savedCredential(credentialId: string): ICredentialDataDecryptedObject;
}
