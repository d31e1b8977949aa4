import type { ApiRequest } from '../../api/client';
import type { JsonObject } from '../../delivery/types';
import { emailAddress, phoneNumber } from '../addresses';
import { notFoundField } from '../fields';
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
		notFoundField,
	],
	outputs: ['Found', 'Not Found'],

	prepare(read) {
		const type = read.oneOf('identifierType', 'Look Up By', ['Phone', 'Email']);
		const displayName = 'Phone Number or E-Mail Address';
		const text = read.address('identifierValue', {
			displayName,
			maxLength: MAX_IDENTIFIER_LENGTH,
			remedy: 'Map the phone number or e-mail address of the customer',
		});
		const value =
			type === 'Phone' ? phoneNumber(displayName, text) : emailAddress(displayName, text);
		return { request: lookUpRequest(type, value), output: contactFields };
	},

	recognise: (failure) =>
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

/** From a phone number or e-mail address to a contact; both checked before. */
export function lookUpRequest(type: 'Phone' | 'Email', value: string): ApiRequest {
	return {
		method: 'POST',
		path: '/api/v2/externalcontacts/identifierlookup/contacts',
		body: { type, value },
		reads: true,
	};
}

function contactFields(contact: JsonObject): JsonObject {
	return {
		id: contact.id,
		firstName: contact.firstName,
		lastName: contact.lastName,
		phone: firstNumber(contact),
		email: contact.workEmail ?? contact.personalEmail ?? contact.otherEmail,
		surveyOptOut: contact.surveyOptOut,
		modifyDate: contact.modifyDate,
	};
}

const PHONES = ['cellPhone', 'homePhone', 'workPhone', 'otherPhone'] as const;

function firstNumber(contact: JsonObject): unknown {
	for (const name of PHONES) {
		const phone = contact[name] as JsonObject | undefined;
		const number = phone?.e164 ?? phone?.display;
		if (number !== undefined) return number;
	}
	return undefined;
}
