import type { Batch, Message, Outcome } from './batch';
import { deliver } from './deliver';
import type { KeyState } from './sendOnce';
import type { Delivered, DeliveryFailure } from './types';

/**
 * Delivers a message unless its key was sent by this or an earlier execution, and records what became
 * of it.
 *
 * @param batch the message's batch
 * @param message the message
 * @returns the outcome, or `undefined` when the execution was stopped before the first call
 */
export async function deliverOnce<
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
	let state: KeyState;
	try {
		state = await sendOnce.begin(onceKey);
	} catch (error) {
		return { status: 'failed', failure: batch.keyNotChecked(error), attempts: 0 };
	}
	if (state === 'sent') return { status: 'alreadySent', message };
	const inDoubt = state === 'unknown';
	const outcome =
		inDoubt && batch.retry.uncertain === 'fail'
			? ({ status: 'failed', failure: batch.uncertainEarlier(''), attempts: 0 } as const)
			: await deliverRecorded(batch, message, inDoubt);
	await sendOnce.end(onceKey, wasAccepted(outcome, inDoubt)).catch((error: unknown) => {
		batch.keyNotStored(error);
	});
	return outcome;
}

function wasAccepted<Msg, Response, Failure extends DeliveryFailure>(
	outcome: Outcome<Msg, Response, Failure> | undefined,
	inDoubt: boolean,
): boolean | 'unknown' {
	if (outcome === undefined) return inDoubt && 'unknown';
	if (outcome.status !== 'failed') return true;
	return outcome.failure.delivered === 'unknown' && 'unknown';
}

/** Delivers a message, with the ledger on both sides of its calls. */
async function deliverRecorded<
	Response,
	Failure extends DeliveryFailure,
	Msg extends Message<Response, Failure>,
>(
	{ ledger, retry, clock }: Batch<Response, Failure, Msg>,
	message: Msg,
	inDoubt = false,
): Promise<Outcome<Msg, Response, Failure> | undefined> {
	const { key } = message;
	const maybeDelivered = inDoubt || ledger.lookUp(key)?.state === 'unknown';
	if (!maybeDelivered || inDoubt) ledger.unknown(key);
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
