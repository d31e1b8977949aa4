import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { RunningExecution } from '../../dev/headless-n8n';
import type { Journal, Simulator, SimulatorOptions } from '../../dev/simulator';
import type { WatchedStore } from '../engine/support/stores';
import type { Executions } from './executions';

/** What the node does with a message that may have been delivered: at least once, at most once. */
export type Uncertain = 'retry' | 'fail';

/** n8n's On Error. */
export type OnError = 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';

/** The node's settings in one run. */
export interface RunSettings {
	/** Its place in the grid, from 0. */
	readonly index: number;
	readonly uncertain: Uncertain;
	readonly reuseConnections: boolean;
	readonly onError: OnError;
	readonly retryOnFail: boolean;
	readonly concurrency: number;
	readonly accessTokens: number;
	/** Whether the text is another one each time n8n runs the node. */
	readonly changingText: boolean;
}

/** One run and what a fault kind needs to arrange its faults. */
export interface Stage {
	readonly simulator: Simulator;
	/** The contacts in the order of the input items. */
	readonly ids: readonly string[];
	/** The input items, one for each contact; a kind may add fields before the run. */
	readonly items: readonly INodeExecutionData[];
	/** What was really accepted: by the simulator, and by what else a kind adds. */
	readonly journals: Journal[];
	readonly settings: RunSettings;
	/** The run's own generator: a number from 0 to below 1. */
	readonly random: () => number;
	/** The contacts that the fault hits; empty when it may hit everybody. */
	readonly hit: Set<string>;
	/** Where the credential points; to be changed before the run. */
	readonly urls: { loginUrl: string; apiUrl: string };
	/** n8n's store of Send Once Keys, which outlives an execution and the process. */
	readonly keys: WatchedStore;
	/** Takes what puts an end to the fault, before the campaign is continued. */
	readonly onMend: (mend: () => unknown) => void;
	/** Takes what is to be closed when the run is over. */
	readonly onEnd: (close: () => unknown) => void;
	/** Reports a violation that only this kind can have, in one sentence. */
	readonly blame: (text: string) => void;
}

/** Which failures a run may report, as `reason/delivered`. None: every message must be delivered. */
export type Failures = readonly `${string}/${'no' | 'unknown'}`[];

/** The failures that are right, by the node's policy. */
export type RightFailures = Readonly<Partial<Record<Uncertain, Failures>>>;

/** How the executions of a run follow one another. */
export type Plot = (executions: Executions) => Promise<void>;

/** A kind of fault. */
export interface FaultKind {
	readonly name: string;
	/** What happens, in a few words. */
	readonly what: string;
	/** Settings of the simulator. */
	readonly simulator?: SimulatorOptions;
	/** Delivery Options that replace those of the grid. */
	readonly delivery?: IDataObject;
	/** Parameters of the node that replace those of the campaign. */
	readonly parameters?: IDataObject;
	/** The settings that it can be run with. Default: all. */
	fits?(settings: RunSettings): boolean;
	/** Plans the faults of a run. */
	arrange?(stage: Stage): void | Promise<void>;
	/** Acts while the node runs. */
	during?(stage: Stage, running: RunningExecution): Promise<void>;
	/** Default: none. */
	readonly failures?: RightFailures;
	/** Whether at-least-once may deliver a message twice. Default: no. */
	readonly repeats?: boolean;
	/** Whether each message has a Send Once Key. Default: no. */
	readonly keyed?: boolean;
	/** Default: to the end, by Retry Execution where the first execution fails. */
	readonly plot?: Plot;
	/** The run must have the process to itself: it changes the clock or measures the memory. */
	readonly alone?: boolean;
	/** The fault stays in the process's memory: Retry Execution follows a restart of n8n. */
	readonly restarts?: boolean;
}
