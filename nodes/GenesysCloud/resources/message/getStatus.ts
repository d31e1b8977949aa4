import { asObject, listIn, objectsIn } from '../../api/json';
import type { ApiRequest } from '../../api/request';
import type { JsonObject } from '../../delivery/types';
import { isStopped, type Failure, type Result } from '../../failures/failure';
import { idField } from '../fields';
import { isUnset, numberIn, toggle } from '../parameters';
import type { Calls, ReadOperation } from '../types';

const DEFAULT_WAIT_SECONDS = 60;
const MAX_WAIT_SECONDS = 86_400;
/** First wait between two looks, in ms; it doubles up to the cap: polling must not use up the rate limit. */
const FIRST_WAIT_MS = 1_000;
const MAX_WAIT_MS = 60_000;

/** `GET /api/v2/conversations/messages/{messageId}/details`: accepted is not delivered. */
export const getStatus: ReadOperation = {
	kind: 'read',
	value: 'getStatus',
	name: 'Get Delivery Status',
	action: 'Get the delivery status of a message',
	description:
		'Retrieve whether a message that was sent before has reached the customer, and if not, why',
	fields: [idField('Message ID', 'messageId', 'The ID that Message > Send returned')],
	options: [
		{
			displayName: 'Wait at Most (Seconds)',
			name: 'waitSeconds',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_WAIT_SECONDS, numberPrecision: 0 },
			default: DEFAULT_WAIT_SECONDS,
			description:
				"How long 'Wait for Final Status' waits; then the status is returned as it is. Some channels report back after minutes, hours or days.",
		},
		{
			displayName: 'Wait for Final Status',
			name: 'waitForFinal',
			type: 'boolean',
			default: true,
			description:
				'Whether to look again until the message is delivered or has failed, or the time is up: one minute, unless you set it',
		},
	],

	prepare(read) {
		const id = read.id('messageId', 'Message ID', 'Map the ID of the message');
		const options = read.options();
		// Adding either option is enough.
		const isTimed = !isUnset(options.waitSeconds);
		const waits = toggle(options.waitForFinal, 'Wait for Final Status', isTimed);
		const waitSeconds = numberIn(options.waitSeconds, {
			displayName: 'Wait at Most (Seconds)',
			fallback: DEFAULT_WAIT_SECONDS,
			min: 1,
			max: MAX_WAIT_SECONDS,
			remedy: "Change it under 'Options'",
		});
		const path = `/api/v2/conversations/messages/${id}/details`;
		const request: ApiRequest = { method: 'GET', path, reads: true };
		return {
			request,
			...(waits && {
				attempt: async (calls) => await pollUntilFinal(calls, request, waitSeconds * 1000),
			}),
			output: deliveryState,
		};
	},

	explain: ({ reason }) =>
		reason === 'notFound'
			? {
					message: 'The message does not exist in Genesys Cloud',
					description:
						'Use the ID that Message > Send returned, with a credential of the same organization. The ID of a web message has no delivery status.',
				}
			: undefined,
};

/**
 * Looks at a message's status until it is final or the time is up. A look that fails for a passing reason does
 * no harm, and a message may need a moment before Genesys Cloud knows it.
 */
async function pollUntilFinal(
	{ call, clock }: Calls,
	request: ApiRequest,
	forMs: number,
): Promise<Result<JsonObject>> {
	const until = clock.now() + forMs;
	let known = await call(request);
	for (let waitMs = FIRST_WAIT_MS; isPending(known); waitMs = Math.min(2 * waitMs, MAX_WAIT_MS)) {
		const leftMs = until - clock.now();
		if (leftMs <= 0) break;
		await clock.sleep(Math.min(waitMs, leftMs), 'backoff');
		if (clock.stopped()) break;
		const look = await call(request);
		if (look.ok || !isPassing(look.failure)) known = look;
	}
	return known;
}

function isPending(look: Result<JsonObject>): boolean {
	if (look.ok) return !isFinal(look.value);
	const { reason, code, isForeign } = look.failure;
	return reason === 'notFound' && code !== undefined && !isForeign;
}

/** Whether a failed look says nothing about the message. */
function isPassing(failure: Failure): boolean {
	return failure.transient || isStopped(failure) || failure.reason === 'notFound';
}

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
function isFinal({ status }: JsonObject): boolean {
	return FINAL_STATUSES.has(status);
}

/** What an automation needs to know of a message's status (MessageData in the SDKs). */
function deliveryState(message: JsonObject): JsonObject {
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
