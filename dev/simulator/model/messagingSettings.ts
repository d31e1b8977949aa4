import { isAtLeast, isRecord, oneOf } from '../support/checks';
import type { Check } from '../support/checks';

/** When a message's status moves on, milliseconds after it was accepted. */
export interface MessageStatusTimes {
	sentMs: number;
	/** Then the status is delivery-success or delivery-failed. */
	finalMs: number;
}

/**
 * How the documented messaging API answers where Genesys Cloud's documentation leaves it open. The
 * README has a table of these switches with the reason for each default.
 */
export interface MessagingSettings {
	/** Status of an accepted agentless message. */
	agentlessStatus: 200 | 202;
	/** Status of the refusal when a conversation with the recipient is connected. */
	activeConversationStatus: 400 | 409;
	/** Status of the refusal of an external contact or address that is unknown. */
	unknownRecipientStatus: 404 | 400;
	/** What happens to an agentless web message when the recipient's web session is over. */
	expiredWebSession: 'reject' | 'deliveryFailed';
	/** What happens to a text that is too long for its channel. */
	overlongText: 'reject' | 'accept';
	/** Whether answers have the fields that SDK 262 no longer has, unless useNormalizedMessage. */
	deprecatedMessageFields: boolean;
	/** How long after its end a conversation is continued by the next message; 0 = never. */
	threadingTimelineMinutes: number;
	/** Whether the conversation of an agentless message stays connected. */
	conversationAfterSend: 'disconnected' | 'connected';
	/** null = a status moves by the control API alone. */
	messageStatusTimes: MessageStatusTimes | null;
	/** Whether a client that is no participant may read a conversation. */
	conversationAccess: 'allowed' | 'forbidden';
}

/** The defaults: what is documented, else what genesys-api.md, section 12, judges most likely. */
export const DEFAULT_MESSAGING_SETTINGS: Readonly<MessagingSettings> = {
	agentlessStatus: 200,
	activeConversationStatus: 400,
	unknownRecipientStatus: 404,
	expiredWebSession: 'reject',
	overlongText: 'reject',
	deprecatedMessageFields: false,
	threadingTimelineMinutes: 4320,
	conversationAfterSend: 'disconnected',
	messageStatusTimes: { sentMs: 500, finalMs: 1500 },
	conversationAccess: 'allowed',
};

function isStatusTimes(value: unknown): boolean {
	if (value === null) return true;
	return isRecord(value) && isAtLeast(value.sentMs, 0) && isAtLeast(value.finalMs, value.sentMs);
}

/** What values the settings take. */
export const MESSAGING_CHECKS: Record<keyof MessagingSettings, Check> = {
	agentlessStatus: oneOf(200, 202),
	activeConversationStatus: oneOf(400, 409),
	unknownRecipientStatus: oneOf(404, 400),
	expiredWebSession: oneOf('reject', 'deliveryFailed'),
	overlongText: oneOf('reject', 'accept'),
	deprecatedMessageFields: oneOf(true, false),
	threadingTimelineMinutes: [(value) => isAtLeast(value, 0), 'a number of at least 0'],
	conversationAfterSend: oneOf('disconnected', 'connected'),
	messageStatusTimes: [
		isStatusTimes,
		'null or { sentMs: number of at least 0, finalMs: number of at least sentMs }',
	],
	conversationAccess: oneOf('allowed', 'forbidden'),
};
