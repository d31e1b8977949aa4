import type { JsonObject } from '../../../../../nodes/GenesysCloud/delivery/types';
import {
	inOneOrder,
	parametersFromJson,
	parametersFromRows,
	parametersFromTemplate,
	readTemplate,
} from '../../../../../nodes/GenesysCloud/resources/message/send/templateParameters';
import { inputErrorOf } from '../../../support/inputErrors';
import { located, readerOf } from '../../../support/reader';

const ADA = { id: '1', value: 'Ada' };

describe('parametersFromRows', () => {
	it('sorts the rows into the lists of the API', () => {
		const parameter = [
			{ part: 'body', id: '1', value: 'Ada' },
			{ part: 'header', id: 'h', value: 'Title' },
			{ part: 'buttonUrl', id: 2, value: 42 },
			{ id: ' 2\u200b ', value: 'x' },
		];
		expect(parametersFromRows({ parameter })).toEqual({
			bodyParameters: [ADA, { id: '2', value: 'x' }],
			headerParameters: [{ id: 'h', value: 'Title' }],
			buttonUrlParameters: [{ id: '2', value: '42' }],
		});
	});

	it('takes an ID as it stands in the template', () => {
		const parameter = [{ part: 'body', id: '{{ 1 }}', value: 'Ada' }];
		expect(parametersFromRows({ parameter })).toEqual({ bodyParameters: [ADA] });
		for (const id of ['a{{1}}', '{{1}}a']) {
			expect(parametersFromRows([{ ...ADA, id }])).toEqual({ bodyParameters: [{ ...ADA, id }] });
		}
	});

	it('refuses two rows for one placeholder, but not for that of another part', () => {
		const rows = (part: string) => ({ parameter: [{ ...ADA }, { part, id: 1, value: '4711' }] });
		const error = inputErrorOf(() => parametersFromRows(rows('body')));
		expect(error.message).toBe("'Template Parameters' has two values for the placeholder '1'");
		expect(Object.keys(parametersFromRows(rows('header')))).toHaveLength(2);
	});

	it('takes a single row for a list of one', () => {
		const parameter = { part: 'header', id: '1', value: 'Ada' };
		expect(parametersFromRows({ parameter })).toEqual({ headerParameters: [ADA] });
	});

	it.each(['x', { parameter: 'x' }, { parameter: 7 }, { parameter: true }])(
		'refuses %j, which are no rows',
		(value) => {
			const error = inputErrorOf(() => parametersFromRows(value));
			expect(error.message).toBe("'Template Parameters' has rows that are not a list");
		},
	);

	it.each([undefined, null, '', {}, { parameter: [] }, { parameter: null }, []])(
		'has no lists for %j',
		(value) => {
			expect(parametersFromRows(value)).toEqual({});
		},
	);

	it.each([
		[{ part: 'footer', ...ADA }, 'has a row for an unknown part'],
		[{ part: 'constructor', ...ADA }, 'has a row for an unknown part'],
		[{ part: { toString: 'body' }, ...ADA }, 'has a row for an unknown part'],
		[{ id: '', value: 'x' }, 'has an entry without an ID'],
		[{ id: {}, value: 'x' }, 'has an entry without an ID'],
		[{ id: '\u200b', value: 'x' }, 'has an entry without an ID'],
		[{ id: '{{}}', value: 'x' }, 'has an entry without an ID'],
		[{ id: '1', value: '' }, "has no text for the placeholder '1'"],
		[{ id: '1', value: ' \u200b' }, "has no text for the placeholder '1'"],
		[{ id: '1', value: 1e21 }, 'is a number that is too long to be exact'],
		[{ id: '1' }, "has no text for the placeholder '1'"],
		[{ id: '1', value: {} }, "has no text for the placeholder '1'"],
		['text', 'has an entry without an ID'],
	])('refuses the row %j', (row, message) => {
		const error = inputErrorOf(() => parametersFromRows({ parameter: [row] }));
		expect(error.message).toContain(`'Template Parameters' ${message}`);
	});
});

describe('parametersFromJson', () => {
	it.each([
		['{"1":"Ada"}', { bodyParameters: [ADA] }],
		['\ufeff{"1":"Ada"}', { bodyParameters: [ADA] }],
		[{ 1: 'Ada' }, { bodyParameters: [ADA] }],
		['[{"id":"1","value":"Ada"}]', { bodyParameters: [ADA] }],
		[
			{ headerParameters: [ADA], buttonUrlParameters: [ADA] },
			{ headerParameters: [ADA], buttonUrlParameters: [ADA] },
		],
		['{}', {}],
		['  ', {}],
	])('reads %j', (value, expected) => {
		expect(parametersFromJson(value)).toEqual(expected);
	});

	it.each([
		['{"1":', 'is not a JSON object'],
		['"text"', 'is not a JSON object'],
		[7, 'is not a JSON object'],
		[null, 'is not a JSON object'],
		[new Date(0), 'is not a JSON object'],
		[{ bodyParameters: {} }, 'has a list that is not a JSON array'],
		[{ bodyParameters: ['Ada'] }, 'has an entry without an ID'],
		[{ bodyParameters: [ADA, ADA] }, "has two values for the placeholder '1'"],
		[{ 1: null }, "has no text for the placeholder '1'"],
		[{ headerParameters: [ADA], 1: 'Ada' }, "has '1' beside a list of the API"],
		[
			{ bodyParameters: [ADA], buttonURLParameters: [ADA], carouselParameters: {} },
			"has 'buttonURLParameters', 'carouselParameters' beside a list of the API, whose lists here are headerParameters, bodyParameters, buttonUrlParameters",
		],
	])('refuses %j', (value, message) => {
		expect(inputErrorOf(() => parametersFromJson(value)).message).toContain(message);
	});
});

