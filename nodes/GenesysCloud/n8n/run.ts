import type { INodeExecutionData } from 'n8n-workflow';

import { deliverBatch } from '../delivery/deliverBatch';
import { inputFailure, isStopped, type Failure } from '../failures/failure';
import { continuesOnFailure, type ExecutionContext } from './host';
import { mayHaveSent, noteTry } from './memories';
import { Reporter } from './reporter';
import { runContext, setUp, type RunContext, type Setup } from './setup';

/** Genesys Cloud's documented limit of a token, in calls a minute. */
const CALLS_A_MINUTE = 300;

/**
 * Executes the node: delivers one message for each input item.
 *
 * @returns the node's outputs
 * @throws NodeApiError or NodeOperationError of the first failed item, unless the node continues on
 *   failure: then it never throws
 */
export async function run(context: ExecutionContext): Promise<INodeExecutionData[][]> {
	const stop = context.getExecutionCancelSignal?.();
	// The first failure ends the waits of other messages just as Stop does.
	const halt = new AbortController();
	const signal = AbortSignal.any([halt.signal, ...(stop ? [stop] : [])]);
	const running = runContext(context, signal);
	const setup = await setUp(running).catch(inputFailure);
	if ('reason' in setup) return refuse(running, setup, stop?.aborted);
	const { messages, settings } = setup;
	const reporter = new Reporter(context, {
		...setup,
		recipientOf: (index) => messages.recipientOf(index),
	});
	const invalid = await firstInvalid(context, setup);
	if (!invalid) await deliver(running, setup, reporter, halt);
	else if (!isStopped(invalid.failure)) reporter.fail(invalid.index, invalid.failure);
	const facts = factsOf(running, settings.accessTokens, messages.callsRehearsed);
	return reporter.finish(facts, stop?.aborted);
}

/** Ends a run that cannot begin: nothing is sent, and all its items failed. */
function refuse(run: RunContext, cause: Failure, stopped?: boolean): INodeExecutionData[][] {
	const failure = mayHaveSent(run.context) ? { ...cause, delivered: 'unknown' as const } : cause;
	const reporter = new Reporter(run.context, {
		// Perhaps it is not even known which one.
		operation: { kind: 'send' },
		dryRun: false,
		simplify: true,
		includeInputFields: false,
		recipientOf: () => '',
	});
	if (!isStopped(failure)) reporter.failAll(failure);
	return reporter.finish(factsOf(run, 1, 0), stopped);
}

/** Unless failed items go on by themselves, no message is sent before all items are known to be usable. */
async function firstInvalid(
	context: ExecutionContext,
	{ messages }: Setup,
): Promise<{ readonly index: number; readonly failure: Failure } | undefined> {
	if (continuesOnFailure(context)) return undefined;
	return await messages.firstInvalid(context.getInputData().length);
}

async function deliver(
	{ context, clock }: RunContext,
	{ operation, settings, messages, memories, dryRun }: Setup,
	reporter: Reporter,
	halt: AbortController,
): Promise<void> {
	const sends = operation.kind === 'send';
	if (sends && !dryRun) noteTry(context);
	const endedRuns = await deliverBatch({
		count: context.getInputData().length,
		concurrency: settings.concurrency,
		// A dry run checks every item.
		stopAfterFailures: sends && !dryRun ? settings.stopAfterFailures : 0,
		// Looking something up again does no harm, and its result must be fresh.
		retry: sends ? settings.retry : { ...settings.retry, uncertain: 'retry' },
		memories,
		clock,
		prepare: async (index) => await messages.prepare(index),
		settle: (index, outcome) => {
			const verdict = reporter.settle(index, outcome);
			if (verdict === 'halt') halt.abort();
			return verdict;
		},
	});
	for (const ended of endedRuns) reporter.endRun(ended);
}

function factsOf(run: RunContext, accessTokens: number, calls: number) {
	const { meter, keysNotStored, keyOption } = run;
	const minutes = Math.ceil(calls / (CALLS_A_MINUTE * accessTokens));
	return { waitedMs: meter.totalMs, keysNotStored, keyOption, minutes };
}
