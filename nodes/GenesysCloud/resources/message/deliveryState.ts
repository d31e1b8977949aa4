import { asObject, listIn, objectsIn } from '../../api/json';
import type { JsonObject } from '../../delivery/types';

/** The statuses after which nothing more happens (MessageData.status in the SDKs). */
const FINAL_STATUSES = new Set<unknown>([
	'delivery-success',
	'delivery-failed',
	'failed',
	'read',
	'received',
	'removed',
	'published',
]);
const FAILED_STATUSES = new Set<unknown>(['delivery-failed', 'failed']);

/** Whether a message's status will not change any more. */
export function isFinal({ status }: JsonObject): boolean {
	return FINAL_STATUSES.has(status);
}

/** What an automation needs to know of a message's status (MessageData in the SDKs). */
export function deliveryState(message: JsonObject): JsonObject {
	const { id, conversationId, status, messengerType, fromAddress, toAddress, timestamp } = message;
	const final = isFinal(message);
	const hasFailed = FAILED_STATUSES.has(status);
	return {
		id,
		conversationId,
		status,
		final,
		delivered: final && !hasFailed,
		// A message that failed at first and arrived later has the receipt of that failure too.
		...(hasFailed && failureReason(message)),
		channel: messengerType,
		fromAddress,
		toAddress,
		timestamp,
	};
}

/** The reasons stand in the receipts of the channel, the latest last. */
function failureReason({ normalizedReceipts, normalizedMessage }: JsonObject): JsonObject {
	const receipts = [...listIn(normalizedReceipts), normalizedMessage].map(asObject);
	const last = receipts.flatMap(({ reasons }) => objectsIn(reasons)).at(-1);
	const text = last?.code ?? last?.message;
	return typeof text === 'string' ? { failureReason: text } : {};
}
