import type { Models } from 'purecloud-platform-client-v2';

import type { Conversation } from '../model/messaging/conversation';
import { FAILURE_REASONS } from '../model/messaging/failureReasons';
import type { Author, Message } from '../model/messaging/messages';
import type { SimulatorState } from '../model/state';
import { messageUri } from './messageData';

type Participant = Models.MessageMediaParticipant;

/** The one agent of the simulated organisation. */
export const AGENT = { id: '7d2e4c10-1008-4b6f-8a21-000000000001', name: 'Sam Rivera' };

const address = (value: string): Models.Address => ({
	addressNormalized: value,
	addressRaw: value,
	addressDisplayable: value,
});

function detailsOf(state: SimulatorState, message: Message): Models.MessageDetails {
	const { status, reason } = state.messages.progress(message);
	return {
		messageId: message.id,
		messageURI: messageUri(message),
		messageStatus: status,
		messageTime: message.timestamp,
		media: [],
		stickers: [],
		messageMetadata: { type: message.template === undefined ? 'Text' : 'Structured' },
		errorInfo: reason && { code: reason, message: FAILURE_REASONS[reason] },
	};
}

/** The messages that one kind of participant wrote. */
function writtenBy(
	state: SimulatorState,
	{ messageIds }: Conversation,
	author: Author,
): Models.MessageDetails[] {
	return messageIds
		.map((id) => state.messages.get(id))
		.filter((message) => message?.author === author)
		.filter((message) => message !== undefined)
		.map((message) => detailsOf(state, message));
}

/** What every participant has. */
function commonOf(conversation: Conversation): Participant {
	const { channel, direction, fromAddress, recipient, startTime } = conversation;
	const isInbound = direction === 'inbound';
	return {
		startTime,
		connectedTime: startTime,
		direction,
		held: false,
		wrapupRequired: false,
		mediaRoles: ['full'],
		provider: 'PureCloud Messaging',
		type: channel,
		fromAddress: address(isInbound ? recipient : fromAddress),
		toAddress: address(isInbound ? fromAddress : recipient),
		messages: [],
	};
}

function stateOf({ state, disconnectType, endTime }: Conversation): Participant {
	return state === 'connected' ? { state } : { state, disconnectType, endTime };
}

/** The external contact that a conversation is with, if it is known. */
export function externalContactOf(
	{ directory }: SimulatorState,
	{ channel, recipient }: Conversation,
): { id: string; name?: string } | undefined {
	const known = directory.externalContacts
		.all()
		.find(({ id, phone }) => [id, phone, phone?.slice(1)].includes(recipient));
	if (known !== undefined) return { id: known.id, name: `${known.firstName} ${known.lastName}` };
	return channel === 'webmessaging' ? { id: recipient } : undefined;
}

function customerOf(state: SimulatorState, conversation: Conversation): Participant {
	const { recipient, ids, attributes } = conversation;
	const contact = externalContactOf(state, conversation);
	return {
		...commonOf(conversation),
		...stateOf(conversation),
		id: ids.customer,
		name: contact?.name,
		address: recipient,
		purpose: 'customer',
		peer: ids.customerLeg,
		externalContact: contact && {
			id: contact.id,
			selfUri: `/api/v2/externalcontacts/contacts/${contact.id}`,
		},
		attributes: { ...attributes },
		authenticated: false,
		messages: writtenBy(state, conversation, 'customer'),
	};
}

/** The `api` participant sends the agentless messages and is gone at once. */
function senderOf(state: SimulatorState, conversation: Conversation): Participant[] {
	const messages = writtenBy(state, conversation, 'api');
	if (messages.length === 0) return [];
	const { ids, startTime: endTime } = conversation;
	const gone = { state: 'disconnected', disconnectType: 'client', endTime };
	const common = { ...commonOf({ ...conversation, direction: 'outbound' }), ...gone };
	return [{ ...common, id: ids.sender, purpose: 'api', peer: ids.senderLeg, messages }];
}

/** The queue that a conversation came to. */
function acdOf({ directory }: SimulatorState, conversation: Conversation): Participant[] {
	const { ids, queueId, queuedAt: startTime } = conversation;
	if (queueId === undefined) return [];
	const name = directory.queues.get(queueId)?.name;
	const queue = { id: queueId, selfUri: `/api/v2/routing/queues/${queueId}` };
	const times = { startTime, connectedTime: startTime, endTime: startTime };
	const gone = { state: 'disconnected', disconnectType: 'transfer', ...times };
	return [{ ...commonOf(conversation), ...gone, id: ids.acd, name, purpose: 'acd', queue }];
}

function agentOf(state: SimulatorState, conversation: Conversation): Participant[] {
	const { agent, ids, queueId } = conversation;
	if (agent === 'none') return [];
	const gone = { state: 'disconnected', disconnectType: 'client' };
	return [
		{
			...commonOf(conversation),
			...(agent === 'left' ? gone : stateOf(conversation)),
			id: ids.agent,
			purpose: 'agent',
			name: AGENT.name,
			user: { id: AGENT.id, selfUri: `/api/v2/users/${AGENT.id}` },
			queue: queueId === undefined ? undefined : { id: queueId },
			peer: ids.agentLeg,
			messages: writtenBy(state, conversation, 'agent'),
		},
	];
}

function botOf(state: SimulatorState, conversation: Conversation): Participant[] {
	const messages = writtenBy(state, conversation, 'bot');
	if (messages.length === 0) return [];
	const { ids } = conversation;
	const common = { ...commonOf(conversation), ...stateOf(conversation) };
	return [{ ...common, id: ids.bot, purpose: 'workflow', name: 'Shop bot', messages }];
}

/** A conversation in the documented shape `MessageConversation`. */
export function conversationDataOf(
	state: SimulatorState,
	conversation: Conversation,
): Models.MessageConversation {
	const { id } = conversation;
	return {
		id,
		participants: [
			customerOf(state, conversation),
			...senderOf(state, conversation),
			...acdOf(state, conversation),
			...agentOf(state, conversation),
			...botOf(state, conversation),
		],
		otherMediaUris: [],
		recentTransfers: [],
		divisions: [],
		selfUri: `/api/v2/conversations/messages/${id}`,
	};
}
