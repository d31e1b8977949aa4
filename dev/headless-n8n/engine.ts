import type {
	ICredentialDataDecryptedObject,
	IDataDeduplicator,
	IDataObject,
	INode,
	INodeCredentialTestResult,
	INodeExecutionData,
	Workflow,
} from 'n8n-workflow';
import { createErrorExecutionData } from 'n8n-workflow';

import { Activation, createTriggerRegistry } from './activation';
import { createBaseData, type Execution } from './additionalData';
import { runCredentialTest } from './credentialTest';
import { EngineCredentialsHelper } from './credentialsHelper';
import { CredentialStore, WorkflowDatabase } from './database';
import { MemoryDeduplicator } from './deduplication';
import { failedRun, launch, toRunResult } from './execution';
import { prepareHost } from './host';
import { PackageCredentialTypes, PackageNodeTypes } from './packages';
import { emittedBy, prepareRetry, startingPoint } from './startingPoint';
import type {
	ActivateOptions,
	ActiveWorkflow,
	Engine,
	EngineOptions,
	RetryOptions,
	RunningExecution,
	RunOptions,
	RunResult,
	WorkflowJson,
} from './types';
import { createWorkflow } from './workflows';

/** What distinguishes the executions of this engine: how they begin, and with what. */
type Begin = Pick<Parameters<typeof launch>[1], 'mode' | 'saved' | 'retryOf' | 'listens' | 'begin'>;

class WorkflowEngine implements Engine {
	private readonly nodeTypes: PackageNodeTypes;

	private readonly credentialTypes: PackageCredentialTypes;

	private readonly store: CredentialStore;

	private readonly credentialsHelper: EngineCredentialsHelper;

	private readonly deduplicator: IDataDeduplicator | undefined;

	private readonly database: WorkflowDatabase;

	private readonly triggers = createTriggerRegistry();

	private executions = 0;

	constructor({ packages, credentials = {}, deduplication = 'none', database }: EngineOptions) {
		this.nodeTypes = new PackageNodeTypes(packages);
		this.credentialTypes = new PackageCredentialTypes(packages);
		this.store = new CredentialStore(credentials);
		this.credentialsHelper = new EngineCredentialsHelper(
			this.credentialTypes,
			this.store,
			this.nodeTypes,
		);
		this.deduplicator = chooseDeduplicator(deduplication);
		this.database = database ?? new WorkflowDatabase();
	}

	start(json: WorkflowJson, options: RunOptions = {}): RunningExecution {
		const { mode = 'trigger' } = options;
		const point = startingPoint(this.toWorkflow(json), json, { ...options, mode });
		return this.launch(json, { mode, begin: (execute) => execute.run(point) });
	}

	async run(json: WorkflowJson, options?: RunOptions): Promise<RunResult> {
		return await this.start(json, options).result;
	}

	async retry(result: RunResult, options: RetryOptions = {}): Promise<RunResult> {
		const json = options.workflow ?? result.workflow;
		// n8n saves a workflow without its static data in an execution.
		const staticData = options.workflow ? this.database.staticDataOf(json.id ?? '') : {};
		const workflow = this.toWorkflow(json, { staticData });
		const saved = prepareRetry(result, options.workflow && workflow);
		return await this.launch(json, {
			mode: 'retry',
			saved,
			retryOf: result.executionId,
			begin: (execute) => execute.processRunExecutionData(workflow),
		}).result;
	}

	async activate(
		json: WorkflowJson,
		{ activation = 'activate' }: ActivateOptions = {},
	): Promise<ActiveWorkflow> {
		const active = new Activation({
			workflow: this.toWorkflow(json, { active: true }),
			additionalData: createBaseData(json, this.credentialsHelper),
			triggers: this.triggers,
			database: this.database,
			start: (node, output) => this.startEmitted(json, node, output),
			fail: (node, error) => {
				const run = failedRun(createErrorExecutionData(node, error as never), 'trigger');
				return toRunResult(run, this.newExecution(json));
			},
		});
		await active.begin(activation);
		return active;
	}

	listenForTest(json: WorkflowJson): RunningExecution {
		const mode = 'manual';
		const point = startingPoint(this.toWorkflow(json), json, { mode, pinData: false });
		return this.launch(json, { mode, listens: true, begin: (execute) => execute.run(point) });
	}

	async testCredential(credentialId: string): Promise<INodeCredentialTestResult> {
		const { name, type } = this.store.get(credentialId);
		const { test } = this.credentialTypes.getByName(type);
		if (test === undefined) {
			return { status: 'Error', message: 'No testing function found for this credential.' };
		}
		const { credentialsHelper } = this;
		const additionalData = createBaseData({}, credentialsHelper);
		const details = { id: credentialId, name };
		let data: ICredentialDataDecryptedObject;
		try {
			data = await credentialsHelper.getDecrypted(additionalData, details, type, 'internal');
		} catch (error) {
			return { status: 'Error', message: (error as Error).message };
		}
		return await runCredentialTest({ ...details, type, data }, test, additionalData);
	}

	savedCredential(credentialId: string): ICredentialDataDecryptedObject {
		return JSON.parse(this.store.get(credentialId).data ?? '{}') as ICredentialDataDecryptedObject;
	}

	private startEmitted(json: WorkflowJson, { name }: INode, output: INodeExecutionData[][]) {
		const workflow = this.toWorkflow(json, { active: true });
		return this.launch(json, {
			mode: 'trigger',
			saved: emittedBy(workflow, name, output),
			begin: (execute) => execute.processRunExecutionData(workflow),
		});
	}

	private launch(json: WorkflowJson, how: Begin): RunningExecution {
		const saveStaticData = (data: IDataObject): void =>
			this.database.saveStaticData(json.id ?? '', data);
		return launch(this.newExecution(json), { ...how, saveStaticData });
	}

	private toWorkflow(
		json: WorkflowJson,
		{ active = false, staticData = this.database.staticDataOf(json.id ?? '') } = {},
	): Workflow {
		const { nodeTypes, deduplicator } = this;
		return createWorkflow(json, { nodeTypes, deduplicator, staticData, active });
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
