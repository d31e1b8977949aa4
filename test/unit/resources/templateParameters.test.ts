import {
	parametersFromJson,
	parametersFromRows,
} from '../../../nodes/GenesysCloud/resources/message/templateParameters';
import { inputErrorOf } from '../support/inputErrors';

const ADA = { id: '1', value: 'Ada' };

describe('parametersFromRows', () => {
	it('sorts the rows into the lists of the API', () => {
		const parameter = [
			{ part: 'body', id: '1', value: 'Ada' },
			{ part: 'header', id: 'h', value: 'Title' },
			{ part: 'buttonUrl', id: 2, value: 42 },
			{ id: ' 2 ', value: '' },
		];
		expect(parametersFromRows({ parameter })).toEqual({
			bodyParameters: [ADA, { id: '2', value: '' }],
			headerParameters: [{ id: 'h', value: 'Title' }],
			buttonUrlParameters: [{ id: '2', value: '42' }],
		});
	});

	it.each([undefined, null, {}, { parameter: [] }, { parameter: 'x' }, []])(
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
		[{ bodyParameters: {} }, 'has a list that is not a JSON array'],
		[{ bodyParameters: ['Ada'] }, 'has an entry without an ID'],
		[{ 1: null }, "has no text for the placeholder '1'"],
	])('refuses %j', (value, message) => {
		expect(inputErrorOf(() => parametersFromJson(value)).message).toContain(message);
	});
});
