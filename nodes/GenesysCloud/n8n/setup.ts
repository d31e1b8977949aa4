import { hostClock, type WaitMeter } from '../api/clock';
import { httpOf, type HttpHelpers } from '../api/httpFunctions';
import { Ledger } from '../delivery/ledger';
import type { Memory } from '../delivery/memory';
import { SentKeys } from '../delivery/sentKeys';
import type { Clock } from '../delivery/types';
import { InputError, keyStoreFailure, STOPPED, type Failure } from '../failures/failure';
import { findOperation } from '../resources';
import type { DeliverySettings } from '../resources/deliveryOptions';
import { ItemReader, toggle } from '../resources/parameters';
import { SendWindows } from '../resources/sendWindow';
import type { Operation } from '../resources/types';
import { Connections } from './connections';
import { DeliveryOptions } from './deliveryOptions';
import { isTool, runIndexOf, type ExecutionContext } from './host';
import { WorkflowKeyStore } from './keyStore';
import { refuseLostExpressions } from './lostExpressions';
import { Messages, type UsedKeys } from './messages';
import { parameterSource } from './parameterSource';

/** What a run needs, found before its first message. */
export interface Setup {
	readonly operation: Operation;
	readonly settings: DeliverySettings;
	readonly messages: Messages;
	readonly memories: readonly Memory[];
	readonly dryRun: boolean;
	readonly simplify: boolean;
	readonly includeInputFields: boolean;
}

/** What the run goes by, and where it counts. */
export interface RunContext {
	readonly context: ExecutionContext;
	readonly clock: Clock;
	readonly meter: WaitMeter;
	/** Keys of sent messages that could not be stored. */
	keysNotStored: number;
}

/** The clock and the counters of a run; its waits end when `signal` says so. */
export function runContext(
	context: ExecutionContext,
	signal: AbortSignal,
	meter: WaitMeter,
): RunContext {
	return { context, clock: hostClock(signal, meter), meter, keysNotStored: 0 };
}

/**
 * Finds what a run needs.
 *
 * @returns the failure of a run whose keys cannot be trusted
 * @throws InputError when an option or the credential cannot be used
 */
export async function setUp(run: RunContext): Promise<Setup | Failure> {
	const { context, clock } = run;
	refuseLostExpressions(context);
	const operation = chosenOperation(context);
	const items = context.getInputData();
	const parameters = parameterSource(context, items);
	const delivery = new DeliveryOptions(context);
	const { settings } = delivery;
	const dryRun = isDryRun(context, operation, settings.dryRun);
	const options = new ItemReader(context, 0).collection('options');
	const connections = await Connections.open(context, {
		http: httpOf(context.helpers as HttpHelpers, settings.reuseConnections),
		clock,
		maxTokens: settings.accessTokens,
		timeoutMs: settings.timeoutMs,
		maxWaitMs: settings.retry.maxWaitMs,
		uncertain: settings.retry.uncertain,
	});
	const memories = await memoriesOf(run, operation, delivery, dryRun);
	if ('reason' in memories) return memories;
	const timeZone = context.getTimezone();
	const simplify = toggle(context.getNodeParameter('simplify', 0, true), 'Simplify', true);
	const messages = new Messages({
		parameters,
		delivery,
		operation,
		connections,
		timeZone,
		windows: new SendWindows(timeZone),
		clock,
		simplify,
		dryRun,
		today: settings.onceADay ? calendarOf(timeZone) : undefined,
		runIndex: runIndexOf(context),
		usedKeys: usedKeysOf(context),
		isTool: isTool(context),
	});
	const includeInputFields = toggle(options.includeInputFields, 'Include Input Fields');
	return { operation, settings, messages, memories, dryRun, simplify, includeInputFields };
}

function chosenOperation(context: ExecutionContext): Operation {
	const operation = findOperation(
		context.getNodeParameter('resource', 0),
		context.getNodeParameter('operation', 0),
	);
	if (operation) return operation;
	throw new InputError(
		'Operation',
		'is not known to this version of the node',
		'Choose an operation from the list, or update the node',
	);
}

function isDryRun(
	context: ExecutionContext,
	{ kind }: Operation,
	dryRun: DeliverySettings['dryRun'],
): boolean {
	if (kind === 'read') return false;
	if (dryRun !== 'manual') return dryRun === 'always';
	// n8n keeps the node's context for a Retry, which has a mode of its own.
	const kept = context.getContext('node');
	const mode = context.getMode();
	if (mode === 'manual') kept.isDryRun = true;
	return mode === 'manual' || (mode === 'retry' && kept.isDryRun === true);
}

