import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { messageBy, phoneNumbers, reading, recipients } from './messages';

/** Parameters of each operation, for the items of `anyItems`. A new operation needs a line here. */
const PARAMETERS: Readonly<Record<string, IDataObject>> = {
	'message/send': messageBy('sms'),
	'message/getStatus': reading('message', 'getStatus', 'messageId'),
	'conversation/get': reading('conversation', 'get', 'conversationId'),
	'conversation/getMessages': reading('conversation', 'getMessages', 'conversationId'),
	'externalContact/lookUp': {
		resource: 'externalContact',
		operation: 'lookUp',
		identifierValue: '={{ $json.to }}',
	},
	'webMessage/send': { resource: 'webMessage', operation: 'send' },
};

/** All operations of the registry, by what people call them, with parameters that work. */
export const OPERATIONS = RESOURCES.flatMap(({ value: resource, name, operations }) =>
	operations.map((operation) => {
		const parameters = PARAMETERS[`${resource}/${operation.value}`];
		if (!parameters)
			throw new Error(`test/engine/support/operations.ts lacks ${resource}/${operation.value}.`);
		return { title: `${name} > ${operation.name}`, resource, operation, parameters };
	}),
);

/** Those that give one item for each; a conversation gives as many as it has messages. */
export const OF_ONE_ITEM = OPERATIONS.filter(
	({ resource, operation }) => `${resource}/${operation.value}` !== 'conversation/getMessages',
);

/** Items that have what every operation asks for: `to`, `text`, `id` and `contactId`. */
export function anyItems(count: number): INodeExecutionData[] {
	return recipients(...phoneNumbers(count)).map(({ json }, index) => ({
		json: { ...json, id: 'm-1', contactId: `c${index + 1}` },
	}));
}
