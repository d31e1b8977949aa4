import {
	idInPath,
	ItemReader,
	numberIn,
	oneOf,
	toggle,
} from '../../../nodes/GenesysCloud/resources/parameters';
import { parametersOf } from '../support/context';
import { inputErrorOf } from '../support/inputErrors';
import { located, readerOf } from '../support/reader';

describe('oneOf', () => {
	const of = (value: unknown) => oneOf(value, 'Sender Type', ['bot', 'agent']);

	it.each([
		['bot', 'bot'],
		['agent', 'agent'],
		['\u200eagent \ufeff', 'agent'],
		[undefined, 'bot'],
	])('takes %j for %s', (value, expected) => {
		expect(of(value)).toBe(expected);
	});

	it.each(['', 'Bot', 'robot', null, 1, ['bot'], 'constructor'])('refuses %j', (value) => {
		const error = inputErrorOf(() => of(value));
		expect(error.message).toBe("'Sender Type' has a value that is not allowed");
		expect(error.remedy).toBe('Use one of: bot, agent');
	});
});

describe('toggle', () => {
	it.each([
		[true, true],
		['true', true],
		[' True\n', true],
		['true\u200b', true],
		[false, false],
		['false', false],
		['FALSE', false],
	])('takes %j for %s', (value, expected) => {
		expect(toggle(value, 'Simplify', !expected)).toBe(expected);
	});

	it.each([undefined, null, '', '  ', '\u200b'])('without a value (%j) is the default', (value) => {
		expect([toggle(value, 'Simplify'), toggle(value, 'Simplify', true)]).toEqual([false, true]);
	});

	it.each(['yes', 1, 0, {}, []])('refuses %j', (value) => {
		const error = inputErrorOf(() => toggle(value, 'Simplify'));
		expect(error.message).toBe("'Simplify' is neither true nor false");
		expect(error.remedy).toBe('Use true or false');
	});
});

describe('numberIn', () => {
	const rules = { displayName: 'Limit', fallback: 3, min: 1, max: 20, remedy: 'Change it' };

	it.each([
		[4, 4],
		['4', 4],
		['12', 12],
		[1, 1],
		[20, 20],
		['20', 20],
		['4.25', 4.25],
		[' 4.5 ', 4.5],
		['\u202d4\u202c', 4],
		[undefined, 3],
		[null, 3],
		['', 3],
	])('takes %j for %d', (value, expected) => {
		expect(numberIn(value, rules)).toBe(expected);
	});

	it.each([0, 21, '0', 'four', '4x', '0x4', '1e1', true, {}, [4], ['4'], Number.NaN])(
		'refuses %j',
		(value) => {
			const error = inputErrorOf(() => numberIn(value, rules));
			expect(error.message).toBe("'Limit' must be a number from 1 to 20");
			expect(error.remedy).toBe('Change it; the default is 3');
		},
	);

	it('may have to be whole', () => {
		const error = inputErrorOf(() => numberIn('4.5', { ...rules, whole: true }));
		expect(error.message).toBe("'Limit' must be a whole number from 1 to 20");
	});
});

describe('an item', () => {
	const RULE = { displayName: 'From', maxLength: 20, remedy: 'Choose it' };

	it.each([
		[' \u202a+13175555555\u202c ', '+13175555555'],
		['\ufeffabc\u200b', 'abc'],
		['\u206aa\u180eb\u{e0061}c\u2069', 'abc'],
		['a\ufe0fb\u0600c', 'a\ufe0fb\u0600c'],
		[located('id', ' abc '), 'abc'],
		[12345, '12345'],
	])('has the address %j as %s', (value, expected) => {
		expect(readerOf({ from: value }).address('from', RULE)).toBe(expected);
	});

	it.each([
		['abc', 'id', 'abc'],
		[located('phone', ' +1 '), 'phone', '+1'],
		[located('list', 7), 'list', '7'],
	])('has %j located by %s', (value, mode, text) => {
		expect(readerOf({ from: value }).located('from', RULE)).toEqual({ mode, text });
	});

	it('has no address located by nothing', () => {
		const error = inputErrorOf(() => readerOf({ from: null }).located('from', RULE));
		expect([error.message, error.remedy]).toEqual(["'From' is empty", 'Choose it']);
	});

	it.each([
		['undefined-shipped', 'undefined'],
		['customer_null', 'null'],
		['4711:NaN', 'NaN'],
		['NULL', 'NULL'],
	])('has no address with a part that is nothing: %s', (from, part) => {
		const { message, remedy } = inputErrorOf(() => readerOf({ from }).address('from', RULE));
		expect(message).toBe(`'From' holds '${part}', as an expression in it gives nothing`);
		expect(remedy).toBe('Choose it');
	});

	it('has no address as long as a text, which nobody could split', () => {
		const { message, remedy } = inputErrorOf(() =>
			readerOf({ from: 'x'.repeat(21) }).address('from', RULE),
		);
		expect([message, remedy]).toEqual([
			"'From' is too long: 21 characters, and at most 20 are allowed",
			'Choose it',
		]);
	});

	it.each(['4.9E+11', '4,91702E+11', ' 5e+12 ', '4.9E+11-shipped', 'customer_1E+15'])(
		'has no address that a spreadsheet has rounded: %s',
		(from) => {
			const { message, remedy } = inputErrorOf(() => readerOf({ from }).address('from', RULE));
			expect(message).toBe("'From' holds a number that a spreadsheet has rounded");
			expect(remedy).toContain('format of text');
		},
	);

	it.each([
		'4E11',
		'a4.9E+11',
		'4.9E+11b',
		'1E+1',
		'null@example.com',
		'nullified',
		'x-undefinedx',
		'Null',
		'Nan-1',
	])('has the address %s', (from) => {
		expect(readerOf({ from }).address('from', RULE)).toBe(from);
	});

	it('has an ID for a URL, also as a number', () => {
		expect(readerOf({ id: 4711 }).id('id', 'Message ID', 'Map it')).toBe('4711');
		const error = inputErrorOf(() => idInPath('Message ID', '../x'));
		expect(error.message).toBe("'Message ID' is not an ID");
	});

	it.each([undefined, null, 'x'])('has no fields in the collection %j', (options) => {
		expect(readerOf({ options }).options()).toEqual({});
	});

	it('names the collection whose expression cannot be evaluated', () => {
		const options = () => {
			throw new Error('no such node');
		};
		const error = inputErrorOf(() => new ItemReader(parametersOf({ options }), 0).options());
		expect(error.message).toBe("'Options' cannot be read: no such node");
	});

	it('has a parameter as it is stored, and none as an empty text', () => {
		const read = new ItemReader(parametersOf({ typed: 'Ada', given: () => 'Bob' }), 0);
		expect(['typed', 'given', 'missing'].map((name) => read.unresolved(name))).toEqual([
			'Ada',
			'={{ $itemIndex }}',
			'',
		]);
	});

	it('has a time in UTC where no time zone is known', () => {
		const read = new ItemReader(parametersOf({}), 0);
		expect(read.time('2026-11-25T08:00:00', 'Since')).toBe(Date.UTC(2026, 10, 25, 8));
	});

	it('has a time in the time zone of the workflow, if it is set', () => {
		const read = readerOf({}, 'Europe/Berlin');
		expect(read.time('2026-11-25T08:00:00', 'Since')).toBe(Date.UTC(2026, 10, 25, 7));
		expect([read.time('', 'Since'), read.time(undefined, 'Since')]).toEqual([undefined, undefined]);
	});
});
