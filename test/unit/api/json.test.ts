import { parseObject, textIn } from '../../../nodes/GenesysCloud/api/json';

describe('parseObject', () => {
	it.each([
		['{"id":"m-1"}', { id: 'm-1' }],
		['{}', {}],
		[' \r\n\t{"id":"m-1"}\n', { id: 'm-1' }],
		['\ufeff{"id":"m-1"}', { id: 'm-1' }],
	])('reads %j', (text, expected) => {
		expect(parseObject(text)).toEqual(expected);
	});

	it.each([
		'',
		'<!doctype html><html></html>',
		'{"id":',
		'[{"id":"m-1"}]',
		'"text"',
		'42',
		'null',
		'true',
		"{'id': 1}",
		'{"id":1} trailing',
	])('takes %j for no answer of the API', (text) => {
		expect(parseObject(text)).toBeUndefined();
	});
});

describe('textIn', () => {
	it.each([
		['a text', 'a text'],
		[' ', ' '],
		['', undefined],
		[7, undefined],
		[null, undefined],
		[undefined, undefined],
		[['a text'], undefined],
	])('of %j is %j', (value, expected) => {
		expect(textIn(value)).toBe(expected);
	});
});
