import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { JsonObject } from '../api/answer';
import type { ApiFailure } from '../failures/failure';
import type { Outcome } from '../delivery/batch';
import type { Operation } from '../resources/types';
import type { ExecutionContext } from './context';
import { continuesOnFailure, isTool } from './continuing';
import { errorItem, failureDetails, needsNestedDetails, nodeError } from './errors';
import { explain } from '../failures/explain';
import type { ApiMessage } from './message';
import { ProgressReport } from './progressReport';
import { isUnreachable, Results } from './results';
import { howFar, summary } from './summary';

/** The first failed item of a run that does not continue on failure. */
interface FirstFailure {
	readonly itemIndex: number;
	readonly failure: ApiFailure;
	readonly attempts: number;
}

/** Turns the outcomes of a run into the node's output, its hint, or its error. */
export class Reporter {
	private readonly input: INodeExecutionData[];
	private readonly results: Results;
	private readonly continues: boolean;
	private readonly nestsDetails: boolean;
	private readonly progress: ProgressReport;
	private firstFailure: FirstFailure | undefined;

	/**
	 * @param context the execution
	 * @param operation the operation, unless it could not be found
	 * @param simplify whether to return a few fields instead of the API's whole answer
	 */
	constructor(
		private readonly context: ExecutionContext,
		private readonly operation?: Operation,
		private readonly simplify = true,
	) {
		this.input = context.getInputData();
		const unreachable = context.getNodeParameter('unreachable', 0, 'error');
		this.results = new Results(this.input.length, unreachable === 'output' && !isTool(context));
		this.continues = continuesOnFailure(context);
		this.nestsDetails = needsNestedDetails(context);
		this.progress = new ProgressReport(context, this.input.length);
	}

	/**
	 * Takes in one outcome.
	 *
	 * @param itemIndex the item
	 * @param outcome what became of its message
	 * @returns whether to go on with further messages
	 */
	settle(
		itemIndex: number,
		outcome: Outcome<ApiMessage, JsonObject, ApiFailure>,
	): 'continue' | 'halt' {
		if (outcome.status === 'failed') {
			return this.fail(itemIndex, outcome.failure, outcome.attempts);
		}
		const alreadySent = outcome.status === 'alreadySent';
		this.results.addSent(itemIndex, this.jsonOf(outcome), alreadySent);
		this.progress.update(this.results.counts);
		return 'continue';
	}

	/**
	 * Takes in a failure.
	 *
	 * @param itemIndex the item
	 * @param failure what went wrong
	 * @param attempts how often the message was tried
	 * @returns whether to go on with further messages
	 */
	fail(itemIndex: number, failure: ApiFailure, attempts = 0): 'continue' | 'halt' {
		this.progress.update(this.results.counts);
		const details = failureDetails(failure, attempts);
		const input = this.input[itemIndex];
		if (input && this.results.hasUnreachableOutput && isUnreachable(failure)) {
			this.results.addUnreachable(itemIndex, input, details);
			return 'continue';
		}
		const explanation = explain(failure, this.operation);
		const item = errorItem(explanation, details, itemIndex, this.nestsDetails);
		this.results.addFailed(itemIndex, item);
		if (this.continues) return 'continue';
		// A transient failure that comes now may be one that was not retried because the run has halted.
		const earlier = itemIndex < (this.firstFailure?.itemIndex ?? Number.POSITIVE_INFINITY);
		if (!this.firstFailure || (earlier && !failure.transient)) {
			this.firstFailure = { itemIndex, failure, attempts };
		}
		return 'halt';
	}

	/**
	 * A failure that concerns all items: a missing credential, an option out of range.
	 *
	 * @param failure what went wrong
	 */
	failAll(failure: ApiFailure): void {
		for (let index = 0; index < this.input.length; index++) {
			if (this.fail(index, failure) === 'halt') return;
		}
	}

	/**
	 * Ends the run.
	 *
	 * @param waitedMs for how long the run waited for the rate limit, in ms
	 * @param stopped whether the user stopped the execution: then it has ended, but not failed
	 * @returns the node's outputs
	 * @throws NodeApiError or NodeOperationError of the first failed item when the node does not
	 *   continue on failure
	 */
	finish(waitedMs: number, stopped = false): INodeExecutionData[][] {
		const { counts } = this.results;
		if (this.firstFailure && !stopped) {
			throw nodeError(this.context.getNode(), {
				...this.firstFailure,
				explanation: explain(this.firstFailure.failure, this.operation),
				progress: howFar(counts, this.input.length),
			});
		}
		this.context.addExecutionHints?.({
			message: summary(counts, waitedMs, this.operation?.kind),
			type: counts.failed > 0 ? 'warning' : 'info',
			location: 'outputPane',
		});
		return this.results.outputs();
	}

	private jsonOf(
		outcome: Exclude<Outcome<ApiMessage, JsonObject, ApiFailure>, { status: 'failed' }>,
	): IDataObject {
		const { operation } = this;
		const { request } = outcome.message;
		if (outcome.status === 'alreadySent') {
			const recorded =
				operation?.kind === 'send' && operation.toRecordedOutput(request, outcome.receipt);
			return { ...recorded } as IDataObject;
		}
		const { response, attempts } = outcome;
		if (!this.simplify) return { ...response } as IDataObject;
		const sent = operation?.kind === 'send' && { attempts };
		return { ...operation?.toOutput(response, request), ...sent } as IDataObject;
	}
}
