import { randomUUID } from 'node:crypto';

import { ApiError } from '../../http/errors';
import { badField } from '../../http/fields';
import type { Message } from '../../model/messaging/messages';
import type { SimulatorState } from '../../model/state';
import type { AgentlessRequest } from './agentlessRequest';
import { checkSender, findDestination } from './recipientCheck';
import type { Destination } from './recipientCheck';
import { fillTemplate } from './template';

type Content = Pick<Message, 'text' | 'template' | 'failure'>;

function contentOf({ directory }: SimulatorState, { text, template }: AgentlessRequest): Content {
	if (template === undefined) return { text: text ?? '' };
	const response = directory.templates.get(template.responseId);
	if (response === undefined) {
		const message = 'The messaging template was not found';
		throw badField('messagingTemplate.responseId', 'field.invalid', message);
	}
	const { text: filled, sent, incomplete } = fillTemplate(response, template.values);
	return {
		text: filled,
		template: sent,
		failure: incomplete ? 'InvalidMessageStructure' : undefined,
	};
}

function checkActive(
	{ conversations, settings }: SimulatorState,
	{ channel, fromAddress, useExistingActiveConversation }: AgentlessRequest,
	{ recipient }: Destination,
): void {
	const latest = conversations.latest({ channel, fromAddress, recipient });
	if (latest?.state !== 'connected' || useExistingActiveConversation) return;
	const status = settings.activeConversationStatus;
	const code = status === 400 ? 'bad.request' : 'general.conflict';
	throw new ApiError(status, code, 'An active conversation is already in progress');
}

/** Journals a message; to the customer's browser it goes when it is one and will be delivered. */
function record(
	state: SimulatorState,
	message: Message,
	destination: Destination,
	tokenId: string,
): void {
	const { recipient, session } = destination;
	const { id, channel, fromAddress, toAddress, externalContactId, conversationId } = message;
	const contactId = session?.contactId ?? recipient;
	const entry = {
		id,
		contactId,
		type: 'agentless',
		message: message.text,
		timestamp: message.timestamp,
		tokenId,
		channel,
		fromAddress,
		toAddress,
		externalContactId,
		conversationId,
		templateId: message.template?.id,
	};
	state.journal.add(entry);
	if (channel !== 'webmessaging' || message.failure !== undefined) return;
	state.contacts.touch(contactId);
	state.feed.publish(contactId, { kind: 'message', message: entry });
}

/**
 * Accepts an agentless message.
 *
 * @param tokenId the access token that sends it
 * @throws ApiError when it is refused
 */
export function sendAgentless(
	state: SimulatorState,
	request: AgentlessRequest,
	tokenId: string,
): Message {
	checkSender(state.directory, request);
	const destination = findDestination(state, request);
	const content = contentOf(state, request);
	checkActive(state, request, destination);
	const { channel, fromAddress, toAddress, externalContactId } = request;
	const { recipient, failure = content.failure } = destination;
	const id = randomUUID();
	const left = state.settings.conversationAfterSend;
	const conversation = state.conversations.addMessage(
		{ channel, fromAddress, recipient },
		id,
		left,
	);
	const message: Message = {
		id,
		conversationId: conversation.id,
		channel,
		author: 'api',
		fromAddress,
		toAddress,
		externalContactId,
		timestamp: new Date().toISOString(),
		acceptedAt: performance.now(),
		...content,
		failure,
	};
	state.messages.add(message);
	state.conversations.touch(conversation.id);
	state.delivery.follow(message);
	record(state, message, destination, tokenId);
	return message;
}
