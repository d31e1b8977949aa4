import { oneOf, requiredText } from '../../../nodes/GenesysCloud/resources/parameters';
import { FORBIDDEN_WORDS } from '../support/failures';
import { inputErrorOf } from '../support/inputErrors';

const RULES = { displayName: 'Message', maxLength: 10, remedy: 'Enter the text' };

describe('requiredText', () => {
	it.each(['a', ' a ', '0123456789', '\n\ta', 'äöü€'])('takes %j as it is', (text) => {
		expect(requiredText(text, RULES)).toBe(text);
	});

	it.each([
		[undefined, "'Message' is empty"],
		[null, "'Message' is empty"],
		['', "'Message' is empty"],
		[' \n\t\u00a0', "'Message' is empty"],
		[7, "'Message' is not text but a number"],
		[true, "'Message' is not text but a boolean"],
		[['a'], "'Message' is not text but a list"],
		[{ a: 1 }, "'Message' is not text but an object"],
		['01234567890', "'Message' is too long: 11 characters, and at most 10 are allowed"],
	])('refuses %j: %s', (value, message) => {
		const error = inputErrorOf(() => requiredText(value, RULES));
		expect([error.message, error.field]).toEqual([message, 'Message']);
		expect(error.remedy).toMatch(/Enter the text|Shorten it/);
		expect(`${error.message} ${error.remedy}`).not.toMatch(FORBIDDEN_WORDS);
	});
});

describe('oneOf', () => {
	const rules = { displayName: 'Sender Type', values: ['bot', 'agent'] as const };

	it.each([
		['bot', 'bot'],
		['agent', 'agent'],
		[undefined, 'bot'],
	])('takes %j for %s', (value, expected) => {
		expect(oneOf(value, rules)).toBe(expected);
	});

	it.each(['', 'Bot', 'robot', null, 1, ['bot'], 'constructor'])('refuses %j', (value) => {
		const error = inputErrorOf(() => oneOf(value, rules));
		expect(error.message).toBe("'Sender Type' has a value that is not allowed");
		expect(error.remedy).toBe('Use one of: bot, agent');
	});
});
