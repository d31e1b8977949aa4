import { findOperation } from '../../../nodes/GenesysCloud/resources';
import type { ReportOptions } from '../../../nodes/GenesysCloud/n8n/reporter';
import { apiFailure } from '../support/failures';
import { FACTS, failedWith, reporterOf, sent } from '../support/reporter';

describe('Reporter', () => {
	it.each([
		['with its attempts', {}, { id: 'a', attempts: 2 }],
		["as the API's answer without Simplify", { simplify: false }, { id: 'a' }],
		['with its input fields', { includeInputFields: true }, { n: 0, id: 'a', attempts: 2 }],
		['of a dry run', { dryRun: true }, { id: 'a' }],
		['of a look-up', { operation: findOperation('conversation', 'get')! }, { id: 'a' }],
	])('gives a sent item %s', (_how, options: Partial<ReportOptions>, expected) => {
		const { reporter, outputs } = reporterOf(options);
		expect(reporter.settle(0, sent({ id: 'a' }))).toBe('continue');
		expect(outputs()).toEqual([[expected]]);
	});

	it('never says that a skipped item was sent', () => {
		const { reporter, outputs, hints } = reporterOf();
		const output = { contactId: 'x', status: 'sent' };
		reporter.settle(1, { status: 'skipped', output, sameKeyAs: { item: 0 } });
		expect(outputs()[0]).toMatchObject([
			{ contactId: 'x', status: 'skipped', details: { sameKeyAsItem: 0 } },
		]);
		expect(hints).toMatchObject([{ type: 'warning' }]);
	});

	it('tells the readable sentence with the details of an unreachable customer', () => {
		const { reporter, outputs } = reporterOf({}, { parameters: { unreachable: 'output' } });
		expect(reporter.settle(0, failedWith(apiFailure({ reason: 'optedOut' })))).toBe('continue');
		expect(outputs()[1]).toMatchObject([
			{
				n: 0,
				details: {
					reason: 'optedOut',
					message: expect.stringContaining('does not want messages') as string,
				},
			},
		]);
	});

	it('shows the earliest permanent failure, whom it concerns, and how to go on', () => {
		const { reporter, outputs } = reporterOf();
		reporter.settle(2, sent({ id: 'c' }));
		expect(reporter.settle(1, failedWith(apiFailure({ httpCode: '400' })))).toBe('halt');
		// One that was not retried because the run has ended is no cause.
		reporter.settle(0, failedWith(apiFailure({ reason: 'timeout', transient: true })));
		expect(outputs).toThrow(
			expect.objectContaining({
				context: expect.objectContaining({ itemIndex: 1 }) as object,
				description: expect.stringMatching(
					/It concerns customer 1\. 1 of 3 messages was sent\..*'Retry'/,
				) as string,
			}) as Error,
		);
	});

	it('makes failed items of those who were taken for unreachable, when the run has ended', () => {
		const { reporter, outputs } = reporterOf(
			{},
			{ parameters: { unreachable: 'output' }, continues: true },
		);
		const unknown = apiFailure({ reason: 'contactNotFound' });
		reporter.settle(0, failedWith(unknown));
		reporter.settle(1, failedWith(apiFailure({ reason: 'optedOut' })));
		// Of another organization, whose run goes on.
		reporter.settle(2, failedWith(unknown));
		reporter.endRun({ common: unknown, failed: new Set([0, 1]) });
		expect(outputs()).toMatchObject([
			[{ error: expect.any(String) as string, details: { reason: 'contactNotFound' } }],
			[
				{ n: 1, details: { reason: 'optedOut' } },
				{ n: 2, details: { reason: 'contactNotFound' } },
			],
		]);
	});

	it('says why nobody left by the Unreachable output, when the run has ended', () => {
		const { reporter, outputs } = reporterOf({}, { parameters: { unreachable: 'output' } });
		const unknown = apiFailure({ reason: 'contactNotFound' });
		reporter.settle(0, failedWith(unknown));
		reporter.endRun({ common: unknown, failed: new Set([0]) });
		const description = expect.stringMatching(
			/None of the 3 .*the set-up is at fault.*'Unreachable' output.*'Stop After Failures'/,
		) as string;
		expect(outputs).toThrow(expect.objectContaining({ description }) as Error);
	});

	const bad = apiFailure({ httpCode: '400' });

	it('goes on after whatever does not end the run', () => {
		const { reporter } = reporterOf({}, { continues: true });
		const verdicts = [
			reporter.settle(0, { status: 'alreadySent', output: {}, inThisExecution: true }),
			reporter.settle(1, { status: 'skipped', output: {}, sameKeyAs: { item: 0 } }),
			reporter.settle(2, failedWith(bad)),
		];
		expect(verdicts).toEqual(['continue', 'continue', 'continue']);
	});

	it.each([
		['each item, when the node continues', true, [0, 1, 2]],
		['one item, when the node stops', false, [0]],
	])('gives a failure of all items to %s', (_whom, continues, items) => {
		const { reporter } = reporterOf({}, { continues });
		reporter.failAll(bad);
		const [main = []] = reporter.finish(FACTS, true);
		expect(main.map(({ pairedItem }) => pairedItem)).toEqual(items.map((item) => ({ item })));
	});

	it.each([
		['dryRun', true],
		['sent', false],
	])('gives a message that was sent before the status %s', (status, dryRun) => {
		const { reporter, outputs } = reporterOf({ dryRun });
		const output = { id: 'a', status: 'sent', alreadySent: true };
		reporter.settle(0, { status: 'alreadySent', output, inThisExecution: true });
		expect(outputs()).toEqual([[{ ...output, status }]]);
	});

	it('tells the log and the editor every five seconds how far the run is', () => {
		jest.useFakeTimers({ now: 0 });
		try {
			const { reporter, log, context } = reporterOf();
			jest.setSystemTime(4_999);
			reporter.settle(0, sent({}));
			expect(log.info).not.toHaveBeenCalled();
			jest.setSystemTime(5_000);
			reporter.settle(1, { status: 'alreadySent', output: {}, inThisExecution: true });
			reporter.settle(2, sent({}));
			const text =
				'Genesys Cloud: 2 of 3 messages done (1 sent, 1 already sent, 0 unreachable, 0 failed)';
			expect(log.info.mock.calls).toEqual([[text]]);
			expect(context.sendMessageToUI).toHaveBeenCalledWith(text);
		} finally {
			jest.useRealTimers();
		}
	});
});
