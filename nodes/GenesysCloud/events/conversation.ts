import { asObject, objectsIn, textIn } from '../api/json';
import { isCustomer, isSaid } from '../api/conversations';
import type { JsonObject } from '../delivery/types';
import type { Notification } from '../notifications/types';
import type { Fact, Snapshot } from './types';

/** A customer of a conversation. */
export interface Customer {
	readonly participantId?: string;
	readonly externalContactId?: string;
	readonly attributes: JsonObject;
}

/** A message of a conversation; its text is not part of it. */
export interface Message {
	readonly id: string;
	readonly participantId?: string;
	readonly fromCustomer: boolean;
	/** The customer who wrote it, if that is another one than the conversation's. */
	readonly writer?: Customer;
	readonly time?: number;
	readonly status?: string;
	/** A text or a card. Presence, typing and receipts are not told as messages. */
	readonly isContent: boolean;
}

/** A conversation, as the topic of a queue and `GET /api/v2/conversations/messages/{id}` both give it. */
export interface Conversation extends Customer {
	readonly id: string;
	readonly messages: readonly Message[];
	/** When it came to the queue, in ms since 1970; so are all times here. */
	readonly queuedAt?: number;
	/** No customer is there any more. */
	readonly ended: boolean;
	/** When a customer left last. */
	readonly leftAt?: number;
	/** When a customer came or wrote last. */
	readonly customerAt?: number;
	/** The latest moment that it names. */
	readonly latest?: number;
	readonly channel?: string;
	readonly queueId?: string;
}

/** The topic of a queue's conversations. */
export function queueTopic(queueId: string): string {
	return `v2.routing.queues.${queueId}.conversations.messages`;
}

/** What an event of a queue's conversations shows, by the facts that it is interested in. */
export function sightingOfConversation(
	{ topic, body }: Notification,
	factsOf: (conversation: Conversation) => Fact[],
): Snapshot | undefined {
	const conversation = readConversation(body, topic.split('.')[3]);
	if (!conversation) return undefined;
	return {
		...conversation,
		kind: 'snapshot',
		conversationId: conversation.id,
		facts: factsOf(conversation),
	};
}

/** Reads a conversation; `undefined` when the body is none. */
function readConversation(body: JsonObject, queueId?: string): Conversation | undefined {
	const id = textIn(body.id);
	const participants = objectsIn(body.participants);
	if (id === undefined || participants.length === 0) return undefined;
	const customers = participants.filter(isCustomer);
	const customer = lastCustomerOf(customers);
	const messages = oldestFirst(
		participants.flatMap((participant) => messagesOf(participant, customer)),
	);
	const arrivals = participants.filter(
		({ purpose, queue }) => purpose === 'acd' && reference(queue) === queueId,
	);
	const spoken = messages.filter(({ fromCustomer, isContent }) => fromCustomer && isContent);
	return {
		id,
		messages,
		queuedAt: min(arrivals.map(startOf)) ?? min(customers.map(startOf)),
		ended: customers.length > 0 && customers.every(hasEnded),
		leftAt: max(customers.map(endOf)),
		customerAt: max([...customers.map(startOf), ...spoken.map((message) => message.time)]),
		latest: max([
			...participants.flatMap((participant) => [startOf(participant), endOf(participant)]),
			...messages.map((message) => message.time),
		]),
		...customer,
		channel: channelOf(customers) ?? channelOf(participants),
		queueId,
	};
}

/** The last one that is named. */
function channelOf(participants: readonly JsonObject[]): string | undefined {
	return participants
		.map(({ type }) => textIn(type)?.toLowerCase())
		.filter((type) => type !== undefined)
		.at(-1);
}

/** One who comes back is another participant, of whom less may be known. */
function lastCustomerOf(customers: readonly JsonObject[]): Customer {
	return customers.reduce<Customer>((known, participant, index) => {
		const next = customerOf(participant);
		const { externalContactId = known.externalContactId } = next;
		const isBack =
			hasEnded(customers[index - 1] ?? {}) &&
			[undefined, externalContactId].includes(known.externalContactId);
		const attributes = { ...known.attributes, ...next.attributes };
		return isBack ? { ...next, externalContactId, attributes } : next;
	}, customerOf());
}

function customerOf(participant: JsonObject = {}): Customer {
	return {
		participantId: textIn(participant.id),
		externalContactId: reference(participant.externalContact),
		attributes: asObject(participant.attributes),
	};
}

function messagesOf(participant: JsonObject, customer: Customer): Message[] {
	const fromCustomer = isCustomer(participant);
	const person = customerOf(participant);
	// One who comes back is another participant, but the same contact.
	const isOther =
		fromCustomer && ![undefined, customer.externalContactId].includes(person.externalContactId);
	return objectsIn(participant.messages).flatMap((message) => {
		// A queue's topic nests the ID, the API does not.
		const id = textIn(message.messageId) ?? reference(message.message);
		if (id === undefined) return [];
		return [
			{
				id,
				participantId: textIn(participant.id),
				fromCustomer,
				...(isOther && { writer: person }),
				time: time(message.messageTime),
				status: textIn(message.messageStatus),
				isContent: isSaid(message.messageMetadata),
			},
		];
	});
}

/** One without a time keeps its place behind the one before it. */
function oldestFirst(messages: readonly Message[]): Message[] {
	let last = 0;
	return messages
		.map((message) => ({ message, at: (last = message.time ?? last) }))
		.sort((a, b) => a.at - b.at)
		.map(({ message }) => message);
}

function hasEnded({ state, endTime }: JsonObject): boolean {
	return state === 'disconnected' || state === 'terminated' || time(endTime) !== undefined;
}

function startOf({ startTime, connectedTime }: JsonObject): number | undefined {
	return time(startTime) ?? time(connectedTime);
}

function endOf({ endTime }: JsonObject): number | undefined {
	return time(endTime);
}

function reference(value: unknown): string | undefined {
	return textIn(asObject(value).id);
}

/** A time in ms since 1970 that a date can hold. */
export function moment(value: unknown): number | undefined {
	const ms = typeof value === 'number' ? new Date(value).getTime() : NaN;
	return Number.isNaN(ms) ? undefined : ms;
}

/** ISO 8601 to ms since 1970. */
function time(value: unknown): number | undefined {
	return typeof value === 'string' ? moment(Date.parse(value)) : undefined;
}

function min(times: readonly (number | undefined)[]): number | undefined {
	const known = times.filter((at) => at !== undefined);
	return known.length === 0 ? undefined : Math.min(...known);
}

function max(times: readonly (number | undefined)[]): number | undefined {
	const known = times.filter((at) => at !== undefined);
	// One by one: a conversation may hold more messages than a call takes arguments.
	return known.length === 0 ? undefined : known.reduce((a, b) => Math.max(a, b));
}
