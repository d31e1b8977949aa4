import type { ApiRequest } from '../../../nodes/GenesysCloud/api/request';
import { clientWith } from '../support/client';
import { answered, noAnswer, windowHeaders } from '../support/http';

const REQUEST: ApiRequest = { method: 'POST', path: '/x', body: { contactId: 'c' } };

describe('an answer that is not a success', () => {
	it.each([
		['HTML', answered(200, '<html>Please log in</html>')],
		['broken JSON', answered(200, '{"id":"m-1"')],
		['a list', answered(200, '[{"id":"m-1"}]')],
		['nothing', answered(204)],
		['no ID', answered(200, { status: 'ok' })],
		['an empty ID', answered(200, { id: '' })],
		['an ID longer than any', answered(200, { id: 'x'.repeat(257) })],
		['an ID that is no text', answered(201, { id: 7 })],
	])('is a 2xx with %s: it may have been sent and is not tried again', async (_name, result) => {
		const { client, apiCalls } = clientWith({ api: [result] });
		expect(await client(REQUEST)).toMatchObject({
			ok: false,
			failure: {
				reason: 'unexpectedResponse',
				delivered: 'unknown',
				transient: false,
				call: 'send',
			},
		});
		expect(apiCalls).toHaveLength(1);
	});

	it.each([301, 302, 303, 307, 308])(
		'is a redirect (%i): it may have been sent',
		async (status) => {
			const { client } = clientWith({ api: [answered(status, '', { location: '/x' })] });
			expect(await client(REQUEST)).toMatchObject({
				failure: { reason: 'unexpectedResponse', delivered: 'unknown', transient: false },
			});
		},
	);

	it.each([
		[400, 'badRequest', 'no'],
		[403, 'forbidden', 'no'],
		[404, 'notFound', 'no'],
		[409, 'conflict', 'no'],
		[500, 'serverError', 'unknown'],
		[504, 'serverError', 'unknown'],
	] as const)('is a %i: %s, delivered: %s', async (status, reason, delivered) => {
		const body = { message: 'No.', code: 'some.code', status };
		const { client } = clientWith({ api: [answered(status, body)] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason, delivered, httpCode: String(status), call: 'send' },
		});
	});

	it.each([
		['neverConnected', 'network', 'no'],
		['tls', 'network', 'no'],
		['blocked', 'network', 'no'],
		['timeout', 'timeout', 'unknown'],
		['interrupted', 'network', 'unknown'],
	] as const)('is none at all, %s: %s, delivered: %s', async (kind, reason, delivered) => {
		const { client } = clientWith({ api: [noAnswer(kind, 'CODE')] });
		expect(await client(REQUEST)).toMatchObject({
			failure: { reason, delivered, code: 'CODE', call: 'send' },
		});
	});

	it('does not ask for a wait by the window of the token alone, unless it is a 429', async () => {
		const api = [answered(500, '', windowHeaders(300, 12, 55))];
		const { client } = clientWith({ api });
		const result = await client(REQUEST);
		expect(result).toMatchObject({ failure: { reason: 'serverError' } });
		expect(result).not.toHaveProperty('failure.retryAfterMs');
	});
});

describe('an answer with a list', () => {
	const LIST: ApiRequest = { method: 'GET', path: '/x', answer: 'list' };

	it.each([
		['the list itself', { entities: [] }],
		['a query', { results: { entities: [] } }],
	])('is that of %s', async (_name, body) => {
		const { client } = clientWith({ api: [answered(200, body)] });
		expect(await client(LIST)).toEqual({ ok: true, value: { entities: [] } });
	});

	it.each([{ id: 'm-1' }, { entities: {} }, { results: null }, { results: [] }, '<html>'])(
		'is not %j',
		async (body) => {
			const { client } = clientWith({ api: [answered(200, body)] });
			expect(await client(LIST)).toMatchObject({ failure: { reason: 'unexpectedResponse' } });
		},
	);
});

describe('an answer with any object', () => {
	const OBJECT: ApiRequest = { method: 'POST', path: '/x', reads: true, answer: 'object' };

	it.each([{}, { totalHits: 0 }, { results: { a: 1 } }])('is %j', async (body) => {
		const { client } = clientWith({ api: [answered(200, body)] });
		expect(await client(OBJECT)).toEqual({ ok: true, value: body });
	});

	it.each(['', '<html>', '[]'])('is not %j', async (text) => {
		const { client } = clientWith({ api: [answered(200, text)] });
		expect(await client(OBJECT)).toMatchObject({ failure: { reason: 'unexpectedResponse' } });
	});
});
