import type {
	ICredentialDataDecryptedObject,
	IDataDeduplicator,
	INodeCredentialTestResult,
	Workflow,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { CredentialStore } from './credentialStore';
import { runCredentialTest } from './credentialTest';
import { PackageCredentialTypes } from './credentialTypes';
import { EngineCredentialsHelper } from './credentialsHelper';
import { MemoryDeduplicator } from './deduplication';
import { prepareHost } from './host';
import { type Execution, launch } from './launch';
import { PackageNodeTypes } from './nodeTypes';
import { prepareRetry } from './retry';
import { startingPoint } from './startingPoint';
import type {
	Engine,
	EngineOptions,
	RetryOptions,
	RunningExecution,
	RunOptions,
	RunResult,
	WorkflowJson,
} from './types';
import { createWorkflow } from './workflows';

class WorkflowEngine implements Engine {
	private readonly nodeTypes: PackageNodeTypes;

	private readonly credentialTypes: PackageCredentialTypes;

	private readonly store: CredentialStore;

	private readonly credentialsHelper: EngineCredentialsHelper;

	private readonly deduplicator: IDataDeduplicator | undefined;

	private executions = 0;

	constructor({ packages, credentials = {}, deduplication = 'none' }: EngineOptions) {
		this.nodeTypes = new PackageNodeTypes(packages);
		this.credentialTypes = new PackageCredentialTypes(packages);
		this.store = new CredentialStore(credentials);
		this.credentialsHelper = new EngineCredentialsHelper(
			this.credentialTypes,
			this.store,
			this.nodeTypes,
		);
		this.deduplicator = chooseDeduplicator(deduplication);
	}

	start(json: WorkflowJson, options: RunOptions = {}): RunningExecution {
		const { mode = 'trigger' } = options;
		const point = startingPoint(this.toWorkflow(json), json, { ...options, mode });
		return launch(this.newExecution(json), { mode, begin: (execute) => execute.run(point) });
	}

	async run(json: WorkflowJson, options?: RunOptions): Promise<RunResult> {
		return await this.start(json, options).result;
	}

	async retry(result: RunResult, options: RetryOptions = {}): Promise<RunResult> {
		const json = options.workflow ?? result.workflow;
		const workflow = this.toWorkflow(json);
		const saved = prepareRetry(result, options.workflow && workflow);
		return await launch(this.newExecution(json), {
			mode: 'retry',
			saved,
			retryOf: result.executionId,
			begin: (execute) => execute.processRunExecutionData(workflow),
		}).result;
	}

	async testCredential(credentialId: string): Promise<INodeCredentialTestResult> {
		const { name, type } = this.store.get(credentialId);
		const { test } = this.credentialTypes.getByName(type);
		if (test === undefined) {
			return { status: 'Error', message: 'No testing function found for this credential.' };
		}
		const { credentialsHelper } = this;
		const execution = this.newExecution({ nodes: [], connections: {} });
		const additionalData = createAdditionalData({ ...execution, mode: 'internal' });
		const details = { id: credentialId, name };
		const data = await credentialsHelper.getDecrypted(additionalData, details, type, 'internal');
		return await runCredentialTest({ ...details, type, data }, test, additionalData);
	}

	savedCredential(credentialId: string): ICredentialDataDecryptedObject {
		return JSON.parse(this.store.get(credentialId).data ?? '{}') as ICredentialDataDecryptedObject;
	}

	private toWorkflow(json: WorkflowJson): Workflow {
		return createWorkflow(json, this.nodeTypes, this.deduplicator);
	}

	private newExecution(workflow: WorkflowJson): Execution {
		const executionId = String(++this.executions);
		return { executionId, workflow, uiMessages: [], credentialsHelper: this.credentialsHelper };
	}
}

function chooseDeduplicator(
	choice: NonNullable<EngineOptions['deduplication']>,
): IDataDeduplicator | undefined {
	if (choice === 'none') {
		return undefined;
	}
	return choice === 'memory' ? new MemoryDeduplicator() : choice;
}

/**
 * Makes a headless n8n: n8n's real workflow engine with the given packages and credentials,
 * without database, server or log output. Engines of one process share n8n's log only.
 */
export function createEngine(options: EngineOptions): Engine {
	prepareHost();
	return new WorkflowEngine(options);
}
