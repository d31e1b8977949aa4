import { badField, invalidValue, optionalText, requiredText } from '../../http/fields';
import { ADDRESS_FORMS, CHANNELS, isChannel, MAX_TEXT } from '../../model/messaging/channels';
import type { Channel } from '../../model/messaging/channels';
import type { MessagingSettings } from '../../model/messagingSettings';
import { readTemplate } from './template';
import type { TemplateRequest } from './template';

type Body = Record<string, unknown>;

/** A request of the agentless messages API, its fields checked. */
export interface AgentlessRequest {
	readonly channel: Channel;
	readonly fromAddress: string;
	readonly toAddress?: string;
	readonly externalContactId?: string;
	readonly text?: string;
	readonly template?: TemplateRequest;
	readonly useExistingActiveConversation: boolean;
}

function readChannel(body: Body): Channel {
	const value = requiredText(body, 'toAddressMessengerType');
	if (isChannel(value)) return value;
	throw invalidValue('toAddressMessengerType', value, CHANNELS);
}

function readToAddress(body: Body, channel: Channel): string | undefined {
	if (channel === 'webmessaging') {
		if (optionalText(body, 'toAddress') === undefined) return undefined;
		const message = 'toAddress cannot be used for webmessaging, use externalContactId';
		throw badField('toAddress', 'field.invalid', message);
	}
	const address = requiredText(body, 'toAddress');
	if (ADDRESS_FORMS[channel]?.test(address) !== false) return address;
	throw badField('toAddress', 'field.invalid', `The toAddress is not valid for ${channel}`);
}

function readContent(
	body: Body,
	channel: Channel,
	overlong: MessagingSettings['overlongText'],
): Pick<AgentlessRequest, 'text' | 'template'> {
	const text = optionalText(body, 'textBody');
	const template = readTemplate(body);
	if (channel === 'whatsapp' && template === undefined) {
		throw badField('messagingTemplate', 'field.required');
	}
	const takesTemplate = channel === 'whatsapp' || channel === 'apple';
	if (text === undefined && !(takesTemplate && template !== undefined)) {
		throw badField('textBody', 'field.required');
	}
	const max = MAX_TEXT[channel];
	if (overlong === 'reject' && text !== undefined && text.length > max) {
		throw badField('textBody', 'field.too.long', `The textBody is over ${max} characters`);
	}
	return { text, template };
}

function readFlag(body: Body, field: string): boolean {
	const value = body[field] ?? false;
	if (typeof value !== 'boolean') throw badField(field, 'field.invalid');
	return value;
}

/**
 * Reads the body of an agentless message by the documented rules of its channel.
 *
 * @throws ApiError 400: `invalid.value` for an unknown channel, else `bad.request`
 */
export function readAgentlessRequest(
	body: Body,
	{ overlongText }: Pick<MessagingSettings, 'overlongText'>,
): AgentlessRequest {
	const channel = readChannel(body);
	const externalContactId = optionalText(body, 'externalContactId');
	if (channel === 'webmessaging' && externalContactId === undefined) {
		throw badField('externalContactId', 'field.required');
	}
	return {
		channel,
		fromAddress: requiredText(body, 'fromAddress'),
		toAddress: readToAddress(body, channel),
		externalContactId,
		...readContent(body, channel, overlongText),
		useExistingActiveConversation: readFlag(body, 'useExistingActiveConversation'),
	};
}
