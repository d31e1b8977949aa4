import { NodeApiError, NodeOperationError } from 'n8n-workflow';

import { errorItem, failureDetails, nodeError } from '../../../nodes/GenesysCloud/n8n/errors';
import { NODE } from '../support/context';
import { apiFailure } from '../support/failures';

const EXPLANATION = { message: 'What happened', description: 'What to do.' };

describe('failureDetails', () => {
	it('has everything that is known', () => {
		const failure = apiFailure({
			reason: 'rateLimited',
			httpCode: '429',
			code: 'too.many.requests',
			apiMessage: 'Rate limit exceeded',
			correlationId: 'c-1',
			retryAfterMs: 41_001,
			sendAfter: '2026-11-26T07:00:00.000Z',
		});
		expect(failureDetails(failure, 3)).toEqual({
			reason: 'rateLimited',
			httpCode: '429',
			code: 'too.many.requests',
			apiMessage: 'Rate limit exceeded',
			correlationId: 'c-1',
			attempts: 3,
			delivered: 'no',
			retryAfterSeconds: 42,
			sendAfter: '2026-11-26T07:00:00.000Z',
		});
	});

	it('leaves out what is not known', () => {
		const details = failureDetails(apiFailure({ reason: 'network', delivered: 'unknown' }), 1);
		expect(details).toEqual({ reason: 'network', attempts: 1, delivered: 'unknown' });
		expect(Object.keys(details)).toEqual(['reason', 'attempts', 'delivered']);
	});
});

describe('errorItem', () => {
	it('has exactly the keys that send it to the error output', () => {
		const details = failureDetails(apiFailure(), 1);
		const item = errorItem(EXPLANATION, details, 4);
		expect(item).toEqual({
			json: { error: 'What happened. What to do.', details },
			pairedItem: { item: 4 },
		});
		expect(item).not.toHaveProperty('error');
	});

	it('has nothing but `error` where n8n would take any other key for a success', () => {
		const details = failureDetails(apiFailure(), 1);
		expect(errorItem(EXPLANATION, details, 4, true).json).toEqual({
			error: { message: 'What happened. What to do.', details },
		});
	});
});

describe('nodeError', () => {
	const errorOf = (failure = apiFailure(), notes: string[] = [], attempts = 2) =>
		nodeError(NODE, { failure, explanation: EXPLANATION, itemIndex: 3, notes, attempts });

	it('is a NodeApiError with the item, what happened and what to do', () => {
		const error = errorOf(apiFailure({ httpCode: '400' }), [
			'It concerns Ada.',
			'',
			'2 of 5 messages were sent.',
		]);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do. It concerns Ada. 2 of 5 messages were sent.',
			httpCode: '400',
			node: NODE,
		});
		expect(error.context.itemIndex).toBe(3);
		// What n8n lists as the messages of the service.
		expect(error.messages).toEqual(['What happened']);
	});

	it('is a NodeOperationError for input', () => {
		const error = errorOf(apiFailure({ reason: 'invalidInput' }));
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error).toMatchObject({
			message: 'What happened',
			description: 'What to do.',
		});
		expect(error.context.itemIndex).toBe(3);
	});

	it.each(['429', '500', '503', '504', '401', '403', '404'])(
		"keeps its own text for a %s instead of n8n's, which tells to retry",
		(httpCode) => {
			const error = errorOf(apiFailure({ httpCode }));
			expect([error.message, error.description]).toEqual(['What happened', 'What to do.']);
		},
	);

	it.each(['ECONNREFUSED', 'ETIMEDOUT', 'ENOTFOUND', 'ECONNRESET'])(
		'keeps its own text when it holds the code %s, for which n8n has one',
		(code) => {
			const explanation = { message: `No way: ${code}`, description: `See ${code}.` };
			const failure = apiFailure({ reason: 'network', code });
			const error = nodeError(NODE, {
				failure,
				explanation,
				itemIndex: 0,
				notes: [],
				attempts: 1,
			});
			expect([error.message, error.description]).toEqual([`No way: ${code}`, `See ${code}.`]);
		},
	);

	it('has the details, with the attempts that were made', () => {
		const error = errorOf(apiFailure({ reason: 'timeout', delivered: 'unknown' }));
		expect(error.context.data).toEqual({ reason: 'timeout', attempts: 2, delivered: 'unknown' });
	});
});
