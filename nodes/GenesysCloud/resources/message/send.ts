import { isId, type JsonObject } from '../../api/answer';
import type { ApiRequest } from '../../api/client';
import { InputError } from '../../failures/inputError';
import { idInPath } from '../addresses';
import { oneOf, requiredText } from '../parameters';
import type { ParameterReader, SendOperation } from '../types';
import { CHANNEL_RULES, CHANNELS, type Channel, type ChannelRules } from './channels';
import { sendFields } from './sendFields';
import { explainSendFailure, refineSendFailure } from './sendFailures';
import { sendAfterSessionCheck } from './sessionCheck';
import {
	parametersFromJson,
	parametersFromRows,
	type TemplateParameters,
} from './templateParameters';

/** The body of the agentless endpoint, field names as in Genesys Cloud's SDKs. */
export interface AgentlessMessage extends JsonObject {
	readonly fromAddress: string;
	readonly toAddressMessengerType: Channel;
	readonly toAddress?: string;
	readonly externalContactId?: string;
	readonly textBody?: string;
	readonly messagingTemplate?: { readonly responseId: string } & TemplateParameters;
	readonly useExistingActiveConversation?: boolean;
}

/** The request of the agentless endpoint. */
export interface AgentlessRequest extends ApiRequest {
	readonly body: AgentlessMessage;
	/** The conversation that must still be open, when the session is checked first. */
	readonly openConversationId?: string;
}

const MAX_ADDRESS_LENGTH = 256;

/** Reads one parameter of the item. */
type Read = (name: string, options?: object) => unknown;

/** `POST /api/v2/conversations/messages/agentless`: a message by any documented channel. */
export const send: SendOperation<AgentlessRequest> = {
	kind: 'send',
	value: 'send',
	name: 'Send',
	action: 'Send a message',
	description:
		'Send a message to a customer by web messaging, SMS, WhatsApp, open messaging or Apple Messages, without an agent',
	fields: sendFields,

	buildRequest(context: ParameterReader, itemIndex: number) {
		const read: Read = (name, options) =>
			context.getNodeParameter(name, itemIndex, undefined, options);
		const channel = oneOf(read('channel'), { displayName: 'Channel', values: CHANNELS });
		const rules = CHANNEL_RULES[channel];
		const options = (read('options') ?? {}) as Readonly<Record<string, unknown>>;
		const openConversationId = conversationToCheck(options);
		return {
			method: 'POST',
			path: '/api/v2/conversations/messages/agentless',
			body: {
				fromAddress: sender(read, rules),
				toAddressMessengerType: channel,
				...recipient(read, rules),
				...content(read, rules),
				...(options.useExistingActiveConversation === true && {
					useExistingActiveConversation: true,
				}),
			},
			...(openConversationId !== undefined && { openConversationId }),
		};
	},

	perform: sendAfterSessionCheck,

	toOutput: (response, request) => ({
		id: response.id,
		conversationId: response.conversationId,
		...addresses(request),
		status: 'sent',
		timestamp:
			typeof response.timestamp === 'string' ? response.timestamp : new Date().toISOString(),
	}),

	toRecordedOutput: (request, receipt) => ({
		...receipt,
		...addresses(request),
		status: 'sent',
		alreadySent: true,
	}),

	toReceipt: ({ id, conversationId }) => ({
		id: String(id),
		...(isId(conversationId) && { conversationId }),
	}),

	refineFailure: refineSendFailure,
	explain: explainSendFailure,
};

function addresses({ body }: AgentlessRequest) {
	const { toAddressMessengerType: channel, fromAddress, toAddress, externalContactId } = body;
	return {
		channel,
		fromAddress,
		...(toAddress !== undefined && { toAddress }),
		...(externalContactId !== undefined && { externalContactId }),
	};
}

function sender(read: Read, rules: ChannelRules): string {
	const text = requiredText(read('fromAddress', { extractValue: true }), {
		displayName: 'From',
		maxLength: MAX_ADDRESS_LENGTH,
		remedy: 'Choose what sends the message: the deployment, phone number or integration',
	});
	return rules.fromAddress('From', text);
}

function recipient(read: Read, rules: ChannelRules) {
	if (rules.recipient === 'externalContactId') {
		const id = requiredText(read('externalContactId'), {
			displayName: 'External Contact ID',
			maxLength: MAX_ADDRESS_LENGTH,
			remedy: "Map the customer's external contact ID; External Contact > Look Up finds it",
		});
		return { externalContactId: id.trim() };
	}
	const text = requiredText(read('toAddress'), {
		displayName: 'To',
		maxLength: MAX_ADDRESS_LENGTH,
		remedy: `Map the address of the customer on ${rules.name}`,
	});
	return { toAddress: rules.toAddress('To', text) };
}

function content(read: Read, rules: ChannelRules) {
	if (rules.content === 'text') {
		const textBody = requiredText(read('message'), {
			displayName: 'Message',
			maxLength: rules.maxLength,
			remedy: 'Enter the text that the customer is to get',
		});
		return { textBody };
	}
	const responseId = requiredText(read('templateId', { extractValue: true }), {
		displayName: 'Template',
		maxLength: MAX_ADDRESS_LENGTH,
		remedy: 'Choose an approved message template',
	}).trim();
	const parameters =
		read('templateParametersInput') === 'json'
			? parametersFromJson(read('templateParametersJson'))
			: parametersFromRows(read('templateParameters'));
	return { messagingTemplate: { responseId, ...parameters } };
}

function conversationToCheck(options: Readonly<Record<string, unknown>>): string | undefined {
	if (options.checkSessionFirst !== true) return undefined;
	const { conversationId } = options;
	if (typeof conversationId !== 'string' || conversationId.trim() === '') {
		throw new InputError(
			'Conversation ID',
			"is empty, and 'Check Session First' needs it",
			"Map the ID of the customer's conversation, or switch 'Check Session First' off",
		);
	}
	return idInPath('Conversation ID', conversationId);
}
