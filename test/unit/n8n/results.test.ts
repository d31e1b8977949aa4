import { isUnreachable, Results } from '../../../nodes/GenesysCloud/n8n/results';
import { howFar, summary } from '../../../nodes/GenesysCloud/n8n/summary';
import { ALL_REASONS, apiFailure } from '../support/failures';

describe('isUnreachable', () => {
	it('is so for customers who cannot be reached, and for no other reason', () => {
		const unreachable = ALL_REASONS.filter((reason) => isUnreachable(apiFailure({ reason })));
		expect(unreachable).toEqual(['sessionExpired', 'contactNotFound', 'optedOut']);
	});
});

describe('Results', () => {
	it('follows the order of the input, whatever the order of the outcomes', () => {
		const results = new Results(4, false);
		results.addSent(2, { id: 'c' }, false);
		results.addFailed(3, { json: { error: 'x' }, pairedItem: { item: 3 } });
		results.addSent(0, { id: 'a' }, true);
		expect(results.outputs()).toEqual([
			[
				{ json: { id: 'a' }, pairedItem: { item: 0 } },
				{ json: { id: 'c' }, pairedItem: { item: 2 } },
				{ json: { error: 'x' }, pairedItem: { item: 3 } },
			],
		]);
		expect(results.counts).toEqual({ sent: 1, alreadySent: 1, unreachable: 0, failed: 1 });
	});

	it('passes unreachable customers on with their input, binary data and details', () => {
		const results = new Results(2, true);
		const json = { customer: 'Ada', details: 'old' };
		const binary = { photo: { data: '', mimeType: 'image/png' } };
		results.addUnreachable(1, { json, binary }, { reason: 'sessionExpired' });
		results.addUnreachable(0, { json: { customer: 'Bob' } }, { reason: 'contactNotFound' });
		expect(results.outputs()).toEqual([
			[],
			[
				{
					json: { customer: 'Bob', details: { reason: 'contactNotFound' } },
					pairedItem: { item: 0 },
				},
				{
					json: { customer: 'Ada', details: { reason: 'sessionExpired' } },
					binary,
					pairedItem: { item: 1 },
				},
			],
		]);
		expect(results.counts.unreachable).toBe(2);
		expect(json.details).toBe('old');
	});

	it.each([
		[{ error: 'x' }, { error: 'x', unreachable: true }],
		[
			{ error: 'x', message: 'y', details: 1 },
			{ error: 'x', message: 'y', unreachable: true },
		],
		[
			{ error: 'x', id: 1 },
			{ error: 'x', id: 1 },
		],
		[{ message: 'y' }, { message: 'y' }],
		[{ error: '' }, { error: '' }],
	])('keeps the unreachable input %j out of the error output', (json, expected) => {
		const results = new Results(1, true);
		results.addUnreachable(0, { json }, { reason: 'sessionExpired' });
		const details = { reason: 'sessionExpired' };
		expect(results.outputs()[1]?.[0]?.json).toEqual({ ...expected, details });
	});

	it('has as many outputs as the node', () => {
		expect(new Results(0, false).outputs()).toEqual([[]]);
		expect(new Results(0, true).outputs()).toEqual([[], []]);
	});
});

describe('summary', () => {
	const none = { sent: 0, alreadySent: 0, unreachable: 0, failed: 0 };

	it.each([
		[none, 0, 'Messages: 0 sent.'],
		[{ ...none, sent: 12 }, 499, 'Messages: 12 sent.'],
		[{ ...none, sent: 1 }, 61_400, 'Messages: 1 sent, waited 61 s for the rate limit.'],
		[
			{ sent: 7, unreachable: 2, failed: 1, alreadySent: 3 },
			0,
			'Messages: 7 sent, 2 unreachable, 1 failed, 3 already sent by an earlier run.',
		],
	])('of %j and %i ms', (counts, waitedMs, expected) => {
		expect(summary(counts, waitedMs)).toBe(expected);
	});

	it('counts look-ups as items that were read', () => {
		expect(summary({ ...none, sent: 4 }, 0, 'read')).toBe('Items: 4 read.');
	});

	it('says how far a run came, and that a retry continues with the rest', () => {
		expect(howFar({ ...none, sent: 10, alreadySent: 2, failed: 1 }, 40)).toBe(
			'12 of 40 messages were sent; a retry continues with the rest.',
		);
		expect(howFar({ ...none, failed: 1 }, 40)).toBe('None of the 40 messages was sent.');
		expect(howFar({ ...none, failed: 1 }, 1)).toBe('');
	});
});
