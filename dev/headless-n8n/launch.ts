import { WorkflowExecute, WorkflowHasIssuesError } from 'n8n-core';
import type {
	ICredentialsHelper,
	IRun,
	IRunExecutionData,
	WorkflowExecuteMode,
} from 'n8n-workflow';

import { createAdditionalData } from './additionalData';
import { failedToStart, toRunResult } from './runResult';
import type { RunningExecution, UiMessage, WorkflowJson } from './types';

type Run = ReturnType<WorkflowExecute['run']>;

/** One execution of a workflow, before it runs. */
export interface Execution {
	executionId: string;
	workflow: WorkflowJson;
	/** Receives what nodes send to the editor. */
	uiMessages: UiMessage[];
	credentialsHelper: ICredentialsHelper;
}

interface Launch {
	mode: WorkflowExecuteMode;
	/** Run data to continue with; default: none. */
	saved?: IRunExecutionData;
	/** The execution that this one retries. */
	retryOf?: string;
	begin: (execute: WorkflowExecute) => Run;
}

function beginOrFail({ begin, mode }: Launch, execute: WorkflowExecute): Run | IRun {
	try {
		return begin(execute);
	} catch (error) {
		if (error instanceof WorkflowHasIssuesError) {
			return failedToStart(error, mode);
		}
		throw error;
	}
}

/**
 * Starts n8n's engine for one execution.
 *
 * @returns the running execution; one with issues in its parameters has already failed.
 * @throws what the engine throws before it starts, for example for a node it cannot find.
 */
export function launch(execution: Execution, how: Launch): RunningExecution {
	const { executionId } = execution;
	const additionalData = createAdditionalData({ ...execution, ...how });
	const running = beginOrFail(how, new WorkflowExecute(additionalData, how.mode, how.saved));
	return {
		executionId,
		result: Promise.resolve(running).then((raw) => toRunResult(raw, execution)),
		cancel: () => {
			if ('cancel' in running) {
				running.cancel();
			}
		},
	};
}
