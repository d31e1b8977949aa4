import type { INodeExecutionData } from 'n8n-workflow';

import {
	judgeError,
	judgeJournal,
	judgeReport,
	repeated,
	type Evidence,
	type Report,
} from '../../faults/judge';

const ids = ['c1', 'c2', 'c3'];
const entry = (contactId: string, id = `id-${contactId}`) => ({ contactId, id });
const NOT_SENT = { reason: 'rateLimited', delivered: 'no' };
const UNKNOWN = { reason: 'network', delivered: 'unknown' };

/** A run that hit only `c2`, which may have failed for two reasons. */
function evidence(changes: Partial<Evidence> = {}): Evidence {
	return {
		ids,
		journal: ids.map((id) => entry(id)),
		uncertain: 'fail',
		repeats: false,
		failures: ['rateLimited/no', 'network/unknown'],
		mayFail: (contactId) => contactId === 'c2',
		...changes,
	};
}

function sent(index: number, json: object = {}): INodeExecutionData {
	const contactId = ids[index]!;
	return {
		json: { id: `id-${contactId}`, contactId, status: 'sent', ...json },
		pairedItem: { item: index },
	};
}

function failed(index: number, details: object): INodeExecutionData {
	return { json: { error: 'text', details: { ...details } }, pairedItem: { item: index } };
}

const all = [sent(0), sent(1), sent(2)];

/** The categories of the violations in what a run reported. */
function found(
	outputs: Report['outputs'],
	changes?: Partial<Evidence>,
	onError: Report['onError'] = 'continueErrorOutput',
): string[] {
	const violations = judgeReport(evidence(changes), { onError, outputs });
	return violations.map(({ category }) => category);
}

describe('the judge of reports', () => {
	it('finds nothing where everybody was sent', () => {
		expect(found([all, []])).toEqual([]);
	});

	it('finds nothing where a message that was hit left by the error output', () => {
		const journal = [entry('c1'), entry('c3')];
		const outputs = [[sent(0), sent(2)], [failed(1, NOT_SENT)]];
		expect(found(outputs, { journal })).toEqual([]);
	});

	it('finds nothing where nobody can know, accepted or not', () => {
		const outputs = [[sent(0), failed(1, UNKNOWN), sent(2)], []];
		expect(found(outputs, {}, 'continueRegularOutput')).toEqual([]);
		const journal = [entry('c1'), entry('c3')];
		expect(found(outputs, { journal }, 'continueRegularOutput')).toEqual([]);
	});

	it('finds a message that was reported as sent and never accepted', () => {
		expect(found([all, []], { journal: [entry('c1'), entry('c3')] })).toEqual(['lost']);
	});

	it('finds an item without an outcome', () => {
		expect(found([[sent(0), sent(2)], []])).toEqual(['lost']);
	});

	it.each([
		['two outcomes', [[sent(0), sent(1), sent(2)], [failed(1, UNKNOWN)]]],
		['a failure on the success output', [[sent(0), failed(1, UNKNOWN), sent(2)], []]],
		['a success on the error output', [[sent(0), sent(2)], [sent(1)]]],
		['items out of order', [[sent(1), sent(0), sent(2)], []]],
		['an item of no input item', [[...all, { json: {}, pairedItem: { item: 7 } }], []]],
		['an item without its source', [[...all, { json: {} }], []]],
	])('finds %s', (_what, outputs) => {
		expect(found(outputs)).toEqual(['wrongOutput']);
	});

	it.each([
		['an ID that was never given', sent(1, { id: 'id-of-another' })],
		['no ID', sent(1, { id: undefined })],
		['the answer of another item', sent(1, { contactId: 'c1' })],
		['"not delivered" of an accepted message', failed(1, NOT_SENT)],
	])('finds %s', (_what, item) => {
		const outputs = [[sent(0), item, sent(2)], []];
		expect(found(outputs, {}, 'continueRegularOutput')).toEqual(['wronglyReported']);
	});

	it('finds a failure of a message that nothing hit', () => {
		const outputs = [[sent(1), sent(2)], [failed(0, UNKNOWN)]];
		expect(found(outputs)).toEqual(['wronglyReported']);
	});

	it.each([{ ...UNKNOWN, reason: 'timeout' }, { ...UNKNOWN, delivered: 'no' }, {}])(
		'finds the wrong reason %j',
		(details) => {
			const journal = [entry('c1'), entry('c3')];
			const outputs = [[sent(0), sent(2)], [failed(1, details)]];
			expect(found(outputs, { journal })).toEqual(['wrongReason']);
		},
	);

	it('takes a message that a Send Once Key skipped without an ID', () => {
		const skipped = sent(1, { id: undefined, alreadySent: true });
		expect(found([[sent(0), skipped, sent(2)], []])).toEqual([]);
	});
});

describe('the judge of errors', () => {
	const categories = (error: Parameters<typeof judgeError>[1]) =>
		judgeError(evidence(), error).map(({ category }) => category);

	it('finds nothing in the right one', () => {
		expect(categories({ itemIndex: 1, details: UNKNOWN })).toEqual([]);
	});

	it.each([
		['without an item', { itemIndex: undefined, details: UNKNOWN }, 'wronglyReported'],
		['of an unharmed item', { itemIndex: 0, details: UNKNOWN }, 'wronglyReported'],
		['with a wrong reason', { itemIndex: 1, details: { reason: 'timeout' } }, 'wrongReason'],
		['without details', { itemIndex: 1, details: undefined }, 'wrongReason'],
	])('finds one %s', (_what, error, category) => {
		expect(categories(error)).toEqual([category]);
	});
});

describe('the judge of the journal', () => {
	const twice = { journal: [entry('c1'), entry('c2'), entry('c1', 'second'), entry('c1')] };

	it('names who got a message more than once', () => {
		expect(repeated(twice.journal)).toEqual(['c1']);
		expect(repeated(evidence().journal)).toEqual([]);
	});

	it.each([
		['at most once', { uncertain: 'fail', repeats: true }, ['doubled']],
		[
			'at least once, without a reason to repeat',
			{ uncertain: 'retry', repeats: false },
			['doubled'],
		],
		['at least once, where an answer was lost', { uncertain: 'retry', repeats: true }, []],
	] as const)('of a message that came twice: %s', (_what, changes, categories) => {
		const violations = judgeJournal(evidence({ ...twice, ...changes }));
		expect(violations.map(({ category }) => category)).toEqual(categories);
	});
});
