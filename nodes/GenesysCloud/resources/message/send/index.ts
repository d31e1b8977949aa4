import { isId } from '../../../api/answer';
import type { ApiRequest } from '../../../api/client';
import type { JsonObject } from '../../../delivery/types';
import { failed, InputError, type Failure, type Result } from '../../../failures/failure';
import { conversationRequest, conversationState } from '../../conversation/state';
import { idInPath, toggle, visible, type ItemReader } from '../../parameters';
import type { Calls, SendOperation } from '../../types';
import { CHANNEL_RULES, CHANNELS, type ChannelRules } from './channels';
import { explainSendFailure, recogniseSendFailure } from './failures';
import { sendFields } from './fields';
import { parametersFromJson, parametersFromRows } from './templateParameters';

const MAX_ADDRESS_LENGTH = 256;

/** `POST /api/v2/conversations/messages/agentless`: a message by any documented channel. */
export const send: SendOperation = {
	kind: 'send',
	value: 'send',
	name: 'Send',
	action: 'Send a message',
	description:
		'Send a message to a customer by web messaging, SMS, WhatsApp, open messaging or Apple Messages, without an agent',
	fields: sendFields,

	prepare(read) {
		const channel = read.oneOf('channel', 'Channel', CHANNELS);
		const rules = CHANNEL_RULES[channel];
		const options = read.collection('options');
		const fromAddress = sender(read, rules);
		const to = recipient(read, rules);
		const said = content(read, rules);
		const conversationId = conversationToCheck(options);
		const usesExisting = toggle(
			options.useExistingActiveConversation,
			'Use Existing Active Conversation',
		);
		const request: ApiRequest = {
			method: 'POST',
			path: '/api/v2/conversations/messages/agentless',
			// The field names are those of Genesys Cloud's SDKs (SendAgentlessOutboundMessageRequest).
			body: {
				fromAddress,
				toAddressMessengerType: channel,
				...to,
				...said,
				...(usesExisting && { useExistingActiveConversation: true }),
			},
		};
		const known = { channel, fromAddress, ...to, status: 'sent' };
		return {
			recipient: [channel, to.externalContactId ?? to.toAddress],
			content: said,
			request,
			...(conversationId !== undefined && {
				attempt: async (calls) => await sendIntoOpenSession(calls, conversationId, request),
			}),
			output: (answer) => ({
				id: answer.id,
				conversationId: answer.conversationId,
				...known,
				timestamp:
					typeof answer.timestamp === 'string' ? answer.timestamp : new Date().toISOString(),
			}),
			receipt: ({ id, conversationId: conversation }) => ({
				id: String(id),
				...(isId(conversation) && { conversationId: conversation }),
			}),
			known: () => known,
		};
	},

	recognise: recogniseSendFailure,
	explain: explainSendFailure,
};

function sender(read: ItemReader, rules: ChannelRules): string {
	const text = read.address('fromAddress', {
		displayName: 'From',
		maxLength: MAX_ADDRESS_LENGTH,
		remedy: 'Choose what sends the message: the deployment, phone number or integration',
	});
	return rules.fromAddress('From', text);
}

type Recipient =
	| { readonly externalContactId: string; readonly toAddress?: undefined }
	| { readonly toAddress: string; readonly externalContactId?: undefined };

function recipient(read: ItemReader, rules: ChannelRules): Recipient {
	if (rules.recipient === 'externalContactId') {
		const externalContactId = read.address('externalContactId', {
			displayName: 'External Contact ID',
			maxLength: MAX_ADDRESS_LENGTH,
			remedy: "Map the customer's external contact ID; External Contact > Look Up finds it",
		});
		return { externalContactId };
	}
	const text = read.address('toAddress', {
		displayName: 'To',
		maxLength: MAX_ADDRESS_LENGTH,
		remedy: `Map the address of the customer on ${rules.name}`,
	});
	return { toAddress: rules.toAddress('To', text) };
}

function content(read: ItemReader, rules: ChannelRules) {
	if (rules.content === 'text') {
		const textBody = read.text('message', {
			displayName: 'Message',
			maxLength: rules.maxLength,
			remedy: 'Enter the text that the customer is to get',
		});
		return { textBody };
	}
	const responseId = read.address('templateId', {
		displayName: 'Template',
		maxLength: MAX_ADDRESS_LENGTH,
		remedy: 'Choose an approved message template',
	});
	const parameters =
		read.value('templateParametersInput') === 'json'
			? parametersFromJson(read.value('templateParametersJson'))
			: parametersFromRows(read.value('templateParameters'));
	return { messagingTemplate: { responseId, ...parameters } };
}

function conversationToCheck(options: JsonObject): string | undefined {
	if (!toggle(options.checkSessionFirst, 'Check Session First')) return undefined;
	const conversationId = visible(options.conversationId);
	if (typeof conversationId !== 'string' || conversationId.trim() === '') {
		throw new InputError(
			'Conversation ID',
			"is empty, and 'Check Session First' needs it",
			"Map the ID of the customer's conversation, or switch 'Check Session First' off",
		);
	}
	return idInPath('Conversation ID', conversationId);
}

const SESSION_CLOSED: Failure = {
	reason: 'sessionExpired',
	delivered: 'no',
	transient: false,
	call: 'send',
};

/** A look at the conversation comes first: a closed session costs one call and bothers nobody. */
async function sendIntoOpenSession(
	{ call }: Calls,
	conversationId: string,
	request: ApiRequest,
): Promise<Result<JsonObject>> {
	const looked = await call(conversationRequest(conversationId));
	if (!looked.ok) return looked;
	return conversationState(looked.value).connected ? await call(request) : failed(SESSION_CLOSED);
}
