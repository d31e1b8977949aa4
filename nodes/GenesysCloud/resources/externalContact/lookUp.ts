import type { JsonObject } from '../../api/answer';
import { emailAddress, phoneNumber } from '../addresses';
import { oneOf, requiredText } from '../parameters';
import { readDeliveryField, simplifyField, unreachableField } from '../sharedFields';
import type { ReadOperation } from '../types';

/** The API's limit for an identifier (ContactIdentifier in the SDKs). */
const MAX_IDENTIFIER_LENGTH = 255;

/** `POST /api/v2/externalcontacts/identifierlookup/contacts`: from a CRM's row to a recipient. */
export const lookUp: ReadOperation = {
	kind: 'read',
	value: 'lookUp',
	name: 'Look Up',
	action: 'Look up an external contact',
	description:
		'Find the external contact of a customer, and with it the external contact ID, by phone number or e-mail address',
	fields: [
		{
			displayName: 'Look Up By',
			name: 'identifierType',
			type: 'options',
			options: [
				{ name: 'E-Mail Address', value: 'Email' },
				{ name: 'Phone Number', value: 'Phone' },
			],
			default: 'Phone',
			description: 'What the customer is known by',
		},
		{
			displayName: 'Phone Number or E-Mail Address',
			name: 'identifierValue',
			type: 'string',
			required: true,
			default: '',
			placeholder: 'e.g. +13175555555',
			description: 'A phone number needs + and its country code',
		},
		{
			...unreachableField,
			displayName: 'If No Contact Is Found',
			options: [
				{
					name: 'Fail the Item',
					value: 'error',
					description: 'Treat it like any other look-up that did not work, as set under On Error',
				},
				{
					name: "Send the Item to the 'Not Found' Output",
					value: 'output',
					description: 'Pass the input item on by an output of its own',
				},
			],
			description: 'What to do when Genesys Cloud knows no contact with this identifier',
		},
		simplifyField,
		readDeliveryField,
	],

	buildRequest(context, itemIndex) {
		const type = oneOf(context.getNodeParameter('identifierType', itemIndex), {
			displayName: 'Look Up By',
			values: ['Phone', 'Email'],
		});
		const displayName = 'Phone Number or E-Mail Address';
		const text = requiredText(context.getNodeParameter('identifierValue', itemIndex), {
			displayName,
			maxLength: MAX_IDENTIFIER_LENGTH,
			remedy: 'Map the phone number or e-mail address of the customer',
		});
		const value =
			type === 'Phone' ? phoneNumber(displayName, text) : emailAddress(displayName, text);
		return {
			method: 'POST',
			path: '/api/v2/externalcontacts/identifierlookup/contacts',
			body: { type, value },
		};
	},

	toOutput: (contact) => ({
		id: contact.id,
		firstName: contact.firstName,
		lastName: contact.lastName,
		phone: firstNumber(contact),
		email: contact.workEmail ?? contact.personalEmail ?? contact.otherEmail,
		surveyOptOut: contact.surveyOptOut,
		modifyDate: contact.modifyDate,
	}),

	refineFailure: (failure) =>
		failure.reason === 'notFound' && failure.call === 'read' && failure.code !== undefined
			? { ...failure, reason: 'contactNotFound' }
			: failure,
	explain: (failure) =>
		failure.reason === 'contactNotFound'
			? {
					message: 'Genesys Cloud knows no external contact with this identifier',
					description:
						'Check the number or address, and that the contact is in a division that the OAuth client may see.',
				}
			: undefined,
};

const PHONES = ['cellPhone', 'homePhone', 'workPhone', 'otherPhone'] as const;

function firstNumber(contact: JsonObject): unknown {
	for (const name of PHONES) {
		const phone = contact[name] as JsonObject | undefined;
		const number = phone?.e164 ?? phone?.display;
		if (number !== undefined) return number;
	}
	return undefined;
}
