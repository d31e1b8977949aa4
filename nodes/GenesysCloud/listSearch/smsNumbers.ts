import type { PickList } from './list';
import { nextNumberedPage, PAGE_SIZE, pageNumber } from './numberedPages';
import { text } from './text';

/** SMS numbers of the organization: `GET /api/v2/routing/sms/phonenumbers`. */
export const smsNumbers: PickList = {
	what: 'SMS numbers',
	permission: 'sms:phoneNumber:view',
	request: (page) => ({
		method: 'GET',
		path: `/api/v2/routing/sms/phonenumbers?pageSize=${PAGE_SIZE}&pageNumber=${pageNumber(page)}`,
	}),
	toItem: ({ phoneNumber, name }) => ({
		name: [text(phoneNumber), text(name)].filter((part) => part !== '').join(' - '),
		value: text(phoneNumber),
	}),
	nextPage: nextNumberedPage,
};
