import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { SEEDED, type Channel } from '../../../dev/simulator';

/** The endpoints of the documented messaging API, as the simulator counts them. */
export const AGENTLESS = 'POST /api/v2/conversations/messages/agentless';
export const DETAILS = 'GET /api/v2/conversations/messages/:messageId/details';
export const CONVERSATION = 'GET /api/v2/conversations/messages/:conversationId';
export const BULK = 'POST /api/v2/conversations/messages/:conversationId/messages/bulk';
export const LOOK_UP = 'POST /api/v2/externalcontacts/identifierlookup/contacts';

/** The value of a resource locator, as the editor saves it. */
export function located(value: string, mode = 'id'): IDataObject {
	return { __rl: true, mode, value };
}

/** What sends on a channel in every simulator. */
export const SENDERS: Record<Channel, string> = {
	webmessaging: SEEDED.deploymentId,
	sms: SEEDED.smsNumber,
	whatsapp: SEEDED.whatsappIntegrationId,
	open: SEEDED.openIntegrationId,
	apple: SEEDED.appleIntegrationId,
};

/** A customer as each channel names them. */
export const RECIPIENTS: Record<Channel, string> = {
	webmessaging: '9b7d1e20-6c3f-4d58-8e02-1b4cf2000009',
	sms: '+12025550143',
	whatsapp: '12025550143',
	open: 'customer-1',
	apple: 'urn:mbid:customer-1',
};

/** Parameters of Message > Send; recipient and text come from the item's `to` and `text`. */
export function messageBy(channel: Channel, fields: IDataObject = {}): IDataObject {
	const recipient = channel === 'webmessaging' ? 'externalContactId' : 'toAddress';
	return {
		resource: 'message',
		operation: 'send',
		channel,
		fromAddress: located(SENDERS[channel]),
		[recipient]: '={{ $json.to }}',
		...(channel === 'whatsapp' && { templateId: located(SEEDED.templateId) }),
		...fields,
	};
}

/** Parameters of an operation that reads; its ID comes from the item's `id`. */
export function reading(
	resource: string,
	operation: string,
	idField: string,
	fields: IDataObject = {},
): IDataObject {
	return { resource, operation, [idField]: '={{ $json.id }}', ...fields };
}

/** An item for each recipient. */
export function recipients(...addresses: string[]): INodeExecutionData[] {
	return addresses.map((to) => ({ json: { to, text: `Hello ${to}!` } }));
}

/** Phone numbers of a range that is reserved for fiction. */
export function phoneNumbers(count: number): string[] {
	return Array.from({ length: count }, (_value, index) => `+1202555${String(index + 1000)}`);
}
