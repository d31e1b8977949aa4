import { explain } from '../../../../nodes/GenesysCloud/failures/explain';
import {
	explainSendFailure,
	recogniseSendFailure,
} from '../../../../nodes/GenesysCloud/resources/webMessage/send';
import { apiFailure } from '../../support/failures';

describe('a failure of Web Message > Send', () => {
	const refined = (overrides: Parameters<typeof apiFailure>[0]) =>
		recogniseSendFailure(apiFailure(overrides)).reason;

	it.each([
		'Contact ID is invalid or session has expired',
		'The session has expired.',
		'Session not found',
		'sessions of this contact have ended',
		'There is no active session',
		'Invalid contact',
		'Invalid contact ID',
		'Invalid contactId: abc',
		'contactId is not valid',
		'The contact ID "x" is unknown',
	])('400 %j: the session has expired', (ownWords) => {
		expect(refined({ httpCode: '400', ownWords })).toBe('sessionExpired');
	});

	it.each([
		'The request could not be understood by the server due to malformed syntax.',
		'Value [x] is not valid for field type [type]. Allowable values are: bot, agent',
		'message must not be empty',
		'obsession',
		'unexpired',
		undefined,
	])('400 %j: a bad request', (ownWords) => {
		const said = ownWords === undefined ? {} : { ownWords };
		expect(refined({ httpCode: '400', ...said })).toBe('badRequest');
	});

	it.each([
		['The session has expired', 'sessionExpired'],
		['The contact does not exist', 'contactNotFound'],
		['Another message is on its way', 'conflict'],
	])('409 %j: %s', (ownWords, reason) => {
		expect(refined({ reason: 'conflict', httpCode: '409', ownWords })).toBe(reason);
	});

	it('400 that does not know the customer: not found', () => {
		const ownWords = 'The contact does not exist';
		expect(refined({ httpCode: '400', ownWords })).toBe('contactNotFound');
	});

	it('400 that is no answer of the API: left as it is', () => {
		const said = { httpCode: '400', ownWords: 'session has expired' };
		expect(refined({ reason: 'unexpectedResponse', ...said })).toBe('unexpectedResponse');
	});

	it.each(['405', '413', '415', '422'])(
		'%s that speaks of a session: a bad request',
		(httpCode) => {
			expect(refined({ httpCode, ownWords: 'session has expired' })).toBe('badRequest');
		},
	);

	it.each([
		[{ code: 'not.found' }, 'contactNotFound'],
		[{ ownWords: 'The requested resource was not found.' }, 'contactNotFound'],
		[{ ownWords: 'No such deployment' }, 'notFound'],
		[{ delivered: 'unknown' as const }, 'notFound'],
	])('404 with %j: %s', (said, reason) => {
		expect(refined({ reason: 'notFound', httpCode: '404', ...said })).toBe(reason);
	});

	it.each(['unauthorized', 'forbidden', 'rateLimited', 'serverError'] as const)(
		'leaves %s as it is',
		(reason) => {
			expect(refined({ reason, ownWords: 'session has expired', code: 'c' })).toBe(reason);
		},
	);

	it.each(['badRequest', 'notFound'] as const)('leaves %s of the token endpoint', (reason) => {
		const said = { httpCode: '400', ownWords: 'session has expired', code: 'c' };
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
				ownWords: 'Contact ID is invalid or session has expired',
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
		const text = explain(recogniseSendFailure(apiFailure(failure)), explainSendFailure);
		expect(text.message).toMatch(message);
		for (const remedy of remedies) expect(text.description).toMatch(remedy);
	});

	it('is not shown for a refusal of the token endpoint', () => {
		const failure = apiFailure({ reason: 'forbidden', call: 'token' });
		expect(explainSendFailure(failure)).toBeUndefined();
	});
});
