import { deliver } from './deliver';
import type { Ledger, Receipt } from './ledger';
import { runPool } from './pool';
import type { RetrySettings } from './retryPolicy';
import type { SendOnce } from './sendOnce';
import type { Attempt, Clock, Delivered, DeliveryFailure } from './types';

/** One message, ready to be sent. */
export interface Message<Response, Failure extends DeliveryFailure> {
	/** Its key in the ledger: the same message at the same place has the same key. */
	readonly key: string;
	/** A key of the user's that is to be sent once over all executions. */
	readonly onceKey?: string;
	/** Makes one attempt; must not reject. */
	send(): Promise<Attempt<Response, Failure>>;
	/** What the ledger keeps of an accepted message. */
	receipt(response: Response): Receipt;
}

/** What became of one message. */
export type Outcome<Msg, Response, Failure> =
	| {
			readonly status: 'sent';
			readonly message: Msg;
			readonly response: Response;
			readonly attempts: number;
	  }
	| { readonly status: 'alreadySent'; readonly message: Msg; readonly receipt?: Receipt }
	| { readonly status: 'failed'; readonly failure: Failure; readonly attempts: number };

/** A batch of messages and what to do with them. */
export interface Batch<
	Response,
	Failure extends DeliveryFailure,
	Msg extends Message<Response, Failure> = Message<Response, Failure>,
> {
	readonly count: number;
	readonly concurrency: number;
	readonly retry: RetrySettings;
	readonly ledger: Ledger;
	readonly sendOnce?: SendOnce;
	readonly clock: Clock;
	/** Builds message `index` just before it is sent; a failure means that its input is not usable. */
	prepare(index: number): Msg | { readonly invalid: Failure };
	/** The failure of a message that an earlier run may have delivered and that must not be repeated. */
	uncertainEarlier(reason: string): Failure;
	/** The failure of a message whose key could not be looked up. */
	keyNotChecked(error: unknown): Failure;
	/** A message was sent, but its key could not be stored. */
	keyNotStored(error: unknown): void;
	/** Takes each outcome as it comes; `halt` starts no further message. */
	settle(index: number, outcome: Outcome<Msg, Response, Failure>): 'continue' | 'halt';
}

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

/** Delivers a message unless its key was sent by this or an earlier execution. */
async function deliverOnce<
	Response,
	Failure extends DeliveryFailure,
	Msg extends Message<Response, Failure>,
>(
	batch: Batch<Response, Failure, Msg>,
	message: Msg,
): Promise<Outcome<Msg, Response, Failure> | undefined> {
	const { sendOnce } = batch;
	const { onceKey } = message;
	if (!sendOnce || onceKey === undefined) return await deliverRecorded(batch, message);
	try {
		if ((await sendOnce.begin(onceKey)) === 'sent') return { status: 'alreadySent', message };
	} catch (error) {
		return { status: 'failed', failure: batch.keyNotChecked(error), attempts: 0 };
	}
	const outcome = await deliverRecorded(batch, message);
	await sendOnce.end(onceKey, outcome?.status === 'sent').catch((error: unknown) => {
		batch.keyNotStored(error);
	});
	return outcome;
}

/** @returns the outcome, or `undefined` when the execution was stopped before the first call */
async function deliverRecorded<
	Response,
	Failure extends DeliveryFailure,
	Msg extends Message<Response, Failure>,
>(
	{ ledger, retry, clock }: Batch<Response, Failure, Msg>,
	message: Msg,
): Promise<Outcome<Msg, Response, Failure> | undefined> {
	const { key } = message;
	const maybeDelivered = ledger.lookUp(key)?.state === 'unknown';
	if (!maybeDelivered) ledger.unknown(key);
	const delivered: Delivered<Response, Failure> = await deliver(
		async () => await message.send(),
		retry,
		clock,
		maybeDelivered,
	);
	switch (delivered.status) {
		case 'sent':
			ledger.sent(key, message.receipt(delivered.response));
			return { ...delivered, message };
		case 'failed':
			if (delivered.failure.delivered === 'no') ledger.notSent(key);
			else ledger.unknown(key, delivered.failure.reason);
			return delivered;
		case 'stopped':
			if (!maybeDelivered) ledger.notSent(key);
			return undefined;
	}
}
