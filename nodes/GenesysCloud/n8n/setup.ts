import { hostClock, WaitMeter } from '../api/clock';
import { httpOf } from '../api/httpFunctions';
import type { Memory } from '../delivery/memory';
import type { Clock } from '../delivery/types';
import { evaluated, InputError, type Failure } from '../failures/failure';
import { findOperation } from '../resources';
import { GUARDS, type DeliverySettings } from '../resources/deliveryOptions';
import { toggle } from '../resources/parameters';
import { SendWindows } from '../resources/sendWindow';
import type { Operation } from '../resources/types';
import { Connections } from './connections';
import { DeliveryReader } from './deliveryReader';
import { isTool, isTriedOut, runIndexOf, type ExecutionContext } from './host';
import { mayHaveSent, memoriesOf } from './memories';
import { Messages } from './messages';
import { parameterSource, refuseLostParameters } from './parameterSource';
import { UsedKeys } from './identity';

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
	/** How many keys could not be stored after their messages had ended, and the option that asks for keys. */
	keysNotStored: number;
	keyOption?: string | undefined;
}

/** The clock and the counters of a run; its waits end when `signal` says so. */
export function runContext(context: ExecutionContext, signal: AbortSignal): RunContext {
	const meter = new WaitMeter();
	return { context, clock: hostClock(signal, meter), meter, keysNotStored: 0 };
}

/**
 * Finds what a run needs.
 *
 * @returns the failure of a run whose keys cannot be trusted, or that was stopped
 * @throws InputError when an option or the credential cannot be used
 */
export async function setUp(run: RunContext): Promise<Setup | Failure> {
	const { context, clock } = run;
	refuseLostParameters(context);
	const operation = chosenOperation(context);
	const items = context.getInputData();
	const parameters = parameterSource(context, items);
	const delivery = new DeliveryReader(context);
	const { settings } = delivery;
	run.keyOption = delivery.keyOption;
	const dryRun = isDryRun(context, operation, settings.dryRun);
	const connections = await Connections.open(context, {
		http: httpOf(context.helpers, settings.reuseConnections),
		clock,
		maxTokens: settings.accessTokens,
		timeoutMs: settings.timeoutMs,
		maxWaitMs: settings.retry.maxWaitMs,
		uncertain: settings.retry.uncertain,
	});
	if ('reason' in connections) return connections;
	const notStored = (error: unknown) => {
		run.keysNotStored++;
		context.logger.warn(
			`A key of '${run.keyOption ?? GUARDS.sendOnceKey}' was not stored: ${String(error)}`,
		);
	};
	const memories =
		operation.kind === 'read'
			? []
			: await memoriesOf({ context, clock, notStored }, delivery.keyOption, dryRun);
	if ('reason' in memories) return memories;
	const timeZone = context.getTimezone();
	const isOn = (name: string, displayName: string, fallback: boolean) => {
		const read = () => context.getNodeParameter(name, 0, fallback);
		return toggle(evaluated(displayName, read), displayName, fallback);
	};
	const simplify = isOn('simplify', 'Simplify', true);
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
		// A dry run changes nothing.
		usedKeys: new UsedKeys(dryRun ? { ...context.getContext('node') } : context.getContext('node')),
		mayHaveSent: mayHaveSent(context),
		isTool: isTool(context),
	});
	const includeInputFields = isOn('options.includeInputFields', 'Include Input Fields', false);
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
	const isTrial = isTriedOut(context);
	if (isTrial) kept.isDryRun = true;
	return isTrial || (context.getMode() === 'retry' && kept.isDryRun === true);
}

/** Tells the calendar day in a time zone, as 2026-11-25. A long run goes on after midnight. */
function calendarOf(timeZone: string): () => string {
	const format = new Intl.DateTimeFormat('en-CA', { timeZone });
	return () => format.format(new Date());
}
