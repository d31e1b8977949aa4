import type { ApiRequest } from '../../api/request';
import {
	conversationRequest,
	isSaid,
	MAX_IDS_A_CALL,
	messagesRequest,
	textOf,
} from '../../api/conversations';
import { isText, objectsIn } from '../../api/json';
import type { JsonObject } from '../../delivery/types';
import { failed, inputFailure, InputError, succeeded, type Result } from '../../failures/failure';
import { oneSpelling } from '../addresses';
import { ID_PLACEHOLDER, idField } from '../fields';
import { idInPath, isUnset, numberIn, toggle } from '../parameters';
import { address } from '../texts';
import type { Calls, ReadOperation } from '../types';
import { explainUnknownConversation } from './get';

const DEFAULT_LIMIT = 50;
const MAX_LIMIT = 10_000;
const SINCE_MESSAGE = 'Since Message ID';

/** `POST …/{conversationId}/messages/bulk`: what was said in a conversation, oldest first. */
export const getMessages: ReadOperation = {
	kind: 'read',
	value: 'getMessages',
	name: 'Get Messages',
	action: 'Get the messages of a conversation',
	description:
		'Retrieve what the customer, the agents and the bots have written in a conversation, oldest first, for example to see what a customer has answered',
	fields: [
		idField(
			'Conversation ID',
			'conversationId',
			'The ID of the conversation, for example from the output of Message > Send, or of the trigger',
		),
		{
			displayName: 'Return All',
			name: 'returnAll',
			type: 'boolean',
			default: false,
			description: 'Whether to return all results or only up to a given limit',
		},
		{
			displayName: 'Limit',
			name: 'limit',
			type: 'number',
			typeOptions: { minValue: 1, maxValue: MAX_LIMIT, numberPrecision: 0 },
			displayOptions: { show: { returnAll: [false] } },
			default: 50,
			description: 'Max number of results to return',
		},
	],
	options: [
		{
			displayName: 'Only Customer Messages',
			name: 'onlyCustomerMessages',
			type: 'boolean',
			default: false,
			description: 'Whether to leave out what agents, bots and workflows have written',
		},
		{
			displayName: 'Since',
			name: 'since',
			type: 'dateTime',
			default: '',
			description: 'Only messages of this time or later',
		},
		{
			displayName: SINCE_MESSAGE,
			name: 'sinceMessageId',
			type: 'string',
			default: '',
			placeholder: ID_PLACEHOLDER,
			description: 'Only messages after this one, for example the one that you have sent',
		},
	],

	prepare(read) {
		const id = read.id('conversationId', 'Conversation ID', 'Map the ID of the conversation');
		const options = read.options();
		const simplify = toggle(read.value('simplify', 'Simplify'), 'Simplify', true);
		const all = toggle(read.value('returnAll', 'Return All'), 'Return All');
		const wanted: Wanted = {
			conversationId: id,
			limit: all ? Number.POSITIVE_INFINITY : limitOf(read.value('limit', 'Limit')),
			onlyCustomers: toggle(options.onlyCustomerMessages, 'Only Customer Messages'),
			since: read.time(options.since, 'Since'),
			afterId: isUnset(options.sinceMessageId) ? undefined : messageId(options.sinceMessageId),
			// A long conversation is reduced part by part, so that it is never in memory as a whole.
			output: simplify ? messageFields : (message) => message,
		};
		const request = conversationRequest(id);
		const output = ({ entities }: JsonObject) => entities as readonly JsonObject[];
		return {
			request,
			attempt: async (calls) => await readMessages(calls, request, wanted),
			output,
			raw: output,
		};
	},

	explain: explainUnknownConversation,
};

/** Which messages of a conversation are wanted. */
interface Wanted {
	readonly conversationId: string;
	readonly limit: number;
	readonly onlyCustomers: boolean;
	/** In ms since 1970. */
	readonly since: number | undefined;
	readonly afterId: string | undefined;
	readonly output: (message: JsonObject) => JsonObject;
}

