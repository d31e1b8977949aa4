import type { INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../api/answer';
import type { ApiFailure } from '../failures/failure';
import { deliverAll } from '../delivery/deliverAll';
import { Ledger } from '../delivery/ledger';
import type { SendOnce } from '../delivery/sendOnce';
import type { Clock } from '../delivery/types';
import { executionClock } from './clock';
import type { ExecutionContext } from './context';
import { continuesOnFailure } from './continuing';
import { inputFailure, keyNotChecked } from './inputFailure';
import { uncertainEarlier, type ApiMessage, type MessageSource } from './message';
import { Outbox } from './outbox';
import { parameterReader } from './parameterReader';
import { Reporter } from './reporter';
import { chosenOperation, clientOf, sendOnceOf } from './setup';
import { readDeliverySettings, type DeliverySettings } from './settings';
import { WaitMeter } from './waitMeter';

/** What a run needs, found before its first message. */
interface Setup {
	readonly source: MessageSource;
	readonly settings: DeliverySettings;
	readonly simplify: boolean;
	readonly sendOnce?: SendOnce;
}

/**
 * Executes the node: delivers one message for each input item.
 *
 * @param context the execution
 * @returns the node's outputs
 * @throws NodeApiError or NodeOperationError of the first failed item, unless the node continues on
 *   failure: then it never throws
 */
export async function run(context: ExecutionContext): Promise<INodeExecutionData[][]> {
	const meter = new WaitMeter(() => Date.now());
	const stop = context.getExecutionCancelSignal?.();
	// The first failure ends the waits of other messages just as Stop does.
	const halt = new AbortController();
	const clock = executionClock(meter, AbortSignal.any([halt.signal, ...(stop ? [stop] : [])]));
	const setup = await setUp(context, clock);
	if ('failure' in setup) {
		const reporter = new Reporter(context);
		reporter.failAll(setup.failure);
		return reporter.finish(0);
	}
	const reporter = new Reporter(context, setup.source.operation, setup.simplify);
	const outbox = new Outbox(setup.source);
	const invalid = continuesOnFailure(context)
		? undefined
		: await outbox.firstInvalid(context.getInputData().length);
	if (invalid) reporter.fail(invalid.index, invalid.failure);
	else await deliverItems(context, setup, outbox, reporter, halt);
	return reporter.finish(meter.totalMs, stop?.aborted);
}

async function setUp(
	context: ExecutionContext,
	clock: Clock,
): Promise<Setup | { readonly failure: ApiFailure }> {
	try {
		const operation = chosenOperation(context);
		const settings = readDeliverySettings(context);
		const client = await clientOf(context, settings, clock);
		const runIndex = runIndexOf(context);
		const { sendsOnce } = settings;
		const sendOnce = await sendOnceOf(context, settings);
		const parameters = parameterReader(context, context.getInputData());
		const source = { parameters, operation, client, clock, runIndex, sendsOnce };
		const simplify = context.getNodeParameter('simplify', 0, true) !== false;
		return { settings, simplify, source, ...(sendOnce && { sendOnce }) };
	} catch (error) {
		return { failure: inputFailure(error) };
	}
}

/**
 * The run of the node that a message belongs to: a loop runs it several times in one execution. As an
 * AI tool, n8n counts even a retry as a new run, so there all runs count as one.
 */
function runIndexOf(context: ExecutionContext): number {
	return context.isToolExecution?.() ? 0 : (context.getWorkflowDataProxy(0).$runIndex as number);
}

async function deliverItems(
	context: ExecutionContext,
	{ settings, source, sendOnce }: Setup,
	outbox: Outbox,
	reporter: Reporter,
	halt: AbortController,
): Promise<void> {
	const sending = source.operation.kind === 'send';
	await deliverAll<JsonObject, ApiFailure, ApiMessage>({
		count: context.getInputData().length,
		concurrency: settings.concurrency,
		// Looking something up again does no harm, and its result must be fresh.
		retry: sending ? settings.retry : { ...settings.retry, uncertain: 'retry' },
		ledger: new Ledger(sending ? context.getContext('node') : {}),
		...(sendOnce && { sendOnce }),
		clock: source.clock,
		prepare: (index) => outbox.take(index),
		uncertainEarlier,
		keyNotChecked,
		keyNotStored: (error) => {
			context.logger.warn(`Send Once Key was not stored: ${String(error)}`);
		},
		settle: (index, outcome) => {
			const verdict = reporter.settle(index, outcome);
			if (verdict === 'halt') halt.abort();
			return verdict;
		},
	});
}
