import type { Outcome } from '../../../nodes/GenesysCloud/delivery/types';
import type { ReportOptions } from '../../../nodes/GenesysCloud/n8n/reporter';
import { findOperation } from '../../../nodes/GenesysCloud/resources';
import { apiFailure } from '../support/failures';
import { failedWith, reporterOf, sent } from '../support/reporter';

describe('what a Reporter says', () => {
	const bad = apiFailure({ httpCode: '400' });
	const BAD =
		'Correct the value that Genesys Cloud names. The same request is never retried. It concerns customer 1.';

	it.each([
		['of nothing sent', {}, bad, `${BAD} None of the 3 messages was sent.`],
		[
			'of a message that may have arrived',
			{},
			apiFailure({ reason: 'conflict', delivered: 'unknown' }),
			"Look at what Genesys Cloud says, change that state, and run the item again. The message may have been delivered: check before you send it again, or set 'If Delivery Is Uncertain'. It concerns customer 1. None of the 3 messages is known as sent, but some may have been.",
		],
		['of a dry run', { dryRun: true }, bad, `${BAD} It was a dry run: nothing was sent.`],
		['of a look-up', { operation: findOperation('conversation', 'get')! }, bad, BAD],
		[
			'of nobody in particular',
			{ recipientOf: () => '' },
			bad,
			BAD.replace('It concerns customer 1.', 'None of the 3 messages was sent.'),
		],
	])('ends a run %s with no more than is so', (_what, options, failure, description) => {
		const { reporter, outputs } = reporterOf(options);
		expect(reporter.settle(1, failedWith(failure))).toBe('halt');
		expect(outputs).toThrow(expect.objectContaining({ description }) as Error);
	});

	const shows = (itemIndex: number) =>
		expect.objectContaining({
			context: expect.objectContaining({ itemIndex }) as object,
		}) as Error;

	it.each([
		['the earlier one that came later', [1, 0], 0],
		['the first item, not one after it', [0, 1], 0],
		['an item, not one after it', [1, 2], 1],
	])('shows of two failures %s', (_which, items, shown) => {
		const { reporter, outputs } = reporterOf();
		for (const item of items) reporter.settle(item, failedWith(bad));
		expect(outputs).toThrow(shows(shown));
	});

	it('shows the only failure, though it may pass', () => {
		const { reporter, outputs } = reporterOf();
		reporter.settle(1, failedWith(apiFailure({ reason: 'timeout', transient: true })));
		expect(outputs).toThrow(shows(1));
	});

	it.each([
		['Item 4', { item: 4 }],
		['Item 4 of run 1', { item: 4, earlierRun: 0 }],
		['Item 4 of run 3', { item: 4, earlierRun: 2 }],
	])('names to a skipped item where its key was used: %s', (place, sameKeyAs) => {
		const { reporter, outputs } = reporterOf();
		reporter.settle(1, { status: 'skipped', output: {}, sameKeyAs });
		const message = `${place} has the same 'Send Once Key' but is for another customer, so this message was not sent. Use an expression that names the customer and the occasion.`;
		expect(outputs()).toEqual([[{ status: 'skipped', details: { message, sameKeyAsItem: 4 } }]]);
	});

	const unreachable = failedWith(apiFailure({ reason: 'optedOut' }));
	const before = { status: 'alreadySent', output: {}, inThisExecution: false } as const;
	const lookUp = { operation: findOperation('conversation', 'get')! };

	it.each<[string, string, Partial<ReportOptions>, Outcome[]]>([
		['warning', 'nobody could be reached', {}, [unreachable]],
		['info', 'some could be reached', {}, [unreachable, sent({})]],
		['info', 'some were reached before', {}, [unreachable, before]],
		['info', 'some were reached now, some before', {}, [unreachable, sent({}), before]],
		['info', 'all were reached', {}, [sent({})]],
		['info', 'there was nobody to reach', {}, []],
		['info', 'a look-up found nothing', lookUp, [unreachable]],
	])('gives its hint as %s when %s', (type, _when, options, outcomes) => {
		const { reporter, outputs, hints } = reporterOf(options, {
			parameters: { unreachable: 'output' },
		});
		for (const [index, outcome] of outcomes.entries()) reporter.settle(index, outcome);
		outputs();
		expect(hints).toMatchObject([{ type }]);
	});

	it('counts as done whatever became of a message', () => {
		jest.useFakeTimers({ now: 0 });
		try {
			const { reporter, log } = reporterOf(
				{},
				{ continues: true, parameters: { unreachable: 'output' } },
			);
			reporter.settle(0, { status: 'skipped', output: {}, sameKeyAs: { item: 1 } });
			reporter.settle(1, unreachable);
			jest.setSystemTime(5_000);
			reporter.settle(2, failedWith(bad));
			expect(log.info).toHaveBeenCalledWith(
				'Genesys Cloud: 3 of 3 messages done (0 sent, 0 already sent, 1 unreachable, 1 failed)',
			);
		} finally {
			jest.useRealTimers();
		}
	});
});
