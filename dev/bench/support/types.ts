/** What sends messages: the node in its two modes, the peer, and the bare loops. */
export type SenderName =
	| 'node'
	| 'nodeReusing'
	| 'httpRequest'
	| 'httpRequestCredential'
	| 'helper'
	| 'fetch'
	| 'axios'
	| 'sdk';

/** What a client process is to do. */
export interface Job {
	readonly sender: SenderName;
	/** The folder of the package under test; default this repository. */
	readonly build?: string;
	/** Base URL of the simulator, or of a relay in front of it. */
	readonly url: string;
	/** Messages in flight at once; the HTTP Request node knows no such limit. */
	readonly concurrency: number;
	/** Further Delivery Options of the node. */
	readonly delivery?: Readonly<Record<string, string | number | boolean>>;
	/** The HTTP Request node's batching: calls started at once, and the pause between starts in ms. */
	readonly batching?: { readonly batchSize: number; readonly batchInterval: number };
	/** What starts the workflow; `manual` shows progress in the editor. Default `trigger`. */
	readonly mode?: 'manual' | 'trigger';
	/** Into how many executions at once the messages are split; default 1. */
	readonly executions?: number;
	/** Whether the credential has an expression: then each item may have its own organization. */
	readonly credential?: 'plain' | 'expression';
	/** Calls a second that another client makes with the same access token. */
	readonly neighbour?: number;
	/** Whether to measure the size of what the node keeps in its context. */
	readonly ledger?: boolean;
}

/** What a client process measured of one run. */
export interface RunReport {
	/** Wall time, ms. */
	readonly ms: number;
	/** Wall time within the node's own `execute`, ms; 0 for the bare loops. */
	readonly nodeMs: number;
	/** Time in which the node waited for n8n to read its credential, ms; 0 for the bare loops. */
	readonly credentialMs: number;
	/** User and system CPU time of the process, ms. */
	readonly cpuMs: number;
	/** Resident memory once the items were made, MB. */
	readonly rssBeforeMb: number;
	/** Highest resident memory during the run, MB. */
	readonly peakRssMb: number;
	/** Event-loop delay, ms: 99th percentile and maximum, the sampling interval of 5 ms included. */
	readonly delayP99Ms: number;
	readonly delayMaxMs: number;
	/** Size of the executions' context as n8n stores it, bytes. */
	readonly ledgerBytes?: number;
	/** Why the execution failed, if it did. */
	readonly error?: string;
}

/** What the simulator saw of one run. */
export interface Tally {
	/** Messages accepted, those accepted twice included. */
	readonly accepted: number;
	/** Contacts that got at least one message. */
	readonly contacts: number;
	/** Send calls. */
	readonly calls: number;
	/** Send calls refused with 429. */
	readonly refused: number;
}

/** How much customers write to a trigger. */
export interface Talk {
	readonly count: number;
	readonly perSecond: number;
}

/** When something became of each message, in ms since 1970, by the message's ID. */
export type Moments = Readonly<Record<string, number>>;

/** One line of the result. */
export interface Row {
	readonly measure: string;
	readonly result: string;
	readonly target?: string;
	/** Whether the target is met; without a target the line only reports. */
	readonly met?: boolean;
}

/** Calls of one access token allowed in a window of `windowMs`; null = no limit. */
export type RateLimit = { readonly allowed: number; readonly windowMs: number } | null;