function limitOf(value: unknown): number {
	return numberIn(value, {
		displayName: 'Limit',
		fallback: DEFAULT_LIMIT,
		min: 1,
		max: MAX_LIMIT,
		whole: true,
		remedy: "Change it, or switch 'Return All' on",
	});
}

function messageId(value: unknown): string {
	const remedy = 'Map the ID of a message of this conversation';
	return idInPath(SINCE_MESSAGE, address(value, { displayName: SINCE_MESSAGE, remedy }));
}

/** The conversation names its messages; what they say comes in parts of at most 1,000. */
async function readMessages(
	{ call }: Calls,
	request: ApiRequest,
	wanted: Wanted,
): Promise<Result<JsonObject>> {
	const conversation = await call(request);
	if (!conversation.ok) return conversation;
	const ids = idsAfter(messageIds(conversation.value), wanted);
	if (!ids) return failed(inputFailure(UNKNOWN_MESSAGE));
	const entities: JsonObject[] = [];
	for (let start = 0; start < ids.length && entities.length < wanted.limit;) {
		const part = ids.slice(start, start + MAX_IDS_A_CALL);
		start += part.length;
		const answer = await call(messagesRequest(wanted.conversationId, part));
		if (!answer.ok) return answer;
		for (const message of inOrder(part, answer.value)) {
			if (entities.length < wanted.limit && isWanted(message, wanted)) {
				entities.push(wanted.output(message));
			}
		}
	}
	return succeeded({ entities });
}

const UNKNOWN_MESSAGE = new InputError(
	SINCE_MESSAGE,
	'is not a message of this conversation',
	'Map the ID of a message of the same conversation, or leave the option out',
);

/**
 * The IDs of a conversation's messages, oldest first, each once; events and receipts that it marks as such are
 * left out.
 */
function messageIds(conversation: JsonObject): string[] {
	const messages = objectsIn(conversation.participants)
		.flatMap((participant) => objectsIn(participant.messages))
		.filter(({ messageMetadata }) => isSaid(messageMetadata))
		.map(({ messageId, messageTime }) => ({ id: messageId, at: momentOf(messageTime) }));
	// One without a time keeps its place at the end.
	messages.sort((a, b) => (a.at || Number.MAX_VALUE) - (b.at || Number.MAX_VALUE));
	return [...new Set(messages.map(({ id }) => id).filter(isText))];
}

/** @returns `undefined` when the conversation has no message of the given ID */
function idsAfter(ids: string[], { afterId }: Wanted): string[] | undefined {
	if (afterId === undefined) return ids;
	const wanted = oneSpelling(afterId);
	const index = ids.findIndex((id) => oneSpelling(id) === wanted);
	return index < 0 ? undefined : ids.slice(index + 1);
}

/** The messages of an answer in the order in which they were asked for: the API promises none. */
function inOrder(ids: readonly string[], { entities }: JsonObject): JsonObject[] {
	const byId = new Map(objectsIn(entities).map((message) => [message.id, message]));
	return ids.map((id) => byId.get(id)).filter((message) => message !== undefined);
}

function isWanted(message: JsonObject, { onlyCustomers, since }: Wanted): boolean {
	if (!isSaid(message.normalizedMessage)) return false;
	if (onlyCustomers && message.direction !== 'inbound') return false;
	return since === undefined || momentOf(message.timestamp) >= since;
}

/** A time of the API in ms since 1970; NaN where it is none. */
function momentOf(time: unknown): number {
	return isText(time) ? Date.parse(time) : Number.NaN;
}

/** What an automation needs of a message (MessageData in the SDKs). */
function messageFields(message: JsonObject): JsonObject {
	const { id, conversationId, direction, status, fromAddress, toAddress, timestamp } = message;
	return {
		id,
		conversationId,
		direction,
		text: textOf(message) ?? '',
		status,
		from: fromAddress,
		to: toAddress,
		timestamp,
	};
}
