import type { Batch, Message, Outcome } from './batch';
import { deliverOnce } from './deliverOnce';
import { runPool } from './pool';
import type { DeliveryFailure } from './types';

/**
 * Delivers a batch with bounded concurrency. Messages that the ledger knows as sent are skipped;
 * requests are built lazily; after `halt` or Stop nothing new starts and what is in flight finishes.
 *
 * @param batch the messages and how to deliver them
 * @returns when every started message has been settled
 */
export async function deliverAll<
	Response,
	Failure extends DeliveryFailure,
	Msg extends Message<Response, Failure>,
>(batch: Batch<Response, Failure, Msg>): Promise<void> {
	let halted = false;
	let fatal: Failure | undefined;

	const handle = async (index: number) => {
		const message = batch.prepare(index);
		const outcome =
			'invalid' in message
				? ({ status: 'failed', failure: message.invalid, attempts: 0 } as const)
				: (skipped(batch, message, fatal) ?? (await deliverOnce(batch, message)));
		if (outcome === undefined) return;
		if (outcome.status === 'failed' && outcome.failure.endsRun) fatal = outcome.failure;
		if (batch.settle(index, outcome) === 'halt') halted = true;
	};
	const ended = () => halted || batch.clock.stopped();
	await runPool(batch.count, batch.concurrency, ended, handle);
}

/** @returns the outcome of a message that needs no call, or `undefined` when it is to be sent */
function skipped<Response, Failure extends DeliveryFailure, Msg extends Message<Response, Failure>>(
	batch: Batch<Response, Failure, Msg>,
	message: Msg,
	fatal: Failure | undefined,
): Outcome<Msg, Response, Failure> | undefined {
	const known = batch.ledger.lookUp(message.key);
	if (known?.state === 'sent') {
		return { status: 'alreadySent', message, receipt: known.receipt };
	}
	if (known?.state === 'unknown' && batch.retry.uncertain === 'fail') {
		return { status: 'failed', failure: batch.uncertainEarlier(known.reason), attempts: 0 };
	}
	return fatal && { status: 'failed', failure: fatal, attempts: 0 };
}
