export { createEngine } from './engine';
export { type LogLine, onLog } from './logging';
export { type LoadedPackage, loadPackage, type LoadOptions } from './packages';
export type {
	Engine,
	EngineOptions,
	RetryOptions,
	RunningExecution,
	RunOptions,
	RunResult,
	StoredCredential,
	UiMessage,
	WorkflowJson,
} from './types';
