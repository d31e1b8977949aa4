export { type StoredCredential, WorkflowDatabase } from './database';
export { createEngine } from './engine';
export { type LogLine, onLog } from './host';
export { type LoadedPackage, loadPackage, type LoadOptions } from './packages';
export type {
	ActivationMode,
	ActiveWorkflow,
	Emit,
	Engine,
	EngineOptions,
	RetryOptions,
	RunningExecution,
	RunOptions,
	RunResult,
	UiMessage,
	WorkflowJson,
} from './types';