describe('a value', () => {
	it.each([
		['two\nlines', 'two lines'],
		['a\r\n\r\nb\tc', 'a b c'],
		['five     blanks', 'five    blanks'],
		['four    blanks', 'four    blanks'],
		['hard\u00a0 \u00a0 \u00a0blanks', 'hard    blanks'],
		[' around\n', 'around'],
		['one\u2028two', 'one two'],
		['IV\vV', 'IV V'],
	])('%j is flattened, as WhatsApp refuses it otherwise', (value, expected) => {
		expect(parametersFromJson({ 1: value })).toEqual({
			bodyParameters: [{ id: '1', value: expected }],
		});
	});
});

describe('parametersFromTemplate', () => {
	const schema = [{ id: 'header.h' }, { id: 'body.1' }, { id: 'buttonUrl.1' }];

	it('fills each placeholder of the template', () => {
		const value = { 'body.1': 'Ada', 'header.h': 'Title', 'buttonUrl.1': 7, 'body.9': 'old' };
		expect(parametersFromTemplate({ mappingMode: 'defineBelow', value, schema })).toEqual({
			headerParameters: [{ id: 'h', value: 'Title' }],
			bodyParameters: [ADA],
			buttonUrlParameters: [{ id: '1', value: '7' }],
		});
	});

	it.each([{ 'body.1': '' }, { 'body.1': null }, {}, null])(
		'refuses %j, as a placeholder of the template has no value',
		(value) => {
			const error = inputErrorOf(() =>
				parametersFromTemplate({ value, schema: [{ id: 'body.1' }] }),
			);
			expect(error.message).toBe("'Template Values' has no text for the placeholder '1'");
			expect(error.remedy).toBe('Fill in a text for each placeholder of the template');
		},
	);

	it.each([
		['header.1', ' of the header'],
		['buttonUrl.1', ' of the button URL'],
	])('tells %s from the placeholder of the same ID in the body', (id, ofPart) => {
		const error = inputErrorOf(() => parametersFromTemplate({ value: {}, schema: [{ id }] }));
		expect(error.message).toContain(`no text for the placeholder '1'${ofPart}`);
	});

	it.each([{ value: ['Ada'] }, { value: 'Ada' }, { 'body.1': 'Ada' }])(
		'refuses %j, whose values would be lost',
		(value) => {
			const error = inputErrorOf(() => parametersFromTemplate(value));
			expect(error.message).toContain('has values that are not in its fields');
		},
	);

	it('takes what was given where the template was never shown', () => {
		expect(parametersFromTemplate({ value: { 1: 'Ada' } })).toEqual({ bodyParameters: [ADA] });
		for (const nothing of [undefined, null, {}, { value: null, schema: [] }, 'x']) {
			expect(parametersFromTemplate(nothing)).toEqual({});
		}
	});
});

describe('readTemplate', () => {
	const FIELDS = {
		templateId: located('list', 't-1'),
		templateValues: { value: { 'body.1': 'Fields' } },
		templateParameters: { parameter: [{ id: '1', value: 'Rows' }] },
		templateParametersJson: '{"1":"JSON"}',
	};

	it.each([
		[undefined, 'Fields'],
		['template', 'Fields'],
		['fields', 'Rows'],
		['json', 'JSON'],
	])('by %s takes the %s', (templateParametersInput, value) => {
		expect(readTemplate(readerOf({ ...FIELDS, templateParametersInput }))).toEqual({
			responseId: 't-1',
			bodyParameters: [{ id: '1', value }],
		});
	});

	it('needs a template', () => {
		const error = inputErrorOf(() => readTemplate(readerOf({ templateId: '' })));
		expect(error.message).toBe("'Template' is empty");
	});
});

describe('what a template tells', () => {
	const toldBy = (parameters: JsonObject) =>
		JSON.stringify(inOneOrder({ responseId: 't-1', ...parameters }));
	const SHOP = { id: '2', value: 'x' };

	it.each<[JsonObject, JsonObject]>([
		[{ bodyParameters: [ADA, SHOP] }, { bodyParameters: [SHOP, ADA] }],
		[
			{ headerParameters: [ADA], bodyParameters: [SHOP] },
			{ bodyParameters: [SHOP], headerParameters: [ADA] },
		],
	])('is the same in another order: %j', (values, others) => {
		expect(toldBy(values)).toBe(toldBy(others));
	});

	it.each<[JsonObject, JsonObject]>([
		[
			{ bodyParameters: [ADA, SHOP] },
			{
				bodyParameters: [
					{ ...ADA, value: 'x' },
					{ ...SHOP, value: 'Ada' },
				],
			},
		],
		[{ headerParameters: [ADA] }, { bodyParameters: [ADA] }],
		[{}, { bodyParameters: [ADA] }],
		[{}, { responseId: 't-2' }],
	])('is another one with other values: %j', (values, others) => {
		expect(toldBy(values)).not.toBe(toldBy(others));
	});
});
