import { isBlank } from '../../../nodes/GenesysCloud/api/unseen';

describe('a text without anything to see', () => {
	it.each([
		['', true],
		[' \t\r\n', true],
		['\u00a0\u3000', true],
		['\u200b\ufeff', true],
		[' \u200b \u2800 ', true],
		['\u3164\ufe0f', true],
		['.', false],
		['0', false],
		[' a\u200b', false],
		['\u2764\ufe0f', false],
	])('is %j: %s', (text, expected) => {
		expect(isBlank(text)).toBe(expected);
	});
});
