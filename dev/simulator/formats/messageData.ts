import type { Models } from 'purecloud-platform-client-v2';

import { PLATFORMS } from '../model/messaging/channels';
import type { Channel } from '../model/messaging/channels';
import { FAILURE_REASONS } from '../model/messaging/failureReasons';
import type { MessageStatus, Message, Progress } from '../model/messaging/messages';
import type { SimulatorState } from '../model/state';

type Normalized = Models.ConversationNormalizedMessage;

const RECEIPTS: Partial<Record<MessageStatus, 'Sent' | 'Delivered' | 'Failed' | 'Read'>> = {
	sent: 'Sent',
	failed: 'Failed',
	'delivery-success': 'Delivered',
	'delivery-failed': 'Failed',
	read: 'Read',
};

const ID_TYPES: Readonly<Record<Channel, string>> = {
	sms: 'Phone',
	whatsapp: 'Phone',
	apple: 'Phone',
	open: 'Opaque',
	webmessaging: 'Opaque',
};

function channelOf(message: Message): Models.ConversationMessagingChannel {
	const { author, channel, id, fromAddress, toAddress, externalContactId, timestamp } = message;
	const isCustomers = author === 'customer';
	const own = isCustomers ? (toAddress ?? '') : fromAddress;
	const theirs = isCustomers ? fromAddress : (toAddress ?? externalContactId ?? '');
	const organisation = { id: own, idType: channel === 'sms' ? 'Phone' : 'Opaque' };
	const customer = { id: theirs, idType: ID_TYPES[channel], externalContactId };
	return {
		id: channel === 'sms' ? undefined : own,
		platform: PLATFORMS[channel],
		type: 'Private',
		messageId: id,
		to: isCustomers ? organisation : customer,
		from: isCustomers ? customer : organisation,
		time: timestamp,
	};
}

function contentOf({ template, text }: Message): Normalized['content'] {
	if (template === undefined) return undefined;
	const { id, language, parameters } = template;
	const body = { text, parameters: [...parameters] };
	return [{ contentType: 'Notification', template: { id, language, body } }];
}

function normalizedOf(message: Message): Normalized {
	const { id, author, text, template } = message;
	return {
		id,
		channel: channelOf(message),
		type: template === undefined ? 'Text' : 'Structured',
		text,
		content: contentOf(message),
		direction: author === 'customer' ? 'Inbound' : 'Outbound',
		originatingEntity: author === 'api' || author === 'bot' ? 'Bot' : 'Human',
	};
}

function receiptsOf(message: Message, { status, reason }: Progress): Normalized[] {
	const receipt = (name: MessageStatus): Normalized => ({
		id: message.id,
		channel: channelOf(message),
		type: 'Receipt',
		status: RECEIPTS[name],
		reasons: reason && [{ code: reason, message: FAILURE_REASONS[reason] }],
		isFinalReceipt: name !== 'sent',
		direction: 'Outbound',
	});
	if (status === 'queued' || status === 'received') return [];
	const sent: Normalized = { ...receipt('sent'), reasons: undefined };
	return status === 'sent'
		? [sent]
		: status === 'failed'
			? [receipt(status)]
			: [sent, receipt(status)];
}

/** The path at which a message is read. */
export const messageUri = ({ conversationId, id }: Message): string =>
	`/api/v2/conversations/messages/${conversationId}/messages/${id}`;

/**
 * A message in the documented shape `MessageData`: its status, and the receipts that tell why it
 * failed.
 */
export function messageDataOf(state: SimulatorState, message: Message): Models.MessageData {
	const progress = state.messages.progress(message);
	const { id, author, conversationId, channel, fromAddress, toAddress, timestamp } = message;
	return {
		id,
		timestamp,
		fromAddress,
		toAddress,
		direction: author === 'customer' ? 'inbound' : 'outbound',
		messengerType: channel,
		status: progress.status,
		normalizedMessage: normalizedOf(message),
		normalizedReceipts: receiptsOf(message, progress),
		conversationId,
		selfUri: messageUri(message),
	};
}

/**
 * What SDK 262 no longer has but older ones do, unless the call says `useNormalizedMessage`: the
 * text at the top of an answer. Empty with the default settings.
 *
 * @param query the call's query string
 */
export function deprecatedFields(
	{ settings }: SimulatorState,
	query: Readonly<Record<string, unknown>>,
	{ text, template }: Message,
): { textBody?: string } {
	if (!settings.deprecatedMessageFields || query.useNormalizedMessage === 'true') return {};
	return template === undefined ? { textBody: text } : {};
}
