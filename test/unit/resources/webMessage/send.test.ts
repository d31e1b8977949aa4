import { explain } from '../../../nodes/GenesysCloud/failures/explain';
import { send } from '../../../nodes/GenesysCloud/resources/webMessage/send';
import { parametersOf } from '../support/context';
import { apiFailure } from '../support/failures';
import { inputErrorOf } from '../support/inputErrors';

const FIELDS = { contactId: 'contact-1', senderType: 'agent', message: 'Hello' };
const build = (overrides: Record<string, unknown> = {}, itemIndex = 0) =>
	send.buildRequest(parametersOf({ ...FIELDS, ...overrides }), itemIndex);

describe('the request of Web Message > Send', () => {
	it("is the tutorial's call", () => {
		expect(build()).toEqual({
			method: 'POST',
			path: '/api/v2/webchat/messaging',
			body: { contactId: 'contact-1', type: 'agent', message: 'Hello' },
		});
	});

	it('is built of the parameters of its item', () => {
		const contactId = (index: number) => `contact-${index}`;
		expect(build({ contactId }, 7).body.contactId).toBe('contact-7');
	});

	it('comes from a bot unless told otherwise', () => {
		expect(build({ senderType: undefined }).body.type).toBe('bot');
	});

	it('drops blanks around the contact ID and keeps those of the message', () => {
		const { body } = build({ contactId: ' contact-1\n', message: ' Hello\n ' });
		expect(body).toMatchObject({ contactId: 'contact-1', message: ' Hello\n ' });
	});

	it.each([
		['contactId', 'Contact ID', 256],
		['message', 'Message', 2_000],
	])('takes a %s of the greatest length, and no longer one', (name, field, length) => {
		expect(() => build({ [name]: 'x'.repeat(length) })).not.toThrow();
		const error = inputErrorOf(() => build({ [name]: 'x'.repeat(length + 1) }));
		expect(error.field).toBe(field);
	});

	it.each([
		['contactId', '', "'Contact ID' is empty"],
		['contactId', '   ', "'Contact ID' is empty"],
		['contactId', undefined, "'Contact ID' is empty"],
		['contactId', 12, "'Contact ID' is not text but a number"],
		['message', '', "'Message' is empty"],
		['message', null, "'Message' is empty"],
		['message', ['a'], "'Message' is not text but a list"],
		['senderType', 'customer', "'Sender Type' has a value that is not allowed"],
	])('refuses the %s %j before any call', (name, value, message) => {
		expect(inputErrorOf(() => build({ [name]: value })).message).toBe(message);
	});
});

describe('the output of Web Message > Send', () => {
	it('is simplified', () => {
		const response = { id: 'm-1', timestamp: '2026-11-22T12:00:00.000Z', more: 1 };
		expect(send.toOutput(response, build())).toEqual({
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
			const { timestamp } = send.toOutput({ id: 'm-1', timestamp: 7 }, build());
			expect(timestamp).toBe('2026-11-22T12:00:00.000Z');
		} finally {
			jest.useRealTimers();
		}
	});

	it('of a message that was sent already has the recorded ID', () => {
		const receipt = send.toReceipt({ id: 'm-1', message: 'Hello' });
		expect(receipt).toEqual({ id: 'm-1' });
		expect(send.toRecordedOutput(build(), receipt)).toEqual({
			id: 'm-1',
			contactId: 'contact-1',
			type: 'agent',
			status: 'sent',
			alreadySent: true,
		});
		expect(send.toRecordedOutput(build())).not.toHaveProperty('id');
	});
});

describe('a failure of Web Message > Send', () => {
	const refined = (overrides: Parameters<typeof apiFailure>[0]) =>
		send.refineFailure(apiFailure(overrides)).reason;

	it.each([
		'Contact ID is invalid or session has expired',
		'The session has expired.',
		'Session not found',
		'sessions of this contact have ended',
		'Contact has expired',
		'The contact is past its expiry',
		'Invalid contact',
		'Invalid contact ID',
		'Invalid contactId: abc',
		'contactId is not valid',
		'The contact ID "x" is unknown',
	])('400 %j: the session has expired', (apiMessage) => {
		expect(refined({ httpCode: '400', apiMessage })).toBe('sessionExpired');
	});

	it.each([
		'The request could not be understood by the server due to malformed syntax.',
		'Value [x] is not valid for field type [type]. Allowable values are: bot, agent',
		'message must not be empty',
		'obsession',
		'unexpired',
		undefined,
	])('400 %j: a bad request', (apiMessage) => {
		const said = apiMessage === undefined ? {} : { apiMessage };
		expect(refined({ httpCode: '400', ...said })).toBe('badRequest');
	});

	it.each(['405', '413', '415', '422'])(
		'%s that speaks of a session: a bad request',
		(httpCode) => {
			expect(refined({ httpCode, apiMessage: 'session has expired' })).toBe('badRequest');
		},
	);

	it.each([
		[{ code: 'not.found' }, 'contactNotFound'],
		[{ apiMessage: 'The requested resource was not found.' }, 'contactNotFound'],
		[{}, 'notFound'],
	])('404 with %j: %s', (said, reason) => {
		expect(refined({ reason: 'notFound', httpCode: '404', ...said })).toBe(reason);
	});

	it.each(['unauthorized', 'forbidden', 'conflict', 'rateLimited', 'serverError'] as const)(
		'leaves %s as it is',
		(reason) => {
			expect(refined({ reason, apiMessage: 'session has expired', code: 'c' })).toBe(reason);
		},
	);

	it.each(['badRequest', 'notFound'] as const)('leaves %s of the token endpoint', (reason) => {
		const said = { httpCode: '400', apiMessage: 'session has expired', code: 'c' };
		expect(refined({ reason, call: 'token', ...said })).toBe(reason);
	});
});

/** The tutorial's "Common Errors & Debugging", with its remedies. */
describe("the tutorial's row", () => {
	it.each([
		{
			row: '400 Contact ID is invalid or session has expired',
			failure: {
				httpCode: '400',
				apiMessage: 'Contact ID is invalid or session has expired',
			},
			message: /Contact ID' is invalid or its session has expired/,
			remedies: [/recent session/, /session timeout/, /cannot be woken up/, /start a new chat/],
		},
		{
			row: '403 Insufficient Permissions',
			failure: {
				reason: 'forbidden' as const,
				httpCode: '403',
				apiMessage: 'You are missing the following permission(s): [webchat:messaging:send]',
			},
			message: /insufficient permissions/,
			remedies: [/scope 'webchat:messaging'/, /role/, /webchat:messaging:send/],
		},
		{
			row: '429 Too Many Requests',
			failure: { reason: 'rateLimited' as const, httpCode: '429', retryAfterMs: 42_000 },
			message: /limiting the rate/,
			remedies: [/Try again in 42 seconds/],
		},
		{
			row: '404 Not Found',
			failure: { reason: 'notFound' as const, httpCode: '404', code: 'not.found' },
			message: /does not exist in Genesys Cloud/,
			remedies: [/connect or message event/, /stored correctly/, /without this .* endpoint/],
		},
	])('$row has its text and remedy', ({ failure, message, remedies }) => {
		const text = explain(send.refineFailure(apiFailure(failure)), send);
		expect(text.message).toMatch(message);
		for (const remedy of remedies) expect(text.description).toMatch(remedy);
	});

	it('is not shown for a refusal of the token endpoint', () => {
		const failure = apiFailure({ reason: 'forbidden', call: 'token' });
		expect(send.explain(failure)).toBeUndefined();
	});
});
