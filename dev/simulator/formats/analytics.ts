import type { Models } from 'purecloud-platform-client-v2';

import type { Conversation } from '../model/messaging/conversation';
import type { SimulatorState } from '../model/state';
import { conversationDataOf } from './conversationData';

type Participant = Models.MessageMediaParticipant;

function sessionOf(
	participant: Participant,
	channel: string,
	end?: string,
): Models.AnalyticsSession {
	const { id, direction, disconnectType, provider, purpose, queue, startTime } = participant;
	return {
		sessionId: participant.peer ?? id,
		mediaType: 'message',
		messageType: channel,
		direction,
		provider,
		addressFrom: participant.fromAddress?.addressNormalized,
		addressTo: participant.toAddress?.addressNormalized,
		metrics: [],
		segments: [
			{
				segmentType: purpose === 'acd' ? 'delay' : 'interact',
				segmentStart: startTime,
				segmentEnd: end,
				conference: false,
				queueId: queue?.id,
				disconnectType: end === undefined ? undefined : disconnectType,
			},
		],
	};
}

/**
 * A conversation as analytics knows it.
 *
 * @param knownUntil what happened later is not known yet, milliseconds since 1970
 * @returns undefined when nothing is known of it
 */
export function analyticsConversationOf(
	state: SimulatorState,
	conversation: Conversation,
	knownUntil: number,
): Models.AnalyticsConversationWithoutAttributes | undefined {
	const isKnown = (time: string): boolean => Date.parse(time) <= knownUntil;
	const { id, channel, direction, startTime, endTime } = conversation;
	if (!isKnown(startTime)) return undefined;
	const end = endTime !== undefined && isKnown(endTime) ? endTime : undefined;
	const { participants = [] } = conversationDataOf(state, conversation);
	return {
		conversationId: id,
		conversationStart: startTime,
		conversationEnd: end,
		originatingDirection: direction,
		divisionIds: [],
		participants: participants.map((participant) => ({
			participantId: participant.id,
			participantName: participant.name,
			purpose: participant.purpose,
			externalContactId: participant.externalContact?.id,
			userId: participant.user?.id,
			sessions: [
				sessionOf(participant, channel, participant.purpose === 'acd' ? participant.endTime : end),
			],
		})),
	};
}
