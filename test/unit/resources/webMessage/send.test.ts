import type { JsonObject } from '../../../../nodes/GenesysCloud/delivery/types';
import { send } from '../../../../nodes/GenesysCloud/resources/webMessage/send';
import { inputErrorOf } from '../../support/inputErrors';
import { readerOf } from '../../support/reader';

const FIELDS = { contactId: 'contact-1', senderType: 'agent', message: 'Hello' };
const prepare = (overrides: Record<string, unknown> = {}) =>
	send.prepare(readerOf({ ...FIELDS, ...overrides }));
const bodyOf = (overrides: Record<string, unknown> = {}) =>
	prepare(overrides).request.body as JsonObject;

describe('the request of Web Message > Send', () => {
	it("is the tutorial's call", () => {
		expect(prepare().request).toEqual({
			method: 'POST',
			path: '/api/v2/webchat/messaging',
			body: { contactId: 'contact-1', type: 'agent', message: 'Hello' },
		});
	});

	it('comes from a bot unless told otherwise', () => {
		expect(bodyOf({ senderType: undefined }).type).toBe('bot');
	});

	it('drops blanks around the contact ID and keeps those of the message', () => {
		const body = bodyOf({ contactId: ' \u202acontact-1\u202c\n', message: ' Hello\n ' });
		expect(body).toMatchObject({ contactId: 'contact-1', message: ' Hello\n ' });
	});

	it.each([
		['contactId', 'Contact ID', 256],
		['message', 'Message', 2_000],
	])('takes a %s of the greatest length, and no longer one', (name, field, length) => {
		expect(() => prepare({ [name]: 'x'.repeat(length) })).not.toThrow();
		const error = inputErrorOf(() => prepare({ [name]: 'x'.repeat(length + 1) }));
		expect(error.field).toBe(field);
	});

	it.each([
		['contactId', '', "'Contact ID' is empty"],
		['contactId', '   ', "'Contact ID' is empty"],
		['contactId', undefined, "'Contact ID' is empty"],
		['contactId', true, "'Contact ID' is not text but a boolean"],
		['contactId', 1e21, "'Contact ID' is a number that is too long to be exact"],
		['message', '\u200b\ufeff ', "'Message' is empty"],
		['message', '', "'Message' is empty"],
		['message', null, "'Message' is empty"],
		['message', ['a'], "'Message' is not text but a list"],
		['senderType', 'customer', "'Sender Type' has a value that is not allowed"],
	])('refuses the %s %j before any call', (name, value, message) => {
		expect(inputErrorOf(() => prepare({ [name]: value })).message).toBe(message);
	});
});

it.each([
	['contactId', "Map the contact ID that was stored when the customer's session began"],
	['message', 'Enter the text that the customer is to get'],
])('the remedy for an empty %s is: %s', (name, remedy) => {
	expect(inputErrorOf(() => prepare({ [name]: '' })).remedy).toBe(remedy);
});

it.each([
	['contactId', 4711],
	['message', 123456],
])('a number is taken for its digits: %s', (name, value) => {
	expect(bodyOf({ [name]: value })).toMatchObject({ [name]: String(value) });
});

it('the text is no part of whom the message is for', () => {
	const { recipient, content } = prepare({ message: 'Bye' });
	expect([recipient, content]).toEqual([['webMessage', 'contact-1'], 'Bye']);
});

describe('the output of Web Message > Send', () => {
	it('is simplified', () => {
		const response = { id: 'm-1', timestamp: '2026-11-22T12:00:00.000Z', more: 1 };
		expect(prepare().output(response)).toEqual({
			id: 'm-1',
			contactId: 'contact-1',
			type: 'agent',
			status: 'sent',
			timestamp: '2026-11-22T12:00:00.000Z',
		});
	});

	it('has the time of the answer when the API tells none', () => {
		jest.useFakeTimers({ now: Date.UTC(2026, 10, 22, 12) });
		try {
			const { timestamp } = prepare().output({ id: 'm-1', timestamp: 7 }) as JsonObject;
			expect(timestamp).toBe('2026-11-22T12:00:00.000Z');
		} finally {
			jest.useRealTimers();
		}
	});

	it('of a message that was sent already has the recorded ID', () => {
		const message = prepare();
		expect(message.receipt({ id: 'm-1', message: 'Hello' })).toEqual({ id: 'm-1' });
		expect(message.known()).toEqual({ contactId: 'contact-1', type: 'agent', status: 'sent' });
	});
});
