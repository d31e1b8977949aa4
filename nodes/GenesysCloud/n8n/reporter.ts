import type { INodeExecutionData } from 'n8n-workflow';

import type { EndedRun } from '../delivery/deliverBatch';
import type { ItemPlace, JsonObject, Outcome } from '../delivery/types';
import { explain, sentences } from '../failures/explain';
import { isUnreachable, type Failure } from '../failures/failure';
import type { Operation } from '../resources/types';
import { errorItem, failureDetails, nodeError } from './errors';
import { continuesOnFailure, isTool, needsNestedDetails, type ExecutionContext } from './host';
import { howFar, isList, Results, summary, type RunFacts } from './results';

/** A failed item. */
interface FailedItem {
	readonly itemIndex: number;
	readonly failure: Failure;
	readonly attempts: number;
}

/** What the outcomes of a run are told with. */
export interface ReportOptions {
	readonly operation: Pick<Operation, 'kind' | 'explain'>;
	readonly dryRun: boolean;
	/** Whether the API's answers leave as a few fields. */
	readonly simplify: boolean;
	/** Whether sent items keep the fields of their input. */
	readonly includeInputFields: boolean;
	/** Whom an item is for, as the item has it. */
	recipientOf(itemIndex: number): string;
}

/** The shortest time between two reports of progress, in ms: a long run must not flood the log. */
const PROGRESS_INTERVAL_MS = 5_000;

const REHEARSED = 'It was a dry run: nothing was sent.';
const ENDED =
	"Each message that was tried in this organization failed in this way, so the set-up is at fault and none of them left by the 'Unreachable' output. 'Stop After Failures' under 'Delivery Options' says how many such failures end a run.";

/** Turns the outcomes of a run into the node's output, its hint, or its error. */
export class Reporter {
	private readonly input: INodeExecutionData[];
	private readonly results: Results;
	private readonly continues: boolean;
	private readonly nestsDetails: boolean;
	private readonly reasons = new Map<string, number>();
	private readonly unreachable: FailedItem[] = [];
	private progressAt = Date.now();
	private firstFailure: FailedItem | undefined;
	/** Whether the set-up was found at fault. */
	private isEnded = false;

	constructor(
		private readonly context: ExecutionContext,
		private readonly options: ReportOptions,
	) {
		this.input = context.getInputData();
		const unreachable = context.getNodeParameter('unreachable', 0, 'error');
		this.results = new Results(this.input, unreachable === 'output' && !isTool(context));
		this.continues = continuesOnFailure(context);
		this.nestsDetails = needsNestedDetails(context);
	}

	/** Takes in one outcome, and tells whether to go on with further messages. */
	settle(itemIndex: number, outcome: Outcome): 'continue' | 'halt' {
		const verdict = this.take(itemIndex, outcome);
		this.tellProgress();
		return verdict;
	}

	private take(itemIndex: number, outcome: Outcome): 'continue' | 'halt' {
		const { counts } = this.results;
		switch (outcome.status) {
			case 'failed':
				return this.fail(itemIndex, outcome.failure, outcome.attempts);
			case 'sent':
				counts.sent++;
				this.add(itemIndex, this.withAttempts(outcome.output, outcome.attempts));
				return 'continue';
			case 'alreadySent':
				counts.alreadySent++;
				this.add(itemIndex, this.rehearsed(outcome.output));
				return 'continue';
			case 'skipped':
				counts.skipped++;
				this.add(itemIndex, skippedItem(outcome.output, outcome.sameKeyAs));
				return 'continue';
		}
	}

	/** Takes in a failure, and tells whether to go on with further messages. */
	fail(itemIndex: number, failure: Failure, attempts = 0): 'continue' | 'halt' {
		this.reasons.set(failure.reason, (this.reasons.get(failure.reason) ?? 0) + 1);
		const item = { itemIndex, failure, attempts };
		if (this.results.hasUnreachableOutput && isUnreachable(failure)) {
			const message = sentences(explain(failure, this.options.operation.explain));
			const details = { message, ...failureDetails(failure, attempts) };
			this.results.addUnreachable(itemIndex, details);
			this.unreachable.push(item);
			return 'continue';
		}
		return this.failItem(item);
	}

	/** A failure that concerns all items: a missing credential, an option out of range. */
	failAll(failure: Failure): void {
		for (let index = 0; index < this.input.length; index++) {
			if (this.fail(index, failure) === 'halt') return;
		}
	}

	/**
	 * A client's run was ended because all its messages failed in the same way: then the set-up is at fault,
	 * and nobody must be called or mailed for it.
	 */
	endRun({ common, failed }: EndedRun): void {
		this.isEnded = true;
		for (const item of this.unreachable) {
			if (item.failure.reason !== common.reason || !failed.has(item.itemIndex)) continue;
			this.results.withdrawUnreachable(item.itemIndex);
			this.failItem(item);
		}
	}

