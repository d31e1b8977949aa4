import type { INodeProperties } from 'n8n-workflow';

import type { ApiRequest } from '../../../api/request';
import { InputError } from '../../../failures/failure';
import { emailAddress, idNotNumber, phoneNumber } from '../../addresses';
import { lookUpRequest } from '../../externalContact/lookUp';
import { fromListOrId } from '../../fields';
import type { ItemReader, Located } from '../../parameters';
import type { ChannelRules } from './channels';

const EXTERNAL_CONTACT = 'External Contact';

/** Whom a message is for, as the item has it. */
export type Recipient =
	| { readonly toAddress: string; readonly externalContactId?: undefined }
	| { readonly externalContactId: string; readonly toAddress?: undefined }
	| {
			readonly toAddress?: undefined;
			readonly externalContactId?: undefined;
			/** The phone number or e-mail address, checked. */
			readonly identifier: string;
			/** What finds the external contact. */
			readonly lookUp: ApiRequest;
	  };

const contactLocator = fromListOrId('searchExternalContacts');

/** The external contact: by list, ID, phone number or e-mail address. */
export const externalContactField: INodeProperties = {
	displayName: EXTERNAL_CONTACT,
	name: 'externalContactId',
	...contactLocator,
	displayOptions: { show: { channel: ['webmessaging'] } },
	description:
		"The customer's record in Genesys Cloud. By Phone Number and By E-Mail look it up with one more call for each item.",
	modes: [
		...contactLocator.modes,
		{
			displayName: 'By Phone Number',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +13175555555',
		},
		{
			displayName: 'By E-Mail',
			name: 'email',
			type: 'string',
			placeholder: 'e.g. ada@example.com',
		},
	],
};

/**
 * Reads whom a message is for.
 *
 * @throws InputError that names the field when the value cannot be used
 */
export function readRecipient(read: ItemReader, rules: ChannelRules): Recipient {
	if (rules.recipient === 'externalContactId') return readExternalContact(read);
	return { toAddress: rules.toAddress('To', addressText(read, rules)) };
}

/** Whom a message is for, as the item has it. */
export function recipientText(read: ItemReader, rules: ChannelRules): string {
	if (rules.recipient === 'externalContactId') return externalContact(read).text;
	return addressText(read, rules);
}

function addressText(read: ItemReader, rules: ChannelRules): string {
	return read.address('toAddress', {
		displayName: 'To',
		remedy: `Map the address of the customer on ${rules.name}`,
	});
}

function externalContact(read: ItemReader): Located {
	return read.located('externalContactId', {
		displayName: EXTERNAL_CONTACT,
		remedy: "Map the customer's external contact ID, phone number or e-mail address",
	});
}

function readExternalContact(read: ItemReader): Recipient {
	const displayName = EXTERNAL_CONTACT;
	const { mode, text } = externalContact(read);
	if (mode === 'phone') {
		const identifier = phoneNumber(displayName, text);
		return { identifier, lookUp: lookUpRequest('Phone', identifier) };
	}
	if (mode === 'email') {
		const identifier = emailAddress(displayName, text);
		return { identifier, lookUp: lookUpRequest('Email', identifier) };
	}
	// Genesys Cloud would say of a whole list of these that it does not know the customers.
	if (text.includes('@')) {
		throw new InputError(
			displayName,
			'is an e-mail address where an ID is meant',
			"Choose 'By E-Mail' in this field, or map the ID",
		);
	}
	const remedy = "Choose 'By Phone Number' in this field, or map the ID";
	return { externalContactId: idNotNumber(displayName, text, remedy) };
}
