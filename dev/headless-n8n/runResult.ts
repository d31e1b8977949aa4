import type { IRun, ITaskData, WorkflowExecuteMode } from 'n8n-workflow';
import { createRunExecutionData } from 'n8n-workflow';

import type { Execution } from './launch';
import type { RunResult } from './types';

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

/** The run that n8n saves when the workflow could not even start, for example for its issues. */
export function failedToStart(cause: Error, mode: WorkflowExecuteMode): IRun {
	const error = Object.assign(cause, { message: cause.message, stack: cause.stack });
	const now = new Date();
	const data = createRunExecutionData({ resultData: { error: error as never } });
	return { data, mode, startedAt: now, stoppedAt: now, storedAt: 'db', status: 'error' };
}
