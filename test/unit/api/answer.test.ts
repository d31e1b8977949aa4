import {
	classifyAnswer,
	isId,
	listOf,
	unexpectedAnswer,
} from '../../../nodes/GenesysCloud/api/answer';
import type { HttpResponse } from '../../../nodes/GenesysCloud/api/http';
import { answer } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);
/** How Genesys Cloud refuses. */
const REFUSAL = { message: 'No.', code: 'bad.request', status: 400, contextId: 'c', details: [] };

describe('what an answer says', () => {
	/** What is read from the answer, whatever it is taken for. */
	function fields(response: HttpResponse) {
		const { reason, delivered, transient, ...said } = unexpectedAnswer(response);
		expect([reason, delivered, transient]).toEqual(['unexpectedResponse', 'unknown', false]);
		return said;
	}

	it("reads Genesys Cloud's own format", () => {
		const body = {
			message: 'Unable to perform the requested action.',
			code: 'missing.permissions',
			status: 403,
			contextId: 'ctx-1',
			details: [],
			errors: [],
		};
		expect(fields(answer(403, body))).toEqual({
			httpCode: '403',
			code: 'missing.permissions',
			apiMessage: 'Unable to perform the requested action.',
			correlationId: 'ctx-1',
		});
	});

	it('reads the format of the token endpoint', () => {
		const body = {
			error: 'invalid_client',
			description: 'authentication failed',
			error_description: 'client not found',
		};
		expect(fields(answer(400, body))).toEqual({
			httpCode: '400',
			code: 'invalid_client',
			apiMessage: 'client not found',
		});
	});

	it('falls back to the description', () => {
		expect(fields(answer(400, { description: 'authentication failed' }))).toEqual({
			httpCode: '400',
			apiMessage: 'authentication failed',
		});
	});

	it('prefers the correlation ID of the header', () => {
		const response = answer(500, { contextId: 'body' }, { 'inin-correlation-id': 'header' });
		expect(fields(response).correlationId).toBe('header');
	});

	it.each(['', '<html>502</html>', '[]', '{"message":7,"code":{},"contextId":""}'])(
		'knows the status alone of %j',
		(text) => {
			expect(fields(answer(502, text))).toEqual({ httpCode: '502' });
		},
	);

	it('turns control characters and line breaks into single blanks', () => {
		const message = 'line 1\r\n\tline\u0000 2\u200b\u2028end\u001b[31m ';
		expect(fields(answer(400, { message })).apiMessage).toBe('line 1 line 2 end [31m');
	});

	it('says nothing of a message that is blank', () => {
		expect(fields(answer(400, { message: ' \n\u0000', code: '\t' }))).toEqual({
			httpCode: '400',
		});
	});

	it('cuts long texts at 500 characters', () => {
		const long = 'x'.repeat(100_000);
		const said = fields(answer(400, { message: long, code: long, contextId: long }));
		expect(said.apiMessage).toHaveLength(500);
		expect(said.code).toHaveLength(500);
		expect(said.correlationId).toHaveLength(500);
	});
});

