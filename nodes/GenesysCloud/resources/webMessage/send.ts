import type { ItemReader } from '../parameters';
import { timestampOf } from '../times';
import type { SendOperation } from '../types';
import { explainSendFailure, recogniseSendFailure } from './sendFailures';

/** Genesys Cloud's limit for messages of all channels but SMS (agentless messages API). */
const MAX_MESSAGE_LENGTH = 2000;

/** `POST /api/v2/webchat/messaging`: a message into the web messaging session of a known customer. */
export const send: SendOperation = {
	kind: 'send',
	value: 'send',
	name: 'Send',
	action: 'Send a web message',
	description:
		"Send a proactive text message into a customer's open web messaging session, identified by its contact ID",
	fields: [
		{
			displayName:
				"The endpoint <code>/api/v2/webchat/messaging</code> is not part of Genesys Cloud's published API: if your organization does not have it, choose the resource Message with the channel Web Messaging instead (<a href='https://github.com/n8n-nodes-genesys-cloud/n8n-nodes-genesys-cloud#which-operation-do-i-need' target='_blank'>which operation do I need?</a>).",
			name: 'webMessageNotice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Contact ID',
			name: 'contactId',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. 3fa85f64-5717-4562-b3fc-2c963f66afa6',
			description:
				"The ID of the customer's web messaging session, as your website stored it at the connect or message event of the web widget",
		},
		{
			displayName: 'Sender Type',
			name: 'senderType',
			type: 'options',
			options: [
				{
					name: 'Agent',
					value: 'agent',
					description: 'The message appears as written by a human agent',
				},
				{ name: 'Bot', value: 'bot', description: 'The message appears as automated' },
			],
			default: 'bot',
			description: 'Who the message appears to come from',
		},
		{
			displayName: 'Message',
			name: 'message',
			type: 'string',
			typeOptions: { rows: 4 },
			required: true,
			default: '',
			placeholder: 'e.g. Hello! Your order has shipped. Do you have any questions?',
			description: 'The text that the customer gets, at most 2,000 characters',
		},
	],

	recipient: contactIdOf,

	prepare(read) {
		const contactId = contactIdOf(read);
		const type = read.oneOf('senderType', 'Sender Type', ['bot', 'agent']);
		const message = read.text('message', {
			displayName: 'Message',
			maxLength: MAX_MESSAGE_LENGTH,
			remedy: 'Enter the text that the customer is to get',
		});
		const known = { contactId, type, status: 'sent' };
		return {
			recipient: ['webMessage', contactId],
			content: message,
			request: {
				method: 'POST',
				path: '/api/v2/webchat/messaging',
				body: { contactId, type, message },
			},
			output: (answer) => ({ id: answer.id, ...known, timestamp: timestampOf(answer) }),
			receipt: ({ id }) => ({ id: String(id) }),
			known: () => known,
		};
	},

	recognise: recogniseSendFailure,
	explain: explainSendFailure,
};

function contactIdOf(read: ItemReader): string {
	return read.address('contactId', {
		displayName: 'Contact ID',
		remedy: "Map the contact ID that was stored when the customer's session began",
	});
}
