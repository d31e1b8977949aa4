import * as fc from 'fast-check';

import { classifyAnswer, unexpectedAnswer } from '../../../nodes/GenesysCloud/api/answer';
import { parseObject } from '../../../nodes/GenesysCloud/api/json';
import { failureFromThrown } from '../../../nodes/GenesysCloud/api/noAnswer';
import { retryAfterMs } from '../../../nodes/GenesysCloud/api/serverTime';
import { explain } from '../../../nodes/GenesysCloud/failures/explain';
import { RESOURCES } from '../../../nodes/GenesysCloud/resources';
import { anyJson, anyObject, anyText } from '../../support/arbitraries';
import { runs } from '../../support/runs';
import { ALL_REASONS } from '../support/failures';
import { answer } from '../support/http';
import { readerOf } from '../support/reader';

const NOW = Date.UTC(2026, 10, 22, 12);
const OPERATIONS = RESOURCES.flatMap(({ operations }) => operations);

const dates = fc.date({ noInvalidDate: true });
const headerValues = fc.oneof(
	anyText(),
	fc.double().map(String),
	dates.map((date) => date.toUTCString()),
	dates.map((date) => date.toISOString()),
	fc.constantFrom('-1', '1e9', '9'.repeat(400), 'Sun, 06 Nov 1994 08:49:37 GMT', '00:00:00'),
);
const NAMES = [
	...['retry-after', 'inin-ratelimit-reset', 'inin-correlation-id', 'content-type'],
] as const;

/** Any answer: any status, headers and body. */
const answers = fc
	.tuple(
		fc.integer({ min: 100, max: 599 }),
		fc.dictionary(fc.constantFrom(...NAMES), headerValues),
		fc.oneof(
			anyText(),
			anyJson().map((body) => JSON.stringify(body)),
			anyObject().map((body) => JSON.stringify(body)),
			anyObject().map((body) => `\uFEFF ${JSON.stringify(body).slice(0, -1)}`),
		),
	)
	.map(([status, headers, body]) => answer(status, body, headers));

describe('any answer', () => {
	it('is read without a crash, into texts of bounded length', () => {
		const property = fc.property(answers, (response) => {
			const { httpCode, code, apiMessage, correlationId } = unexpectedAnswer(response);
			for (const field of [httpCode, code, apiMessage, correlationId]) {
				if (field === undefined) continue;
				expect(field.length).toBeLessThanOrEqual(500);
				expect(field).not.toMatch(/[\p{Cc}\p{Cf}]/u);
			}
			const body = parseObject(response.text);
			expect(body === undefined || (typeof body === 'object' && !Array.isArray(body))).toBe(true);
		});
		fc.assert(property, runs(500));
	});

	it('is classified: every failure has a known reason and a definite verdict', () => {
		const property = fc.property(answers, (response) => {
			const { status } = response;
			const failure =
				status >= 200 && status <= 299 ? unexpectedAnswer(response) : classifyAnswer(response, NOW);
			expect(ALL_REASONS).toContain(failure.reason);
			expect(['no', 'unknown']).toContain(failure.delivered);
			// Only these may be tried again; only a 429 and a refusal prove that nothing was accepted.
			expect(failure.transient).toBe([408, 429].includes(status) || status >= 500);
			const { message } = parseObject(response.text) ?? {};
			const isRefusal = status >= 400 && status <= 499 && typeof message === 'string';
			expect(failure.delivered === 'unknown' || status === 429 || isRefusal).toBe(true);
		});
		fc.assert(property, runs(500));
	});

	it('asks for no wait or for one that is a number of at least 0', () => {
		const property = fc.property(answers, (response) => {
			const ms = retryAfterMs(response, NOW) ?? 0;
			expect(Number.isFinite(ms)).toBe(true);
			expect(ms).toBeGreaterThanOrEqual(0);
		});
		fc.assert(property, runs(500));
	});

	it('is explained by every operation, in texts that are not empty', () => {
		const operations = fc.constantFrom(undefined, ...OPERATIONS);
		const calls = fc.constantFrom(undefined, 'send' as const, 'read' as const, 'token' as const);
		const property = fc.property(answers, operations, calls, (response, operation, call) => {
			const general = { ...classifyAnswer(response, NOW), ...(call && { call }) };
			const failure = operation?.recognise?.(general) ?? general;
			expect(ALL_REASONS).toContain(failure.reason);
			expect(failure.delivered).toBe(general.delivered);
			const { message, description } = explain(failure, operation?.explain);
			expect(message).toMatch(/\w/);
			expect(description).toMatch(/\w/);
			expect(message.length + description.length).toBeLessThan(3_000);
		});
		fc.assert(property, runs(300));
	});
});

describe('any value that an HTTP library throws', () => {
	it('becomes a failure of a known kind', () => {
		const kinds = ['neverConnected', 'tls', 'blocked', 'timeout', 'interrupted'];
		const thrown = fc.oneof(
			fc.anything({ withBigInt: true, withNullPrototype: true, withObjectString: true }),
			fc.record(
				{
					...{ code: fc.anything(), name: fc.anything(), syscall: fc.anything() },
					...{ cause: fc.anything(), errors: fc.anything(), request: fc.anything() },
				},
				{ requiredKeys: [] },
			),
		);
		const property = fc.property(thrown, (error) => {
			const failure = failureFromThrown(error);
			expect(kinds).toContain(failure.kind);
			expect(typeof failure.code).toBe('string');
		});
		fc.assert(property, runs(500));
	});
});

/** Parameters that every operation takes. */
const GOOD = {
	...{ contactId: 'c-1', message: 'Hello', channel: 'sms', fromAddress: '+13175550100' },
	...{ toAddress: '+12025550143', messageId: 'm-1', conversationId: 'v-1' },
	identifierValue: '+12025550143',
};

/** Answers that come near to those of the API, with anything in their places. */
const nearAnswers = fc.record(
	{
		status: anyJson(),
		participants: fc.array(
			fc.record({
				purpose: fc.oneof(anyJson(), fc.constant('customer')),
				state: anyJson(),
				externalContact: anyJson(),
				messages: fc.array(anyJson()),
			}),
		),
		normalizedReceipts: fc.array(fc.record({ reasons: fc.array(anyJson()) })),
		cellPhone: anyJson(),
		workEmail: anyJson(),
	},
	{ requiredKeys: [], noNullPrototype: true },
);

describe('any JSON object that the API answers with', () => {
	/** Those whose output is made of the answer of a single call. */
	const direct = OPERATIONS.filter((operation) => !operation.prepare(readerOf(GOOD)).attempt);

	it.each(direct.map((operation) => [operation.action, operation] as const))(
		'%s: becomes an output item',
		(_action, operation) => {
			const prepared = operation.prepare(readerOf(GOOD));
			const property = fc.property(fc.oneof(anyObject(), nearAnswers), fc.string(), (body, id) => {
				for (const output of [prepared.output({ ...body, id })].flat()) {
					expect(Object.getPrototypeOf(output)).toBe(Object.prototype);
				}
			});
			fc.assert(property, runs(300));
		},
	);
});
