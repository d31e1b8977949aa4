import { phoneNumber, senderId, smsSender, whatsAppId } from '../../addresses';

/** The channels of Genesys Cloud's agentless messages API (SDK 262). */
export const CHANNELS = ['webmessaging', 'sms', 'whatsapp', 'open', 'apple'] as const;

/** A channel, as the API names it. */
export type Channel = (typeof CHANNELS)[number];

/** What a channel takes; the facts are those of the API's own field descriptions. */
export interface ChannelRules {
	/** The name in Genesys Cloud. */
	readonly name: string;
	/** What the recipient is given by: web messaging takes no address. */
	readonly recipient: 'toAddress' | 'externalContactId';
	/** What the message is made of: WhatsApp starts from an approved template. */
	readonly content: 'text' | 'template';
	/** What sends, as the panel calls it. */
	readonly from: 'From (Deployment)' | 'From (Phone Number)' | 'From (Integration)';
	/** The API's limit for the text, in characters. */
	readonly maxLength: number;
	/** Checks and normalises the sending address. */
	readonly fromAddress: (displayName: string, text: string) => string;
	/** Checks and normalises the receiving address. */
	readonly toAddress: (displayName: string, text: string) => string;
}

const asIs = (_displayName: string, text: string) => text.trim();

/** The rules of every channel. */
export const CHANNEL_RULES: Record<Channel, ChannelRules> = {
	webmessaging: {
		name: 'Web Messaging',
		recipient: 'externalContactId',
		content: 'text',
		from: 'From (Deployment)',
		maxLength: 2000,
		fromAddress: senderId,
		toAddress: senderId,
	},
	sms: {
		name: 'SMS',
		recipient: 'toAddress',
		content: 'text',
		from: 'From (Phone Number)',
		maxLength: 765,
		fromAddress: smsSender,
		toAddress: phoneNumber,
	},
	whatsapp: {
		name: 'WhatsApp',
		recipient: 'toAddress',
		content: 'template',
		from: 'From (Integration)',
		maxLength: 2000,
		fromAddress: senderId,
		toAddress: whatsAppId,
	},
	open: {
		name: 'Open Messaging',
		recipient: 'toAddress',
		content: 'text',
		from: 'From (Integration)',
		maxLength: 2000,
		fromAddress: senderId,
		toAddress: asIs,
	},
	apple: {
		name: 'Apple Messages for Business',
		recipient: 'toAddress',
		content: 'text',
		from: 'From (Integration)',
		maxLength: 2000,
		fromAddress: senderId,
		toAddress: phoneNumber,
	},
};

/** What the node panel calls a message by each channel; web messaging is the default. */
export const CHANNEL_ACTIONS: Partial<Record<Channel, string>> = {
	sms: 'Send an SMS',
	whatsapp: 'Send a WhatsApp template',
	open: 'Send an open message',
	apple: 'Send an Apple message',
};
