import type { Models } from 'purecloud-platform-client-v2';

import type { Conversation } from '../model/messaging/conversation';
import type { Message } from '../model/messaging/messages';
import type { SimulatorState } from '../model/state';
import { conversationDataOf, externalContactOf } from './conversationData';

type Participant = Models.MessageMediaParticipant;
type Details = Models.MessageDetails;

/* What is undefined here is what REST says and an event does not; JSON leaves it out. */

const refOf = (ref: { id?: string } | undefined): { id?: string } | undefined =>
	ref && { id: ref.id };

function messageIn({ messageId, ...details }: Details): object {
	return { message: { id: messageId }, ...details, messageURI: undefined };
}

function participantIn(participant: Participant): object {
	const { externalContact, queue, user, messages = [], ...shown } = participant;
	return {
		...shown,
		fromAddress: undefined,
		toAddress: undefined,
		authenticated: undefined,
		user: refOf(user),
		queue: refOf(queue),
		externalContact: refOf(externalContact),
		conversationRoutingData: queue && { queue: refOf(queue), priority: 0, skills: [] },
		messages: messages.map(messageIn),
	};
}

/**
 * The body of `v2.routing.queues.{id}.conversations.messages`: the whole conversation, again at every
 * change, and no text.
 */
export function queueConversationEvent(state: SimulatorState, conversation: Conversation): object {
	const { id, participants = [] } = conversationDataOf(state, conversation);
	return { id, participants: participants.map(participantIn), otherMediaUris: [], divisions: [] };
}

/** A communication of the generic conversation. */
function communicationIn(participant: Participant): object {
	const { state, direction, disconnectType, connectedTime, endTime, provider } = participant;
	const { fromAddress, toAddress, peer, type, messages = [] } = participant;
	return {
		id: peer,
		state,
		direction,
		held: false,
		provider,
		disconnectType,
		connectedTime,
		disconnectedTime: endTime,
		toAddress,
		fromAddress,
		type,
		messages: messages.map((details) => ({ ...details, messageURI: undefined })),
	};
}

function genericParticipantIn(participant: Participant): object {
	const { id, name, address, purpose, connectedTime, endTime, attributes } = participant;
	return {
		id,
		name,
		address,
		purpose,
		connectedTime,
		endTime,
		attributes,
		externalContactId: participant.externalContact?.id,
		userId: participant.user?.id,
		queueId: participant.queue?.id,
		mediaRoles: participant.mediaRoles,
		messages: [communicationIn(participant)],
	};
}

/** The body of `v2.routing.queues.{id}.conversations`: as above, in the shape of every media. */
export function conversationEvent(state: SimulatorState, conversation: Conversation): object {
	const { id, participants = [] } = conversationDataOf(state, conversation);
	return {
		id,
		participants: participants.map(genericParticipantIn),
		recentTransfers: [],
		divisions: [],
	};
}

/** The body of `v2.webmessaging.deployments.{id}.undelivered.messages`. */
export function undeliveredEvent(
	state: SimulatorState,
	message: Message,
	conversation: Conversation,
): object {
	const { id: conversationId, fromAddress: deploymentId, ids } = conversation;
	const now = Date.now();
	return {
		conversationId,
		deploymentId,
		participantId: ids.customer,
		externalContactId: externalContactOf(state, conversation)?.id,
		communicationId: ids.customerLeg,
		// Whether the real one counts seconds or milliseconds is not documented.
		sessionExpiry: now + state.settings.sessionTimeoutSeconds * 1000,
		messages: [{ id: message.id, eventTimeMs: Date.parse(message.timestamp) }],
		eventTimeMs: now,
	};
}

/** The body of `v2.outbound.messagingcampaigns.{id}.progress`. */
export function campaignProgressEvent(campaignId: string, messaged: number, total: number): object {
	return {
		campaign: { id: campaignId },
		numberOfContactsCalled: 0,
		numberOfContactsMessaged: messaged,
		totalNumberOfContacts: total,
		percentage: total === 0 ? 0 : Math.floor((100 * messaged) / total),
		numberOfContactsSkipped: {},
	};
}
