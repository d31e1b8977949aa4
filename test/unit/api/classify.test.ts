import {
	classifyAnswer,
	classifyNoAnswer,
	unexpectedAnswer,
} from '../../../nodes/GenesysCloud/api/classify';
import { answer } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12);

describe('classifyAnswer', () => {
	it.each([
		[301, 'unexpectedResponse', 'no', false],
		[302, 'unexpectedResponse', 'no', false],
		[304, 'unexpectedResponse', 'no', false],
		[307, 'unexpectedResponse', 'no', false],
		[400, 'badRequest', 'no', false],
		[401, 'unauthorized', 'no', false],
		[402, 'badRequest', 'no', false],
		[403, 'forbidden', 'no', false],
		[404, 'notFound', 'no', false],
		[405, 'badRequest', 'no', false],
		[408, 'badRequest', 'no', false],
		[409, 'conflict', 'no', false],
		[410, 'badRequest', 'no', false],
		[413, 'badRequest', 'no', false],
		[415, 'badRequest', 'no', false],
		[422, 'badRequest', 'no', false],
		[429, 'rateLimited', 'no', true],
		[499, 'badRequest', 'no', false],
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

	it('knows that a 503 with Retry-After was turned away at the door', () => {
		const failure = classifyAnswer(answer(503, '', { 'retry-after': '7' }), NOW);
		expect(failure).toMatchObject({ delivered: 'no', transient: true, retryAfterMs: 7_000 });
	});

	it('does not know what a 503 with rate-limit headers alone did', () => {
		const failure = classifyAnswer(answer(503, '', { 'inin-ratelimit-reset': '7' }), NOW);
		expect(failure.delivered).toBe('unknown');
	});

	it('does not know what a 502 with Retry-After did', () => {
		const failure = classifyAnswer(answer(502, '', { 'retry-after': '7' }), NOW);
		expect(failure).toMatchObject({ delivered: 'unknown', retryAfterMs: 7_000 });
	});

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

describe('unexpectedAnswer', () => {
	it('does not know whether a message was accepted, and is not tried again', () => {
		expect(unexpectedAnswer(answer(200, '<html>log in</html>'))).toEqual({
			reason: 'unexpectedResponse',
			delivered: 'unknown',
			transient: false,
			httpCode: '200',
		});
	});
});

describe('classifyNoAnswer', () => {
	it.each([
		['neverConnected', 'network', 'no', true],
		['tls', 'network', 'no', false],
		['blocked', 'network', 'no', false],
		['timeout', 'timeout', 'unknown', true],
		['interrupted', 'network', 'unknown', true],
	] as const)('%s is %s, delivered: %s, transient: %s', (kind, reason, delivered, transient) => {
		expect(classifyNoAnswer(kind, 'CODE')).toEqual({ reason, delivered, transient, code: 'CODE' });
	});
});
