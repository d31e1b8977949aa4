import { isId } from '../../../api/answer';
import type { ApiRequest } from '../../../api/request';
import { conversationRequest } from '../../../api/conversations';
import type { JsonObject } from '../../../delivery/types';
import {
	failed,
	InputError,
	succeeded,
	type Failure,
	type Result,
} from '../../../failures/failure';
import { conversationState } from '../../conversation/get';
import { recogniseUnknownContact } from '../../externalContact/lookUp';
import { idInPath, isUnset, toggle, type ItemReader } from '../../parameters';
import { address } from '../../texts';
import { timestampOf } from '../../times';
import type { Calls, PreparedSend, SendOperation } from '../../types';
import {
	CHANNEL_ACTIONS,
	CHANNEL_RULES,
	CHANNELS,
	type Channel,
	type ChannelRules,
} from './channels';
import { explainSendFailure, recogniseSendFailure } from './failures';
import { sendFields, sendOptions } from './fields';
import { readRecipient, recipientText, type Recipient } from './recipient';
import { smsParts } from './smsParts';
import { inOneOrder, readTemplate } from './templateParameters';

/** `POST /api/v2/conversations/messages/agentless`: a message by any documented channel. */
export const send: SendOperation = {
	kind: 'send',
	value: 'send',
	name: 'Send',
	action: 'Send a message by web messaging, SMS or WhatsApp',
	description:
		'Send a message to a customer by web messaging, SMS, WhatsApp, open messaging or Apple Messages, without an agent',
	shortcuts: { name: 'Message by Channel', parameter: 'channel', actions: CHANNEL_ACTIONS },
	fields: sendFields,
	options: sendOptions,

	recipient: (read) => recipientText(read, CHANNEL_RULES[channelOf(read)]),

	prepare(read) {
		const channel = channelOf(read);
		const rules = CHANNEL_RULES[channel];
		const options = read.options();
		const usesExisting = toggle(
			options.useExistingActiveConversation,
			'Use Existing Active Conversation',
		);
		const message: AgentlessMessage = {
			channel,
			fromAddress: sender(read, rules),
			content: content(read, rules),
			conversationId: conversationToCheck(options),
			...(usesExisting && { useExistingActiveConversation: true }),
		};
		return prepared(message, readRecipient(read, rules));
	},

	recognise: recogniseSendFailure,
	explain: explainSendFailure,
};

/** What is sent, to whomever. */
interface AgentlessMessage {
	readonly channel: Channel;
	readonly fromAddress: string;
	/** The text, or the template with its values, in the API's own fields. */
	readonly content: { readonly textBody: string } | { readonly messagingTemplate: JsonObject };
	/** The customer's conversation, where it is to be looked at before. */
	readonly conversationId: string | undefined;
	readonly useExistingActiveConversation?: true;
}

function prepared(message: AgentlessMessage, recipient: Recipient): PreparedSend {
	const { channel, fromAddress, content: said, conversationId } = message;
	const { externalContactId, toAddress } = recipient;
	const to = toAddress === undefined ? { externalContactId } : { toAddress };
	const request = agentlessRequest(message, to);
	const known = { channel, fromAddress, ...to, status: 'sent' };
	return {
		recipient: [channel, 'lookUp' in recipient ? recipient.identifier : Object.values(to).join()],
		content: 'textBody' in said ? said : inOneOrder(said.messagingTemplate),
		request,
		...('lookUp' in recipient && {
			lookUp: async ({ call }) => {
				const found = await call(recipient.lookUp);
				if (!found.ok) return failed(recogniseUnknownContact(found.failure));
				return succeeded(prepared(message, { externalContactId: String(found.value.id) }));
			},
		}),
		...(conversationId !== undefined && {
			attempt: async (calls) => await sendIntoOpenSession(calls, conversationId, request),
		}),
		output: (answer) => ({
			id: answer.id,
			conversationId: answer.conversationId,
			...known,
			timestamp: timestampOf(answer),
		}),
		receipt: ({ id, conversationId: conversation }) => ({
			id: String(id),
			...(isId(conversation) && { conversationId: conversation }),
		}),
		known: () => known,
		...(channel === 'sms' &&
			'textBody' in said && { preview: () => ({ ...smsParts(said.textBody) }) }),
	};
}

/** The field names are those of Genesys Cloud's SDKs (SendAgentlessOutboundMessageRequest). */
function agentlessRequest(message: AgentlessMessage, to: JsonObject): ApiRequest {
	const { channel, fromAddress, content: said, useExistingActiveConversation } = message;
	return {
		method: 'POST',
		path: '/api/v2/conversations/messages/agentless',
		body: {
			fromAddress,
			toAddressMessengerType: channel,
			...to,
			...said,
			...(useExistingActiveConversation && { useExistingActiveConversation }),
		},
	};
}

function channelOf(read: ItemReader): Channel {
	return read.oneOf('channel', 'Channel', CHANNELS);
}

function sender(read: ItemReader, rules: ChannelRules): string {
	const text = read.address('fromAddress', {
		displayName: rules.from,
		remedy: 'Choose what sends the message: the deployment, phone number or integration',
	});
	return rules.fromAddress(rules.from, text);
}

function content(read: ItemReader, rules: ChannelRules): AgentlessMessage['content'] {
	if (rules.content === 'template') return { messagingTemplate: readTemplate(read) };
	const textBody = read.text('message', {
		displayName: 'Message',
		maxLength: rules.maxLength,
		remedy: 'Enter the text that the customer is to get',
	});
	return { textBody };
}

function conversationToCheck(options: JsonObject): string | undefined {
	if (!toggle(options.checkSessionFirst, 'Check Session First')) return undefined;
	const displayName = 'Conversation ID';
	const remedy = "Map the ID of the customer's conversation, or switch 'Check Session First' off";
	if (isUnset(options.conversationId)) {
		throw new InputError(displayName, "is empty, and 'Check Session First' needs it", remedy);
	}
	return idInPath(displayName, address(options.conversationId, { displayName, remedy }));
}

const SESSION_CLOSED: Failure = {
	reason: 'sessionExpired',
	delivered: 'no',
	transient: false,
	// Decided by a look: an attempt before it that may have delivered the message says more.
	call: 'read',
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
