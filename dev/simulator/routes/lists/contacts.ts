import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { badField, queryValues } from '../../http/fields';
import { pageOf } from '../../http/paging';
import { contactOf } from './identifierLookup';

const PATH = '/api/v2/externalcontacts/contacts';
/** Documented: "pageNumber * pageSize must be <= 1,000". */
const MAX_RECORDS = 1_000;

/** The first 1,000 external contacts; `q` is looked for in their names, numbers and addresses. */
export const contactsRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	anyPermission: ['externalContacts:contact:view'],
	answer(call): Models.ContactListing {
		const [wanted = ''] = queryValues(call, 'q').map((text) => text.toLowerCase());
		const found = call.state.directory.externalContacts
			.all()
			.filter(({ firstName, lastName, phone = '', email = '' }) =>
				[`${firstName} ${lastName}`, phone, email].join('\n').toLowerCase().includes(wanted),
			)
			.map((contact) => contactOf(contact, queryValues(call, 'expand')));
		const page = pageOf(call, PATH, found);
		if (page.pageNumber * page.pageSize > MAX_RECORDS) {
			throw badField('pageNumber', 'field.invalid');
		}
		return page;
	},
};
