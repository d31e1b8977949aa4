import {
	idInPath,
	numberIn,
	oneOf,
	requiredText,
	toggle,
} from '../../../nodes/GenesysCloud/resources/parameters';
import { FORBIDDEN_WORDS } from '../support/failures';
import { inputErrorOf } from '../support/inputErrors';
import { located, readerOf } from '../support/reader';

const RULES = { displayName: 'Message', maxLength: 10, remedy: 'Enter the text' };

describe('requiredText', () => {
	it.each(['a', ' a ', '0123456789', '\n\ta', 'äöü€', '\u2764\ufe0f', '1\ufe0f\u20e3'])(
		'takes %j as it is',
		(text) => {
			expect(requiredText(text, RULES)).toBe(text);
		},
	);

	it.each([
		[undefined, "'Message' is empty"],
		[null, "'Message' is empty"],
		['', "'Message' is empty"],
		[' \n\t\u00a0', "'Message' is empty"],
		['\u200b\u2060\ufeff\u00ad', "'Message' is empty"],
		[2 ** 53, "'Message' is a number that is too long to be exact"],
		[Number.NaN, "'Message' is a number that is too long to be exact"],
		[true, "'Message' is not text but a boolean"],
		[['a'], "'Message' is not text but a list"],
		[{ a: 1 }, "'Message' is not text but an object"],
		['01234567890', "'Message' is too long: 11 characters, and at most 10 are allowed"],
	])('refuses %j: %s', (value, message) => {
		const error = inputErrorOf(() => requiredText(value, RULES));
		expect([error.message, error.field]).toEqual([message, 'Message']);
		expect(error.remedy).toMatch(/Enter the text|Shorten it|Store it as text/);
		expect(`${error.message} ${error.remedy}`).not.toMatch(FORBIDDEN_WORDS);
	});
});

it.each([
	...['\u2800', '\u3164', '\u115f', '\ufe0f', '\u034f', '\u0000', '\u0085'],
	...['\u200d \ufe0f', '\u2800\n\u3164'],
])('a text of nothing but %j is empty', (unseen) => {
	expect(inputErrorOf(() => requiredText(unseen, RULES)).message).toBe("'Message' is empty");
});

it.each([
	[7, '7'],
	[0, '0'],
	[13175555, '13175555'],
])('the number %d is taken for its digits', (value, expected) => {
	expect(requiredText(value, RULES)).toBe(expected);
});

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
	});
});

describe('numberIn', () => {
	const rules = { displayName: 'Limit', fallback: 3, min: 1, max: 20, remedy: 'Change it' };

	it.each([
		[4, 4],
		['4', 4],
		[' 4.5 ', 4.5],
		['\u202d4\u202c', 4],
		[undefined, 3],
		[null, 3],
		['', 3],
	])('takes %j for %d', (value, expected) => {
		expect(numberIn(value, rules)).toBe(expected);
	});

	it.each([0, 21, '0', 'four', '4x', '0x4', '1e1', true, {}, Number.NaN])('refuses %j', (value) => {
		const error = inputErrorOf(() => numberIn(value, rules));
		expect(error.message).toBe("'Limit' must be a number from 1 to 20");
		expect(error.remedy).toBe('Change it; the default is 3');
	});

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

	it('has an ID for a URL, also as a number', () => {
		expect(readerOf({ id: 4711 }).id('id', 'Message ID', 'Map it')).toBe('4711');
		const error = inputErrorOf(() => idInPath('Message ID', '../x'));
		expect(error.message).toBe("'Message ID' is not an ID");
	});

	it.each([undefined, null, 'x'])('has no fields in the collection %j', (options) => {
		expect(readerOf({ options }).options()).toEqual({});
	});

	it('has a time in the time zone of the workflow, if it is set', () => {
		const read = readerOf({}, 'Europe/Berlin');
		expect(read.time('2026-11-25T08:00:00', 'Since')).toBe(Date.UTC(2026, 10, 25, 7));
		expect([read.time('', 'Since'), read.time(undefined, 'Since')]).toEqual([undefined, undefined]);
	});
});
