import { requiredText } from '../../../nodes/GenesysCloud/resources/texts';
import { FORBIDDEN_WORDS } from '../support/failures';
import { inputErrorOf } from '../support/inputErrors';

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
		[Number.NaN, "'Message' is NaN: its expression gives no number"],
		[true, "'Message' is not text but a boolean"],
		[['a'], "'Message' is not text but a list"],
		[{ a: 1 }, "'Message' is not text but an object"],
		['01234567890', "'Message' is too long: 11 characters, and at most 10 are allowed"],
	])('refuses %j: %s', (value, message) => {
		const error = inputErrorOf(() => requiredText(value, RULES));
		expect([error.message, error.field]).toEqual([message, 'Message']);
		expect(error.remedy).toMatch(/Enter the text|Shorten it|Store it as text|Check the expression/);
		expect(`${error.message} ${error.remedy}`).not.toMatch(FORBIDDEN_WORDS);
	});
});

it.each([
	...['\u2800', '\u3164', '\u115f', '\ufe0f', '\u034f', '\u0000', '\u0085'],
	...['\u200d \ufe0f', '\u2800\n\u3164'],
])('a text of nothing but %j is empty', (unseen) => {
	expect(inputErrorOf(() => requiredText(unseen, RULES)).message).toBe("'Message' is empty");
});

it.each(['Hello [object Object]!', '[object Object]'])(
	'an object in a text is no text: %j',
	(text) => {
		const error = inputErrorOf(() => requiredText(text, { ...RULES, maxLength: 99 }));
		expect(error.message).toBe(
			"'Message' holds '[object Object]', as an expression in it gives an object",
		);
		expect(error.remedy).toBe('Use one field of the object in the expression');
	},
);

it.each([
	[7, '7'],
	[0, '0'],
	[13175555, '13175555'],
	[-7, '-7'],
])('the number %d is taken for its digits', (value, expected) => {
	expect(requiredText(value, RULES)).toBe(expected);
});

it('the greatest number that is exact is taken for its digits', () => {
	const text = requiredText(Number.MAX_SAFE_INTEGER, { ...RULES, maxLength: 16 });
	expect(text).toBe('9007199254740991');
});