/** Tells the calendar day in a time zone, as 2026-11-25. A long run goes on after midnight. */
function calendarOf(timeZone: string): () => string {
	const format = new Intl.DateTimeFormat('en-CA', { timeZone });
	return () => format.format(new Date());
}

/** Who has had the message: the ledger, and the keys where an option asks for them. */
async function memoriesOf(
	run: RunContext,
	{ kind }: Operation,
	{ hasKeys, settings }: DeliveryOptions,
	dryRun: boolean,
): Promise<readonly Memory[] | Failure> {
	if (kind === 'read') return [];
	const ledger = new Ledger(run.context.getContext('node'));
	if (!hasKeys && !settings.onceADay) return [dryRun ? readOnlyMemory(ledger) : ledger];
	// Its waits go on after Stop: what was sent is still to be stored. Nobody waits for it then.
	const node = `${run.context.getWorkflow().id ?? ''}/${run.context.getNode().id}`;
	const store = new WorkflowKeyStore(run.context.helpers, hostClock(), node);
	if (dryRun) {
		return [readOnlyMemory(ledger), new SentKeys(readOnlyStore(store), run.clock, () => undefined)];
	}
	const lost = await openStore(run, store);
	if (lost) return lost;
	const keys = new SentKeys(store, run.clock, (error) => {
		run.keysNotStored++;
		run.context.logger.warn(`A Send Once Key was not stored: ${String(error)}`);
	});
	return [ledger, keys];
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

/** By the context that n8n keeps for the node through all its runs of an execution. */
const usedKeys = new WeakMap<object, UsedKeys>();

function usedKeysOf(context: ExecutionContext): UsedKeys {
	const kept = context.getContext('node');
	const known = usedKeys.get(kept) ?? (new Map() as UsedKeys);
	usedKeys.set(kept, known);
	return known;
}

/** Static data of the node: that this workflow has stored keys. */
interface StaticData {
	hasSendOnceKeys?: boolean;
}

/** Workflows that have stored keys since this process started; manual executions save no static data. */
const workflowsWithKeys = new Set<string>();

/** How long the store may take before the run, in ms: the lock of a killed worker is waited for. */
const OPEN_LIMIT_MS = 60_000;
const NO_ANSWER = new Error('it did not answer in time');

/** @returns the failure of a run whose keys were lost: another node has pushed them out */
async function openStore(
	{ context, clock }: RunContext,
	store: WorkflowKeyStore,
): Promise<Failure | undefined> {
	const workflow = context.getWorkflow().id;
	const data = context.getWorkflowStaticData('node') as StaticData;
	const hadKeys =
		data.hasSendOnceKeys === true || (workflow !== undefined && workflowsWithKeys.has(workflow));
	let isWhole: boolean | undefined;
	try {
		isWhole = await clock.within(store.open(hadKeys), OPEN_LIMIT_MS);
	} catch (error) {
		return storeUnavailable(error);
	}
	if (isWhole === undefined) return clock.stopped() ? STOPPED : storeUnavailable(NO_ANSWER);
	data.hasSendOnceKeys = true;
	if (workflow !== undefined) workflowsWithKeys.add(workflow);
	return isWhole ? undefined : KEYS_LOST;
}

/** What n8n throws when it has no store, or none for this workflow; a database in trouble throws others. */
const NO_STORE = new Set(['TypeError', 'AssertionError', 'UserError', 'DeduplicationError']);

function storeUnavailable(error: unknown): Failure {
	if (NO_STORE.has((error as Partial<Error> | undefined)?.name ?? '')) {
		throw new InputError(
			'Send Once Key',
			"needs n8n's deduplication store, which this n8n does not offer",
			'Remove the option, or update n8n and save the workflow before you run it',
		);
	}
	return keyStoreFailure(error);
}

const KEYS_LOST: Failure = {
	reason: 'keyStore',
	delivered: 'no',
	transient: false,
	input: {
		message: "The Send Once Keys of this workflow are gone from n8n's deduplication store",
		remedy:
			"Nothing was sent, because messages might be sent twice. Another node has pushed the keys out (a Remove Duplicates node with the scope 'Workflow' and a short history: give it the scope 'Node'), or the store was cleared. Check who has had the message already; the next run starts with no keys",
	},
};
