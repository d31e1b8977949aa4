import type { IExecuteContextData, INodeExecutionData } from 'n8n-workflow';

/** A message to send, as an item of a workflow. */
export interface Item extends INodeExecutionData {
	json: { contactId: string; message: string };
}

/** What a sender tells of a run beside what is measured around it. */
export interface Sent {
	/** Wall time within the node's own `execute`, ms. */
	readonly nodeMs?: number;
	/** Time in which the node waited for its credential, ms. */
	readonly credentialMs?: number;
	/** What the node keeps in its context, one of each execution. */
	readonly contexts?: readonly IExecuteContextData[];
	/** Why an execution failed. */
	readonly error?: string;
}

/** Sends messages; resolves when all of them have come to an end. */
export type Sender = (items: Item[]) => Promise<Sent>;
