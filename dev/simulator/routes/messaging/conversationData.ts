import type { Models } from 'purecloud-platform-client-v2';

import type { Conversation } from '../../model/messaging/conversation';
import { FAILURE_REASONS } from '../../model/messaging/failureReasons';
import type { OutboundMessage } from '../../model/messaging/messages';
import type { SimulatorState } from '../../model/state';
import { messageUri } from './messageData';

type Participant = Models.MessageMediaParticipant;

const address = (value: string): Models.Address => ({
	addressNormalized: value,
	addressRaw: value,
	addressDisplayable: value,
});

function detailsOf(state: SimulatorState, message: OutboundMessage): Models.MessageDetails {
	const { status, reason } = state.messages.progress(message);
	return {
		messageId: message.id,
		messageURI: messageUri(message),
		messageStatus: status,
		messageTime: message.timestamp,
		media: [],
		stickers: [],
		errorInfo: reason && { code: reason, message: FAILURE_REASONS[reason] },
	};
}

/** What every participant has. */
function commonOf({ channel, fromAddress, recipient, startTime }: Conversation): Participant {
	return {
		startTime,
		connectedTime: startTime,
		direction: 'outbound',
		held: false,
		wrapupRequired: false,
		mediaRoles: ['full'],
		provider: 'PureCloud Messaging',
		type: channel,
		fromAddress: address(fromAddress),
		toAddress: address(recipient),
		messages: [],
	};
}

function stateOf({ state, disconnectType, endTime }: Conversation): Participant {
	return state === 'connected' ? { state } : { state, disconnectType, endTime };
}

function customerOf(state: SimulatorState, conversation: Conversation): Participant {
	const { channel, recipient, ids } = conversation;
	const known = state.directory.externalContacts
		.all()
		.find(({ id, phone }) => [id, phone, phone?.slice(1)].includes(recipient));
	const externalContactId = channel === 'webmessaging' ? recipient : known?.id;
	return {
		...commonOf(conversation),
		...stateOf(conversation),
		id: ids.customer,
		name: known && `${known.firstName} ${known.lastName}`,
		address: recipient,
		purpose: 'customer',
		peer: ids.customerLeg,
		externalContact: externalContactId === undefined ? undefined : contactRef(externalContactId),
		authenticated: false,
	};
}

function contactRef(id: string): Models.DomainEntityRef {
	return { id, selfUri: `/api/v2/externalcontacts/contacts/${id}` };
}

/** The `api` participant sends the agentless messages and is gone at once. */
function senderOf(state: SimulatorState, conversation: Conversation): Participant {
	const { ids, messageIds, startTime } = conversation;
	return {
		...commonOf(conversation),
		id: ids.sender,
		purpose: 'api',
		state: 'disconnected',
		disconnectType: 'client',
		endTime: startTime,
		peer: ids.senderLeg,
		messages: messageIds
			.map((id) => state.messages.get(id))
			.filter((message) => message !== undefined)
			.map((message) => detailsOf(state, message)),
	};
}

/** A conversation in the documented shape `MessageConversation`. */
export function conversationDataOf(
	state: SimulatorState,
	conversation: Conversation,
): Models.MessageConversation {
	const { id, ids, messageIds, withAgent } = conversation;
	const participants = [customerOf(state, conversation)];
	if (messageIds.length > 0) participants.push(senderOf(state, conversation));
	if (withAgent) {
		const agent = { ...commonOf(conversation), ...stateOf(conversation) };
		participants.push({ ...agent, id: ids.agent, purpose: 'agent', name: 'Sam Rivera' });
	}
	return {
		id,
		participants,
		otherMediaUris: [],
		recentTransfers: [],
		divisions: [],
		selfUri: `/api/v2/conversations/messages/${id}`,
	};
}
