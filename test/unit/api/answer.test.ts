import { errorFields, parseObject } from '../../../nodes/GenesysCloud/api/answer';
import { answer } from '../support/http';

describe('parseObject', () => {
	it.each([
		['{"id":"m-1"}', { id: 'm-1' }],
		['{}', {}],
		[' \r\n\t{"id":"m-1"}\n', { id: 'm-1' }],
		['\ufeff{"id":"m-1"}', { id: 'm-1' }],
	])('reads %j', (text, expected) => {
		expect(parseObject(text)).toEqual(expected);
	});

	it.each([
		'',
		'<!doctype html><html></html>',
		'{"id":',
		'[{"id":"m-1"}]',
		'"text"',
		'42',
		'null',
		'true',
		"{'id': 1}",
		'{"id":1} trailing',
	])('takes %j for no answer of the API', (text) => {
		expect(parseObject(text)).toBeUndefined();
	});
});

describe('errorFields', () => {
	it("reads Genesys Cloud's own format", () => {
		const body = {
			message: 'Unable to perform the requested action.',
			code: 'missing.permissions',
			status: 403,
			contextId: 'ctx-1',
			details: [],
			errors: [],
		};
		expect(errorFields(answer(403, body))).toEqual({
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
		expect(errorFields(answer(400, body))).toEqual({
			httpCode: '400',
			code: 'invalid_client',
			apiMessage: 'client not found',
		});
	});

	it('falls back to the description', () => {
		expect(errorFields(answer(400, { description: 'authentication failed' }))).toEqual({
			httpCode: '400',
			apiMessage: 'authentication failed',
		});
	});

	it('prefers the correlation ID of the header', () => {
		const response = answer(500, { contextId: 'body' }, { 'inin-correlation-id': 'header' });
		expect(errorFields(response).correlationId).toBe('header');
	});

	it.each(['', '<html>502</html>', '[]', '{"message":7,"code":{},"contextId":""}'])(
		'knows the status alone of %j',
		(text) => {
			expect(errorFields(answer(502, text))).toEqual({ httpCode: '502' });
		},
	);

	it('turns control characters and line breaks into single blanks', () => {
		const message = 'line 1\r\n\tline\u0000 2\u200b\u2028end\u001b[31m ';
		expect(errorFields(answer(400, { message })).apiMessage).toBe('line 1 line 2 end [31m');
	});

	it('says nothing of a message that is blank', () => {
		expect(errorFields(answer(400, { message: ' \n\u0000', code: '\t' }))).toEqual({
			httpCode: '400',
		});
	});

	it('cuts long texts at 500 characters', () => {
		const long = 'x'.repeat(100_000);
		const fields = errorFields(answer(400, { message: long, code: long, contextId: long }));
		expect(fields.apiMessage).toHaveLength(500);
		expect(fields.code).toHaveLength(500);
		expect(fields.correlationId).toHaveLength(500);
	});
});
