import type { Models } from 'purecloud-platform-client-v2';

import type { ApiRoute } from '../../http/apiRoute';
import { documentedError } from '../../http/errors';
import type { Directory } from '../../model/directory/directory';
import type { Template } from '../../model/directory/records';

const PATH = '/api/v2/responsemanagement/responses';
const CREATED = '2026-02-10T08:00:00.000Z';

/** WhatsApp's own name of a template: lower case, no blanks. */
const whatsAppName = (name: string): string => name.toLowerCase().replace(/\W+/g, '_');

/** A response in the documented shape `Response`; a WhatsApp template has `messagingTemplate`. */
export function responseOf({ libraries }: Directory, template: Template): Models.Response {
	const { id, name, libraryId, text, language } = template;
	const parameters = [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, parameter = '']) => parameter);
	const whatsApp = { name: whatsAppName(name), namespace: '', language };
	return {
		id,
		name,
		version: 1,
		libraries: [
			{
				id: libraryId,
				name: libraries.get(libraryId)?.name,
				selfUri: `/api/v2/responsemanagement/libraries/${libraryId}`,
			},
		],
		texts: [{ content: text, contentType: 'text/plain' }],
		dateCreated: CREATED,
		substitutions: parameters.map((parameter) => ({ id: parameter, description: '' })),
		...(language !== '' && {
			responseType: 'MessagingTemplate',
			messagingTemplate: { whatsApp },
		}),
		selfUri: `${PATH}/${id}`,
	};
}

/** One response: the template that a person has chosen, with its placeholders. */
export const responseRoute: ApiRoute = {
	method: 'GET',
	url: `${PATH}/:responseId`,
	endpoint: 'read',
	anyPermission: ['responses:response:view'],
	answer({ state: { directory }, params }): Models.Response {
		const template = directory.templates.get(params.responseId ?? '');
		if (template === undefined) throw documentedError(404);
		return responseOf(directory, template);
	},
};