describe('an answer that is no success', () => {
	it.each([
		[301, 'unexpectedResponse', 'unknown', false],
		[302, 'unexpectedResponse', 'unknown', false],
		[303, 'unexpectedResponse', 'unknown', false],
		[304, 'unexpectedResponse', 'unknown', false],
		[307, 'unexpectedResponse', 'unknown', false],
		[400, 'badRequest', 'unknown', false],
		[401, 'unauthorized', 'unknown', false],
		[402, 'badRequest', 'unknown', false],
		[403, 'forbidden', 'unknown', false],
		[404, 'notFound', 'unknown', false],
		[405, 'badRequest', 'unknown', false],
		[408, 'timeout', 'unknown', true],
		[409, 'conflict', 'unknown', false],
		[410, 'badRequest', 'unknown', false],
		[413, 'badRequest', 'unknown', false],
		[415, 'badRequest', 'unknown', false],
		[422, 'badRequest', 'unknown', false],
		[429, 'rateLimited', 'no', true],
		[499, 'badRequest', 'unknown', false],
		[500, 'serverError', 'unknown', true],
		[501, 'serverError', 'unknown', true],
		[502, 'serverError', 'unknown', true],
		[503, 'serverError', 'unknown', true],
		[504, 'serverError', 'unknown', true],
		[520, 'serverError', 'unknown', true],
		[599, 'serverError', 'unknown', true],
	] as const)('%i is %s, delivered: %s, transient: %s', (status, reason, delivered, transient) => {
		expect(classifyAnswer(answer(status), NOW)).toEqual({
			reason,
			delivered,
			transient,
			httpCode: String(status),
		});
	});

	it.each([400, 401, 402, 403, 404, 405, 408, 409, 410, 413, 415, 422, 499])(
		"%i in Genesys Cloud's own format proves that nothing was accepted",
		(status) => {
			const said = { ...REFUSAL, status };
			expect(classifyAnswer(answer(status, said), NOW).delivered).toBe('no');
		},
	);

	it.each([
		['all', REFUSAL],
		['a message and a code', { message: 'No.', code: 'not.found' }],
		['a message and a context', { message: 'No.', contextId: 'c-1' }],
	])('is a refusal with %s of its fields', (_name, body) => {
		expect(classifyAnswer(answer(400, body), NOW).delivered).toBe('no');
	});

	it.each([
		['HTML', '<html>Bad Request</html>'],
		['nothing', ''],
		['a list', [REFUSAL]],
		['no field of it', { detail: 'Upstream refused' }],
		['a message alone', { message: 'Upstream timed out after it was accepted' }],
		['a message and the status', { message: 'No.', status: 400 }],
		['an error', { error: 'Request Timeout', message: 'No.' }],
		['a code alone', { code: 'ECONNRESET' }],
		['fields of other types', { message: 'No.', code: 400, error: true, contextId: 7 }],
	])('is no refusal that proves anything with %s', (_name, body) => {
		expect(classifyAnswer(answer(400, body), NOW).delivered).toBe('unknown');
	});

	it.each([301, 302, 303, 500, 502, 503, 504])(
		'%i proves nothing, whatever stands in it',
		(status) => {
			const said = answer(status, { ...REFUSAL, status }, { 'retry-after': '7' });
			expect(classifyAnswer(said, NOW)).toMatchObject({
				delivered: 'unknown',
				retryAfterMs: 7_000,
			});
		},
	);

	it('keeps what the API says', () => {
		const body = { message: 'Rate limit exceeded', code: 'too.many.requests', contextId: 'c' };
		expect(classifyAnswer(answer(429, body, { 'retry-after': '42' }), NOW)).toEqual({
			reason: 'rateLimited',
			delivered: 'no',
			transient: true,
			httpCode: '429',
			code: 'too.many.requests',
			apiMessage: 'Rate limit exceeded',
			correlationId: 'c',
			retryAfterMs: 42_000,
		});
	});
});

describe("a success that is not the API's", () => {
	it('may have been accepted, and is not tried again', () => {
		expect(unexpectedAnswer(answer(200, '<html>log in</html>'))).toEqual({
			reason: 'unexpectedResponse',
			delivered: 'unknown',
			transient: false,
			httpCode: '200',
		});
	});
});

describe('an ID', () => {
	it.each(['m-1', 'x'.repeat(256)])('may be %j', (value) => {
		expect(isId(value)).toBe(true);
	});

	it.each(['', 'x'.repeat(257), 7, null, undefined, ['m-1'], {}])('is not %j', (value) => {
		expect(isId(value)).toBe(false);
	});
});

describe('the list in an answer', () => {
	const list = { entities: [{ id: '1' }] };

	it.each([
		[list, list],
		[{ results: list, query: {} }, list],
		[
			{ ...list, results: null },
			{ ...list, results: null },
		],
		[
			{ ...list, results: 'none' },
			{ ...list, results: 'none' },
		],
	])('of %j is %j', (body, expected) => {
		expect(listOf(body)).toEqual(expected);
	});
});
