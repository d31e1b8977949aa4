import {
	type ILoadOptionsFunctions,
	type ResourceMapperField,
	type ResourceMapperFields,
} from 'n8n-workflow';

import { placeholdersOf, templateText } from '../resources/message/send/templatePlaceholders';
import { plain } from '../resources/parameters';
import { panelError, panelReader, type PanelRead } from './list';

const READ: PanelRead = {
	what: 'placeholders of a template',
	permission: 'responses:response:view',
	otherwise: "choose 'Using Rows' or 'Using JSON'",
};

/**
 * The placeholders of the chosen template as fields: `GET /api/v2/responsemanagement/responses/{responseId}`.
 *
 * @throws NodeApiError that names the missing permission and how to go on without the fields
 */
export async function placeholderFields(
	context: ILoadOptionsFunctions,
): Promise<ResourceMapperFields> {
	const id = plain(context.getCurrentNodeParameter('templateId', { extractValue: true }));
	if (typeof id !== 'string' || !/^[\w-]{1,128}$/.test(id)) {
		return {
			fields: [],
			emptyFieldsNotice:
				"An expression chooses the template, so its placeholders are not known here: choose 'Using Rows' or 'Using JSON'.",
		};
	}
	const read = await panelReader(context);
	const path = `/api/v2/responsemanagement/responses/${id}`;
	const result = await read({ method: 'GET', path });
	if (!result.ok) throw panelError(context, READ, result.failure);
	const fields = placeholdersOf(result.value).map(({ name, label }) => fieldOf(name, label));
	return {
		fields,
		...(fields.length === 0 && {
			emptyFieldsNotice: `This template has no placeholders: "${templateText(result.value)}"`,
		}),
	};
}

function fieldOf(id: string, displayName: string): ResourceMapperField {
	return {
		id,
		displayName,
		type: 'string',
		required: true,
		display: true,
		defaultMatch: false,
		canBeUsedToMatch: false,
	};
}
