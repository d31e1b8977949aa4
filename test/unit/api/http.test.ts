import { headerOnce, isSuccess } from '../../../nodes/GenesysCloud/api/http';
import { answer } from '../support/http';

describe('isSuccess', () => {
	it.each([
		[199, false],
		[200, true],
		[204, true],
		[299, true],
		[300, false],
		[404, false],
	])('of the status %i is %s', (status, expected) => {
		expect(isSuccess(status)).toBe(expected);
	});
});

describe('headerOnce', () => {
	it.each([
		[undefined, ''],
		['', ''],
		[' 7 ', '7'],
		['300, 300', '300'],
		['7,7,7', '7'],
		['300, 200', '300, 200'],
		['7, 77', '7, 77'],
		['7, 8, 7', '7, 8, 7'],
		['Sun, 22 Nov 2026 12:01:30 GMT', 'Sun, 22 Nov 2026 12:01:30 GMT'],
		[
			'Sun, 22 Nov 2026 12:01:30 GMT, Sun, 22 Nov 2026 12:01:30 GMT',
			'Sun, 22 Nov 2026 12:01:30 GMT',
		],
	])('of %j is %j', (value, expected) => {
		expect(headerOnce(answer(200, '', { name: value }), 'name')).toBe(expected);
	});
});
