import { isStopped, type Failure } from '../failures/failure';
import { doubtOf, earlierFailure, type Doubt, type End, type Memory } from './memory';
import { deliver, type Delivered } from './retry';
import type { Clock, Message, Outcome, RetrySettings, Sent } from './types';

/** What a message is delivered with. */
export interface Delivery {
	/** Asked in this order; the first one that knows the message as sent decides. */
	readonly memories: readonly Memory[];
	readonly retry: RetrySettings;
	readonly clock: Clock;
}

/**
 * Delivers a message unless a memory knows that it was sent, and tells the memories what became of it.
 * The one place that decides what happens to a message in doubt.
 *
 * @returns `undefined` when the execution was stopped before the first call
 */
export async function deliverMessage(
	delivery: Delivery,
	message: Message,
): Promise<Outcome | undefined> {
	const { memories, retry, clock } = delivery;
	const begun: Memory[] = [];
	let doubt: Doubt | undefined;
	for (const memory of memories) {
		const known = await memory.begin(message);
		if (known.state === 'sent') {
			await endAll(begun, message, unchanged(doubt));
			const output = { ...known.receipt, ...message.known, alreadySent: true };
			// Of all memories the ledger alone has receipts.
			return { status: 'alreadySent', output, inThisExecution: known.receipt !== undefined };
		}
		if (known.state === 'unavailable') {
			await endAll(begun, message, unchanged(doubt));
			return notDelivered(known.failure, doubt, 0);
		}
		begun.push(memory);
		// What an earlier memory knows counts more.
		if (known.state === 'inDoubt') doubt = { ...known.doubt, ...doubt };
	}
	if (doubt && retry.uncertain === 'fail') {
		await endAll(begun, message, unchanged(doubt));
		return notDelivered(earlierFailure(doubt), doubt, doubt.attempts ?? 0);
	}
	const aboutToCall = () => {
		for (const memory of begun) memory.calling?.(message);
	};
	const delivered = await deliver(
		async () => await message.attempt(aboutToCall),
		retry,
		clock,
		doubt !== undefined,
	);
	await endAll(begun, message, endOf(delivered, doubt));
	return delivered.ok
		? { status: 'sent', output: delivered.value.output, attempts: delivered.attempts }
		: notDelivered(delivered.failure, doubt, delivered.attempts);
}

async function endAll(memories: readonly Memory[], message: Message, end: End): Promise<void> {
	await Promise.all(memories.map(async (memory) => await memory.end(message, end)));
}

/** The end of a message for which no call was made: as it was before. */
function unchanged(doubt: Doubt | undefined): End {
	return doubt ? { state: 'unknown', doubt } : { state: 'refused' };
}

function endOf(delivered: Delivered<Sent>, doubt: Doubt | undefined): End {
	if (delivered.ok) return { state: 'accepted', receipt: delivered.value.receipt };
	const { attempts, uncertain } = delivered;
	// The first try that left it open is the one to look for.
	if (doubt?.reason || !uncertain) return unchanged(doubt);
	return { state: 'unknown', doubt: doubtOf(uncertain, attempts) };
}

function notDelivered(
	failure: Failure,
	doubt: Doubt | undefined,
	attempts: number,
): Outcome | undefined {
	if (isStopped(failure)) return undefined;
	const delivered = doubt ? 'unknown' : failure.delivered;
	return { status: 'failed', failure: { ...failure, delivered }, attempts };
}
