import { isSuccess } from '../../../nodes/GenesysCloud/api/http';

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
