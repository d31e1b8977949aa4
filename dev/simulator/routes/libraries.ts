import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../apiRoute';
import { invalidValue, queryValues } from '../fields';
import { pageOf } from '../paging';

const PATH = '/api/v2/responsemanagement/libraries';
const CREATED = '2026-02-10T08:00:00.000Z';

/** The libraries of responses; `messagingTemplateFilter` leaves those with WhatsApp templates. */
export const librariesRoute: ApiRoute = {
	method: 'GET',
	url: PATH,
	endpoint: 'read',
	anyPermission: ['responses:library:view'],
	answer(call): Models.LibraryEntityListing {
		const { libraries, templates } = call.state.directory;
		const [channel] = queryValues(call, 'messagingTemplateFilter');
		if (channel !== undefined && channel !== 'whatsapp') {
			throw invalidValue('messagingTemplateFilter', channel, ['whatsapp']);
		}
		const [prefix = ''] = queryValues(call, 'libraryPrefix');
		const withTemplates = new Set(
			templates
				.all()
				.filter(({ language }) => language !== '')
				.map(({ libraryId }) => libraryId),
		);
		const found = libraries
			.all()
			.filter(({ name }) => name.toLowerCase().startsWith(prefix.toLowerCase()))
			.filter(({ id }) => channel === undefined || withTemplates.has(id))
			.map(({ id, name }) => ({
				id,
				name,
				version: 1,
				dateCreated: CREATED,
				selfUri: `${PATH}/${id}`,
			}));
		return pageOf(call, PATH, found);
	},
};
