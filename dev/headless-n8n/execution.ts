import { WorkflowExecute, WorkflowHasIssuesError } from 'n8n-core';
import type {
	IDataObject,
	IRun,
	IRunExecutionData,
	ITaskData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import { createAdditionalData, type Execution } from './additionalData';
import type { RunningExecution, RunResult } from './types';

type Run = ReturnType<WorkflowExecute['run']>;

interface Launch {
	mode: WorkflowExecuteMode;
	/** Run data to continue with; default: none. */
	saved?: IRunExecutionData;
	/** The execution that this one retries. */
	retryOf?: string;
	/**
	 * Whether it waits for an event. When such an execution is stopped, n8n tells the editor of its
	 * end, but the engine waits for the event for ever.
	 */
	listens?: boolean;
	/** Saves the workflow's static data; called once, only if a node has changed them. */
	saveStaticData: (data: IDataObject) => void;
	begin: (execute: WorkflowExecute) => Run;
}

function beginOrFail({ begin, mode }: Launch, execute: WorkflowExecute): Run | IRun {
	try {
		return begin(execute);
	} catch (error) {
		if (error instanceof WorkflowHasIssuesError) {
			const plain = Object.assign(error, { message: error.message, stack: error.stack });
			return failedRun(createRunExecutionData({ resultData: { error: plain as never } }), mode);
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
	const { mode, saved, listens = false, saveStaticData } = how;
	const additionalData = createAdditionalData({ ...execution, ...how });
	const ended = new Promise<IRun>((resolve) => {
		additionalData.hooks?.addHandler('workflowExecuteAfter', (run, changed?: IDataObject) => {
			// As in n8n, a manual execution saves no static data; and a stopped one brings none along.
			if (mode !== 'manual' && changed !== undefined) {
				saveStaticData(changed);
			}
			resolve(run);
		});
	});
	const running = beginOrFail(how, new WorkflowExecute(additionalData, mode, saved));
	const end = listens ? Promise.race([running, ended]) : Promise.resolve(running);
	return {
		executionId,
		result: end.then((raw) => toRunResult(raw, execution)),
		cancel: () => {
			if ('cancel' in running) {
				running.cancel();
			}
		},
	};
}

/** Makes the engine's answer readable; copies no items. */
export function toRunResult(
	raw: IRun,
	{ executionId, workflow, uiMessages }: Execution,
): RunResult {
	const { resultData, executionData } = raw.data;
	const { error, runData } = resultData;
	const lastRunOf = (nodeName: string): ITaskData | undefined => runData[nodeName]?.at(-1);
	return {
		executionId,
		workflow,
		uiMessages,
		status: raw.status,
		error,
		runData,
		context: executionData?.contextData ?? {},
		raw,
		outputOf: (nodeName, outputIndex = 0) => lastRunOf(nodeName)?.data?.main?.[outputIndex] ?? [],
		hintsOf: (nodeName) => lastRunOf(nodeName)?.hints ?? [],
	};
}

/** The run that n8n saves when no node of the workflow could even start. */
export function failedRun(data: IRunExecutionData, mode: WorkflowExecuteMode): IRun {
	const now = new Date();
	return { data, mode, startedAt: now, stoppedAt: now, storedAt: 'db', status: 'error' };
}
