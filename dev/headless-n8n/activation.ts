import { EventEmitter, on } from 'node:events';
import { Logger as HostLogger } from '@n8n/backend-common';
import { Container } from '@n8n/di';
import {
	ActiveWorkflowTriggers,
	ErrorReporter,
	type IGetExecuteTriggerFunctions,
	PollTriggerExecutor,
	ScheduledTaskManager,
	TriggerContext,
	TriggersAndPollers,
} from 'n8n-core';
import type {
	INode,
	INodeExecutionData,
	ITriggerFunctions,
	IWorkflowExecuteAdditionalData,
	IRun,
	Workflow,
} from 'n8n-workflow';
import { LoggerProxy, UserError } from 'n8n-workflow';

import type { WorkflowDatabase } from './database';
import type { ActivationMode, ActiveWorkflow, Emit, RunningExecution, RunResult } from './types';

/** What an activation needs of its engine. */
interface Surroundings {
	/** The triggers' own copy of the workflow, with their own copy of its static data. */
	workflow: Workflow;
	additionalData: IWorkflowExecuteAdditionalData;
	triggers: ActiveWorkflowTriggers;
	database: WorkflowDatabase;
	/** Starts an execution of the workflow with what its trigger node has emitted. */
	start(node: INode, output: INodeExecutionData[][]): RunningExecution;
	/** Makes the execution that n8n saves when a trigger node reports a failure. */
	fail(node: INode, error: Error): RunResult;
}

/**
 * n8n's registry of running triggers. Each engine has one of its own, because a registry knows
 * workflows by their ID only.
 */
export function createTriggerRegistry(): ActiveWorkflowTriggers {
	return new ActiveWorkflowTriggers(
		Container.get(HostLogger),
		Container.get(ScheduledTaskManager),
		Container.get(TriggersAndPollers),
		Container.get(ErrorReporter),
		Container.get(PollTriggerExecutor),
	);
}

function noPolling(): never {
	throw new UserError('Polling nodes are not available in this engine');
}

type DonePromise = NonNullable<Parameters<ITriggerFunctions['emit']>[2]>;

/** Tells a trigger that the execution of its emit has ended; as in n8n without a run if skipped. */
async function settle(promise: DonePromise, execution?: RunningExecution): Promise<void> {
	const resolve = promise.resolve as (run: IRun | undefined) => void;
	resolve((await execution?.result)?.raw);
}

/** A workflow whose trigger nodes run, each with n8n's own trigger context. */
export class Activation implements ActiveWorkflow {
	readonly emits: Emit[] = [];
	readonly executions: RunResult[] = [];
	readonly errors: Error[] = [];
	private readonly events = new EventEmitter();
	private readonly started = on(this.events, 'execution');

	constructor(private readonly around: Surroundings) {}

	/** Calls the `trigger()` of each trigger node. Throws n8n's WorkflowActivationError if one fails. */
	async begin(mode: ActivationMode): Promise<void> {
		const { workflow, triggers, additionalData, database } = this.around;
		if (workflow.id === '' || workflow.getTriggerNodes().length === 0) {
			throw new UserError('Only a workflow with an ID and a trigger node can be activated');
		}
		await triggers.addAllTriggers(
			workflow.id,
			workflow,
			additionalData,
			'trigger',
			mode,
			this.triggerFunctions,
			noPolling,
		);
		database.saveChangesOf(workflow);
	}

	async nextExecution(): Promise<RunResult> {
		const next = await this.started.next();
		if (next.done === true) {
			throw new UserError('The workflow was deactivated before it started another execution');
		}
		const [result] = next.value as [Promise<RunResult>];
		return await result;
	}

	/** As in n8n, what a `closeFunction` changes in the static data is not saved. */
	async deactivate(): Promise<void> {
		await this.around.triggers.remove(this.around.workflow.id);
		await this.started.return?.();
	}

	private readonly triggerFunctions: IGetExecuteTriggerFunctions = (
		workflow,
		node,
		additionalData,
		mode,
		activation,
	) =>
		new TriggerContext(
			workflow,
			node,
			additionalData,
			mode,
			activation,
			this.emitOf(node),
			(error) => this.closeAfter(error, node),
			(error) => this.note(Promise.resolve(this.around.fail(node, error))),
		);

	private emitOf(node: INode): ITriggerFunctions['emit'] {
		return (output, responsePromise, donePromise, deduplicationKey) => {
			const emittedAt = performance.timeOrigin + performance.now();
			if (responsePromise !== undefined) {
				throw new UserError('Responses to what a trigger emits are not available in this engine');
			}
			const { workflow, database } = this.around;
			database.saveChangesOf(workflow);
			const isNew = database.takeExecutionKey(deduplicationKey);
			const execution = isNew ? this.around.start(node, output) : undefined;
			const executionId = execution?.executionId;
			this.emits.push({ nodeName: node.name, output, deduplicationKey, emittedAt, executionId });
			if (execution !== undefined) this.note(execution.result);
			if (donePromise !== undefined) void settle(donePromise, execution);
		};
	}

	/** n8n would also activate the node again, with waits of up to 8 s; that is left out here. */
	private closeAfter(error: Error, node: INode): void {
		this.errors.push(error);
		const { triggers, workflow } = this.around;
		triggers.removeTriggers(workflow.id, new Set([node.id])).catch((cause: unknown) => {
			LoggerProxy.error(`Failed to deactivate "${node.name}"`, { cause });
		});
	}

	private note(result: Promise<RunResult>): void {
		this.events.emit('execution', result);
		void result.then((ended) => this.executions.push(ended));
	}
}
