import type { ApiRequest } from '../../api/request';
import { asObject, isText } from '../../api/json';
import type { JsonObject } from '../../delivery/types';
import type { Explanation } from '../../failures/explain';
import type { Failure } from '../../failures/failure';
import { emailAddress, phoneNumber } from '../addresses';
import { notFoundField } from '../fields';
import { namesCalled } from '../refusalWords';
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
			displayName: 'Phone Number',
			name: 'identifierValue',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { identifierType: ['Phone'] } },
			placeholder: 'e.g. +13175555555',
			description: "The customer's phone number with + and its country code",
		},
		{
			displayName: 'E-Mail Address',
			name: 'identifierValue',
			type: 'string',
			required: true,
			default: '',
			displayOptions: { show: { identifierType: ['Email'] } },
			placeholder: 'e.g. ada@example.com',
			description: "The customer's e-mail address",
		},
		notFoundField,
	],
	outputs: ['Found', 'Not Found'],

	prepare(read) {
		const type = read.oneOf('identifierType', 'Look Up By', ['Phone', 'Email']);
		const displayName = type === 'Phone' ? 'Phone Number' : 'E-Mail Address';
		const text = read.address('identifierValue', {
			displayName,
			maxLength: MAX_IDENTIFIER_LENGTH,
			remedy: 'Map the phone number or e-mail address of the customer',
		});
		const value =
			type === 'Phone' ? phoneNumber(displayName, text) : emailAddress(displayName, text);
		return { request: lookUpRequest(type, value), output: contactFields };
	},

	recognise: recogniseUnknownContact,
	explain: ({ reason }) => (reason === 'contactNotFound' ? UNKNOWN_CONTACT : undefined),
};

/** A 404 in the API's own format says that there is no such contact, unless it names what was called. */
export function recogniseUnknownContact(failure: Failure): Failure {
	const isUnknown =
		failure.reason === 'notFound' &&
		failure.call === 'read' &&
		failure.code !== undefined &&
		!failure.isForeign &&
		!namesCalled(failure);
	return isUnknown ? { ...failure, reason: 'contactNotFound' } : failure;
}

/** What to say of a phone number or e-mail address that leads to no contact. */
export const UNKNOWN_CONTACT: Explanation = {
	message: 'Genesys Cloud knows no external contact with this phone number or e-mail address',
	description:
		'Check the number or address, and that the contact is in a division that the OAuth client may see.',
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
	const { id, firstName, lastName } = contact;
	return {
		id,
		firstName,
		lastName,
		...addressesOf(contact),
		surveyOptOut: contact.surveyOptOut,
		modifyDate: contact.modifyDate,
	};
}

const PHONES = ['cellPhone', 'homePhone', 'workPhone', 'otherPhone'] as const;

/** The phone number and the e-mail address of an external contact (ExternalContact in the SDKs). */
export function addressesOf(contact: JsonObject): { phone?: string; email?: string } {
	const { workEmail, personalEmail, otherEmail } = contact;
	// A field that was emptied in the CRM is there without a text.
	return {
		phone: PHONES.flatMap((name) => numbersOf(contact[name])).find(isText),
		email: [workEmail, personalEmail, otherEmail].find(isText),
	};
}

function numbersOf(phone: unknown): unknown[] {
	const { e164, display } = asObject(phone);
	return [e164, display];
}
