import type { PickList } from './list';
import { nextNumberedPage, PAGE_SIZE, pageNumber } from './numberedPages';
import { text } from './text';

/**
 * Messaging integrations: `GET /api/v2/conversations/messaging/integrations`.
 *
 * @param channel the channel whose integrations are listed
 * @returns the pick-list
 */
export function integrations(channel: unknown): PickList {
	return {
		what: 'integrations',
		permission: 'messaging:integration:view',
		request: (page) => ({
			method: 'GET',
			path: `/api/v2/conversations/messaging/integrations?pageSize=${PAGE_SIZE}&pageNumber=${pageNumber(page)}`,
		}),
		toItem: ({ id, name, messengerType }) =>
			messengerType === undefined || messengerType === channel
				? { name: text(name), value: text(id) }
				: undefined,
		nextPage: nextNumberedPage,
	};
}