	/**
	 * Ends the run.
	 *
	 * @param stopped whether the user stopped the execution: then it has ended, but not failed
	 * @returns the node's outputs
	 * @throws NodeApiError or NodeOperationError of the first failed item when the node does not
	 *   continue on failure
	 */
	finish(facts: Omit<RunFacts, 'kind' | 'dryRun' | 'reasons'>, stopped = false) {
		const { counts } = this.results;
		const { operation, dryRun } = this.options;
		if (this.firstFailure && !stopped) throw this.finalError(this.firstFailure);
		const { kind } = operation;
		const suspicious =
			kind === 'send' && counts.sent + counts.alreadySent === 0 && counts.unreachable > 0;
		this.context.addExecutionHints?.({
			message: summary(counts, { ...facts, kind, dryRun, reasons: this.reasons }),
			type: counts.failed + counts.skipped > 0 || suspicious ? 'warning' : 'info',
			location: 'outputPane',
		});
		return this.results.outputs();
	}

	private failItem(item: FailedItem): 'continue' | 'halt' {
		const { itemIndex, failure, attempts } = item;
		const explanation = explain(failure, this.options.operation.explain);
		const details = failureDetails(failure, attempts);
		this.results.addFailed(
			itemIndex,
			errorItem(explanation, details, itemIndex, this.nestsDetails),
		);
		if (this.continues) return 'continue';
		// A transient failure that comes later may only lack its retries, because the run has halted.
		const earlier = itemIndex < (this.firstFailure?.itemIndex ?? Number.POSITIVE_INFINITY);
		if (!this.firstFailure || (earlier && !failure.transient)) this.firstFailure = item;
		return 'halt';
	}

	private finalError(item: FailedItem) {
		const recipient = this.options.recipientOf(item.itemIndex);
		return nodeError(this.context.getNode(), {
			...item,
			explanation: explain(item.failure, this.options.operation.explain),
			notes: [
				recipient && `It concerns ${recipient}.`,
				this.progressNote(item.failure),
				this.isEnded ? ENDED : '',
			],
		});
	}

	/** Looking things up again does no harm: there, how far the run came does not matter. */
	private progressNote({ delivered }: Failure): string {
		const { dryRun, operation } = this.options;
		if (dryRun) return REHEARSED;
		if (operation.kind === 'read') return '';
		return howFar(this.results.counts, this.input.length, delivered === 'unknown');
	}

	private add(itemIndex: number, json: JsonObject | readonly JsonObject[]): void {
		const input = this.input[itemIndex]?.json;
		const keeps = this.options.includeInputFields && !isList(json);
		this.results.add(itemIndex, keeps ? { ...withoutResultFields(input), ...json } : json);
	}

	private withAttempts(
		output: JsonObject | readonly JsonObject[],
		attempts: number,
	): JsonObject | readonly JsonObject[] {
		const { operation, dryRun, simplify } = this.options;
		const counts = operation.kind === 'send' && simplify && !dryRun;
		return counts && !isList(output) ? { ...output, attempts } : output;
	}

	private rehearsed(output: JsonObject): JsonObject {
		return this.options.dryRun ? { ...output, status: 'dryRun' } : output;
	}

	/** In n8n's log and, when started by hand, in the editor. */
	private tellProgress(): void {
		if (Date.now() - this.progressAt < PROGRESS_INTERVAL_MS) return;
		this.progressAt = Date.now();
		const { sent, alreadySent, skipped, unreachable, failed } = this.results.counts;
		const done = sent + alreadySent + skipped + unreachable + failed;
		const text = `Genesys Cloud: ${done} of ${this.input.length} messages done (${sent} sent, ${alreadySent} already sent, ${unreachable} unreachable, ${failed} failed)`;
		this.context.logger.info(text);
		this.context.sendMessageToUI(text);
	}
}

/**
 * Names that mean something else in the result, even where it lacks them: an ID of the input is not the
 * message's. With an `error` n8n would take the item for a failed one, and run the node again.
 */
const RESULT_FIELDS = new Set(
	'alreadySent attempts conversationId error id status timestamp'.split(' '),
);

function withoutResultFields(input: JsonObject = {}): JsonObject {
	return Object.fromEntries(Object.entries(input).filter(([name]) => !RESULT_FIELDS.has(name)));
}

function skippedItem(output: JsonObject, { item, earlierRun }: ItemPlace): JsonObject {
	// n8n counts items from 0, and shows runs from 1.
	const where = earlierRun === undefined ? '' : ` of run ${earlierRun + 1}`;
	const message = `Item ${item}${where} has the same 'Send Once Key' but is for another customer, so this message was not sent. Use an expression that names the customer and the occasion.`;
	return { ...output, status: 'skipped', details: { message, sameKeyAsItem: item } };
}
