import type { INodeProperties } from 'n8n-workflow';

import { fromListOrId, ID_PLACEHOLDER } from '../../fields';
import { CHANNEL_RULES, CHANNELS, type Channel } from './channels';
import { externalContactField } from './recipient';
import { templateFields } from './templateFields';

/** What sends a message differs by channel, and so does the list to choose from. */
interface Sender {
	readonly channels: [Channel, ...Channel[]];
	readonly searchListMethod: string;
	readonly placeholder?: string;
	readonly description: string;
}

const SENDERS: readonly Sender[] = [
	{
		channels: ['webmessaging'],
		searchListMethod: 'searchDeployments',
		description: 'The Messenger deployment whose web messaging customer gets the message',
	},
	{
		channels: ['sms'],
		searchListMethod: 'searchSmsNumbers',
		placeholder: 'e.g. +13175550100',
		description: 'The SMS number of your organization that sends the message',
	},
	{
		channels: ['whatsapp', 'open', 'apple'],
		searchListMethod: 'searchIntegrations',
		description: 'The messaging integration that sends the message',
	},
];

function senderField(sender: Sender): INodeProperties {
	return {
		displayName: CHANNEL_RULES[sender.channels[0]].from,
		name: 'fromAddress',
		...fromListOrId(sender.searchListMethod, sender.placeholder),
		displayOptions: { show: { channel: sender.channels } },
		description: sender.description,
	};
}

function recipientField(
	channels: Channel[],
	placeholder: string,
	description: string,
): INodeProperties {
	return {
		displayName: 'To',
		name: 'toAddress',
		type: 'string',
		required: true,
		default: '',
		displayOptions: { show: { channel: channels } },
		placeholder,
		description,
	};
}

const channelField: INodeProperties = {
	displayName: 'Channel',
	name: 'channel',
	type: 'options',
	noDataExpression: true,
	options: CHANNELS.map((value) => ({ name: CHANNEL_RULES[value].name, value })),
	default: 'webmessaging',
	description: 'How the message reaches the customer',
};

const messageField: INodeProperties = {
	displayName: 'Message',
	name: 'message',
	type: 'string',
	typeOptions: { rows: 4 },
	required: true,
	default: '',
	displayOptions: { show: { channel: ['webmessaging', 'sms', 'open', 'apple'] } },
	placeholder: 'e.g. Hello! Your order has shipped.',
	description: 'The text that the customer gets: at most 765 characters by SMS, 2,000 otherwise',
};

/** The options of Message > Send. */
export const sendOptions: INodeProperties[] = [
	{
		displayName: 'Check Session First',
		name: 'checkSessionFirst',
		type: 'boolean',
		default: false,
		description:
			"Whether to look at the conversation before sending. If the customer has left it, nothing is sent and the customer counts as unreachable. Needs 'Conversation ID'.",
	},
	{
		displayName: 'Conversation ID',
		name: 'conversationId',
		type: 'string',
		default: '',
		placeholder: ID_PLACEHOLDER,
		description: "The customer's conversation, for 'Check Session First'",
	},
	{
		displayName: 'Use Existing Active Conversation',
		name: 'useExistingActiveConversation',
		type: 'boolean',
		default: false,
		description:
			'Whether to write into a conversation that is under way with the customer. Otherwise such a message is refused.',
	},
];

/** The fields of Message > Send: each channel shows just its own. */
export const sendFields: INodeProperties[] = [
	channelField,
	...SENDERS.map(senderField),
	externalContactField,
	recipientField(
		['sms', 'apple'],
		'e.g. +13175555555',
		"The customer's phone number in international format",
	),
	recipientField(
		['whatsapp'],
		'e.g. 13175555555',
		"The customer's WhatsApp ID: the digits of the phone number with its country code",
	),
	recipientField(
		['open'],
		'e.g. customer-4711',
		"The customer's address in the system behind the open messaging integration",
	),
	messageField,
	...templateFields,
];
