import type { Models } from 'purecloud-platform-client-v2';

import type { ApiCall, ApiRoute } from '../../http/apiRoute';
import { documentedError } from '../../http/errors';
import { badField, bodyOf, invalidValue, queryValues, requiredText } from '../../http/fields';
import type { ExternalContact } from '../../model/directory/records';

const TYPES = [
	'SocialLine',
	'SocialFacebook',
	'SocialTwitter',
	'SocialWhatsapp',
	'SocialInstagram',
	'AppleOpaqueId',
	'Email',
	'Phone',
	'Cookie',
	'ExternalId',
];
const CREATED = '2026-03-02T09:30:00.000Z';

function readIdentifier(call: ApiCall): { type: string; value: string } {
	const body = bodyOf(call);
	const type = requiredText(body, 'type');
	if (!TYPES.includes(type)) throw invalidValue('type', type, TYPES);
	const value = requiredText(body, 'value').trim();
	if (type !== 'Phone') return { type, value };
	const number = value.replace(/[\s().-]/g, '');
	if (/^\+[1-9]\d{6,14}$/.test(number)) return { type, value: number };
	throw badField('value', 'field.invalid', 'A phone number needs the country code and a leading +');
}

/** Whether an identifier is one of a contact; the records have phone numbers and e-mail alone. */
function hasIdentifier({ phone, email }: ExternalContact, type: string, value: string): boolean {
	if (type === 'Email') return email?.toLowerCase() === value.toLowerCase();
	if (type === 'SocialWhatsapp') return phone !== undefined && phone.slice(1) === value;
	return type === 'Phone' && phone === value;
}

function identifiersOf({ phone, email }: ExternalContact): Models.ContactIdentifier[] {
	const known = [
		{ type: 'Phone', value: phone },
		{ type: 'Email', value: email },
	];
	return known.flatMap(({ type, value }) =>
		value === undefined ? [] : [{ type, value, dateCreated: CREATED }],
	);
}

/** A record in the documented shape `ExternalContact`. */
export function contactOf(
	contact: ExternalContact,
	expand: readonly string[],
): Models.ExternalContact {
	const { id, firstName, lastName, phone, email } = contact;
	return {
		id,
		firstName,
		lastName,
		cellPhone: phone === undefined ? undefined : { display: phone, e164: phone, acceptsSMS: true },
		personalEmail: email,
		identifiers: expand.includes('identifiers') ? identifiersOf(contact) : undefined,
		createDate: CREATED,
		modifyDate: CREATED,
		surveyOptOut: false,
		externalDataSources: [],
		type: 'Curated',
		selfUri: `/api/v2/externalcontacts/contacts/${id}`,
	};
}

/** Finds an external contact by a phone number or an e-mail address. */
export const identifierLookupRoute: ApiRoute = {
	method: 'POST',
	url: '/api/v2/externalcontacts/identifierlookup/contacts',
	endpoint: 'read',
	anyPermission: ['externalContacts:contact:view'],
	answer(call) {
		const { type, value } = readIdentifier(call);
		const contacts = call.state.directory.externalContacts.all();
		const found = contacts.find((contact) => hasIdentifier(contact, type, value));
		if (found === undefined) throw documentedError(404);
		return contactOf(found, queryValues(call, 'expand'));
	},
};
