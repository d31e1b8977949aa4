import type { IExecuteFunctions } from 'n8n-workflow';

/** What older versions of n8n do not offer. */
type Recent = 'addExecutionHints' | 'getExecutionCancelSignal' | 'isToolExecution';

/** n8n's execution context, with what a host may lack marked as optional. */
export type ExecutionContext = Omit<IExecuteFunctions, Recent> &
	Partial<Pick<IExecuteFunctions, Recent>>;
