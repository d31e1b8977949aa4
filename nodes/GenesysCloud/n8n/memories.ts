import { hostClock } from '../api/clock';
import { Ledger } from '../delivery/ledger';
import type { Memory } from '../delivery/memory';
import { noAnswerOf, SentKeys, STORE_LIMIT_MS } from '../delivery/sentKeys';
import type { Clock } from '../delivery/types';
import { oneAtATime } from '../delivery/oneAtATime';
import { InputError, isStopped, keyStoreFailure, type Failure } from '../failures/failure';
import { GUARDS } from '../resources/deliveryOptions';
import { isTool, runIndexOf, type ExecutionContext } from './host';
import { IDENTITY_LENGTH } from './identity';
import { WorkflowKeyStore } from './keyStore';

/** What the memories of a run need. */
interface MemoryPorts {
	readonly context: ExecutionContext;
	readonly clock: Clock;
	/** Told when a message was sent or refused, but its key could not be stored. */
	readonly notStored: (error: unknown) => void;
}

/**
 * Who has had the message: the ledger, and the keys where an option asks for them. In a dry run both are only asked.
 *
 * @param option the option that asks for keys
 * @returns the failure of a run whose keys cannot be trusted
 * @throws InputError when this n8n has no store for keys
 */
export async function memoriesOf(
	ports: MemoryPorts,
	option: string | undefined,
	dryRun: boolean,
): Promise<readonly Memory[] | Failure> {
	const { context, clock } = ports;
	const execution = context.getContext('node');
	const ledger = new Ledger(execution);
	const inTurn = (memories: readonly Memory[]) =>
		isTool(context) ? oneAtATime(memories, execution) : memories;
	if (option === undefined) return dryRun ? [readOnlyMemory(ledger)] : inTurn([ledger]);
	// Its waits go on after Stop: what was sent is still to be stored. Nobody waits for it then.
	const node = `${context.getWorkflow().id ?? ''}/${context.getNode().id}`;
	const store = new WorkflowKeyStore(context.helpers, hostClock(), node);
	if (dryRun) {
		const asked = new SentKeys(readOnlyStore(store), clock, () => undefined, option);
		return [readOnlyMemory(ledger), asked];
	}
	const closed = await openStore(ports, store, option);
	if (!closed) return inTurn([ledger, new SentKeys(store, clock, ports.notStored, option)]);
	// What an earlier try has sent is known all the same.
	const isKnown = mayHaveSent(context) && !isStopped(closed);
	return isKnown ? inTurn([ledger, closedMemory(closed)]) : closed;
}

/** Whether an earlier try of this run of the node has sent messages, or may have; a tool's calls count as one run. */
export function mayHaveSent(context: ExecutionContext): boolean {
	const kept = context.getContext('node');
	const hasSent = Object.keys(kept).some((name) => name.length === IDENTITY_LENGTH);
	return hasSent && kept.triedRun === runIndexOf(context);
}

/** The messages of this run of the node are about to be sent. */
export function noteTry(context: ExecutionContext): void {
	context.getContext('node').triedRun = runIndexOf(context);
}

/** The memory in place of one that cannot be asked. */
function closedMemory(failure: Failure): Memory {
	return { begin: () => ({ state: 'unavailable', failure }), end: () => undefined };
}

/** The memory for a dry run, which asks it and leaves it as it is. */
function readOnlyMemory(memory: Memory): Memory {
	return { begin: (message) => memory.begin(message), end: () => undefined };
}

/** The store for a dry run: a claim is no more than a question. */
function readOnlyStore(store: WorkflowKeyStore) {
	const nothing = async () => undefined;
	const peek = async (key: string) => await store.peek(key);
	return { claim: peek, peek, accept: nothing, forget: nothing };
}

/** Static data of the node: that this workflow has stored keys. */
interface StaticData {
	hasSendOnceKeys?: boolean;
}

/** Workflows that have stored keys since this process started; manual executions save no static data. */
const workflowsWithKeys = new Set<string>();

/** @returns the failure of a run whose keys were lost: another node has pushed them out */
async function openStore(
	{ context, clock }: MemoryPorts,
	store: WorkflowKeyStore,
	option: string,
): Promise<Failure | undefined> {
	// n8n keeps it through Retry On Fail, loops and waits, which must not go on; a later Retry has an ID of its own.
	const execution = context.getContext('node');
	if (execution.keysLostIn === context.getExecutionId()) return keysLost(option);
	const workflow = context.getWorkflow().id;
	const data = context.getWorkflowStaticData('node') as StaticData;
	const hadKeys =
		data.hasSendOnceKeys === true || (workflow !== undefined && workflowsWithKeys.has(workflow));
	let isWhole: boolean | undefined;
	try {
		isWhole = await clock.within(store.open(hadKeys), STORE_LIMIT_MS);
	} catch (error) {
		return storeUnavailable(error, option);
	}
	if (isWhole === undefined) return noAnswerOf(clock, option);
	data.hasSendOnceKeys = true;
	if (workflow !== undefined) workflowsWithKeys.add(workflow);
	if (isWhole) return undefined;
	execution.keysLostIn = context.getExecutionId();
	return keysLost(option);
}

/** What n8n throws when it has no store, or none for this workflow; a database in trouble throws others. */
const NO_STORE = new Set(['TypeError', 'AssertionError', 'UserError', 'DeduplicationError']);

function storeUnavailable(error: unknown, option: string): Failure {
	if (NO_STORE.has((error as Partial<Error> | undefined)?.name ?? '')) {
		throw new InputError(
			option,
			"needs n8n's deduplication store, which this n8n does not offer",
			'Remove the option, or update n8n and save the workflow before you run it',
		);
	}
	return keyStoreFailure(error, option);
}

function keysLost(option: string): Failure {
	return {
		reason: 'keyStore',
		delivered: 'no',
		transient: false,
		input: {
			message: `The ${option === GUARDS.sendOnceKey ? 'Send Once Keys' : `keys of '${option}'`} of this workflow are gone from n8n's deduplication store`,
			remedy:
				"Nothing was sent, because messages might be sent twice. Another node has pushed the keys out (a Remove Duplicates node with the scope 'Workflow' and a short history: give it the scope 'Node'), or the store was cleared. Check who has had the message already; the next execution starts with no keys",
		},
	};
}
