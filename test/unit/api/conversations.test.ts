import {
	conversationRequest,
	isCustomer,
	isSaid,
	messagesRequest,
	textOf,
} from '../../../nodes/GenesysCloud/api/conversations';

const TYPING = [{ eventType: 'Typing' }];
const QUICK_REPLY = {
	contentType: 'ButtonResponse',
	buttonResponse: { text: 'Yes', payload: 'y' },
};

describe('a conversation', () => {
	it.each([
		['c-1', 'c-1'],
		['../a b?', '..%2Fa%20b%3F'],
	])('is read by its ID: %j', (id, written) => {
		expect(conversationRequest(id)).toEqual({
			method: 'GET',
			path: `/api/v2/conversations/messages/${written}`,
			reads: true,
		});
	});

	it.each([
		['c-1', 'c-1'],
		['../a b?', '..%2Fa%20b%3F'],
	])('has the texts of its messages read, which changes nothing: %j', (id, written) => {
		expect(messagesRequest(id, ['m-1', 'm-2'])).toEqual({
			method: 'POST',
			path: `/api/v2/conversations/messages/${written}/messages/bulk`,
			body: ['m-1', 'm-2'],
			reads: true,
			answer: 'list',
		});
	});

	it.each([
		['customer', true],
		['external', true],
		['agent', false],
		['acd', false],
		['', false],
		[undefined, false],
	])('has its customer in a participant whose purpose is %j: %s', (purpose, expected) => {
		expect(isCustomer({ purpose })).toBe(expected);
	});
});

describe('what was said', () => {
	it.each([
		[{ type: 'Text' }, true],
		[{ type: 'Structured', content: [{ contentType: 'Card' }] }, true],
		[{ type: 'Message', content: [{ contentType: 'Attachment' }], events: TYPING }, true],
		[{ type: 'Text', events: TYPING }, true],
		[{ text: 'Hello', events: TYPING }, true],
		[{ type: 'Message', events: [] }, true],
		[{ type: 'Unknown' }, true],
		[{ type: 7 }, true],
		[undefined, true],
		[null, true],
		[{ type: 'Event', events: TYPING }, false],
		[{ type: 'EVENT' }, false],
		[{ type: 'Receipt' }, false],
		[{ type: 'Message', events: TYPING }, false],
		[{ events: TYPING, content: null }, false],
	])('of the kind %j: %s', (kind, expected) => {
		expect(isSaid(kind)).toBe(expected);
	});

	it.each([
		[{ normalizedMessage: { text: 'Yes' } }, 'Yes'],
		[{ normalizedMessage: { text: 'Yes', content: [QUICK_REPLY] } }, 'Yes'],
		[{ normalizedMessage: { type: 'Structured', content: [QUICK_REPLY] } }, 'Yes'],
		[{ normalizedMessage: { text: '', content: [null, QUICK_REPLY, QUICK_REPLY] } }, 'Yes, Yes'],
		[{ normalizedMessage: null, textBody: 'Old' }, 'Old'],
		[{ normalizedMessage: { content: [{ contentType: 'Attachment' }] } }, undefined],
		[{ normalizedMessage: { text: 7, content: 'x' }, textBody: {} }, undefined],
		[{}, undefined],
	])('by %j is %j', (message, expected) => {
		expect(textOf(message)).toBe(expected);
	});
});
