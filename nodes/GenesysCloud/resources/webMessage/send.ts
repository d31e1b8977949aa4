import type { Explanation } from '../../failures/explain';
import type { Failure } from '../../failures/failure';
import { ID_PLACEHOLDER } from '../fields';
import type { ItemReader } from '../parameters';
import { namesAnother, saysSessionEnded, saysUnknownRecipient } from '../refusalWords';
import { timestampOf } from '../times';
import type { SendOperation } from '../types';

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
			placeholder: ID_PLACEHOLDER,
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

/** A refusal of the contact ID: it is one of a session. */
const INVALID_CONTACT =
	/\binvalid contact(?: ?id)?\b(?! (?:cent(?:er|re)|list)s?\b)|\bcontact ?id\b(?:(?! (?:and|but) ).){0,60}\b(?:invalid|not valid|unknown|not found)\b/i;

/**
 * Tells the customers who cannot be reached from other refusals: a 400 or 409 that speaks of the session,
 * and a 404 in the API's own format that names nothing else. A 404 without a code or message may come from
 * a gateway that does not know the path.
 */
export function recogniseSendFailure(failure: Failure): Failure {
	const { reason, call, ownWords = '' } = failure;
	if (call !== 'send') return failure;
	if ((reason === 'badRequest' && failure.httpCode === '400') || reason === 'conflict') {
		if (saysSessionEnded(failure) || INVALID_CONTACT.test(ownWords)) {
			return { ...failure, reason: 'sessionExpired' };
		}
		return saysUnknownRecipient(failure) ? { ...failure, reason: 'contactNotFound' } : failure;
	}
	if (reason !== 'notFound' || failure.delivered === 'unknown') return failure;
	return namesAnother(failure) ? failure : { ...failure, reason: 'contactNotFound' };
}

/** Explains this endpoint's failures in the words of the tutorial's "Common Errors & Debugging". */
export function explainSendFailure(failure: Failure): Explanation | undefined {
	if (failure.call !== 'send') return undefined;
	switch (failure.reason) {
		case 'sessionExpired':
			return {
				message: "The 'Contact ID' is invalid or its session has expired",
				description:
					"Check that the contact ID was captured from a recent session, and the session timeout in your Web Messaging configuration. An expired session cannot be woken up: ask the customer to start a new chat in your web widget, or use the 'Unreachable' output to call or mail instead.",
			};
		case 'contactNotFound':
			return {
				message: "The 'Contact ID' does not exist in Genesys Cloud",
				description:
					"Check that the contact ID was stored correctly at the connect or message event of your web widget, and that the credential is of the same organization. An organization without this web messaging endpoint answers so for every contact: see 'Which operation do I need?' in the README.",
			};
		case 'forbidden':
			return {
				message: 'The OAuth client may not send web messages (insufficient permissions)',
				description:
					"Give the OAuth client a role that allows web messaging, and the scope 'webchat:messaging' where your organization uses scopes; keep that scope in the credential's 'Scope' field.",
			};
		default:
			return undefined;
	}
}
