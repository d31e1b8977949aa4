import { timeOf } from '../../../nodes/GenesysCloud/resources/times';
import { inputErrorOf } from '../support/inputErrors';

const AT = Date.UTC(2026, 10, 25, 7, 0, 0);

describe('timeOf', () => {
	it.each([
		['2026-11-25T07:00:00Z'],
		['2026-11-25T07:00:00.000Z'],
		['2026-11-25T08:00:00+01:00'],
		['2026-11-25 08:00:00+0100'],
		['2026-11-25 08:00:00.000 +01:00'],
		['2026-11-25 07:00:00.000000+00'],
		['2026-11-25 08:00:00+01'],
		['2026-11-25T02:00-05'],
		['2026-11-25 08:00:00.000000'],
		['2026-11-25T08:00:00'],
		[' 2026-11-25 08:00 '],
		['\u200e2026-11-25T08:00:00\ufeff'],
		[AT],
		[String(AT)],
		[AT / 1000],
		[` ${AT / 1000}.000 `],
		[new Date(AT)],
		// Luxon's DateTime, which n8n's expressions give, has its time as its value.
		[{ valueOf: () => AT }],
	])('reads %j', (value) => {
		expect(timeOf(value, 'Since', 'Europe/Berlin')).toBe(AT);
	});

	it.each([
		['2026-07-01', 'Europe/Berlin', '2026-06-30T22:00:00Z'],
		['2026-07-01T12:00', 'America/New_York', '2026-07-01T16:00:00Z'],
		['2026-10-25T03:30', 'Europe/Berlin', '2026-10-25T02:30:00Z'],
		['2026-03-29T03:30', 'Europe/Berlin', '2026-03-29T01:30:00Z'],
		['2026-03-29T01:30', 'Europe/Berlin', '2026-03-29T00:30:00Z'],
		['2026-07-01T12:00:00.250', 'Asia/Kolkata', '2026-07-01T06:30:00.250Z'],
	])('takes %s for that of %s', (text, zone, expected) => {
		expect(timeOf(text, 'Since', zone)).toBe(Date.parse(expected));
	});

	it.each([
		...['yesterday', '25.11.2026', '2026-13-01T00:00:00Z', '2026-13-01', true, {}, Number.NaN],
		...[
			'1',
			2026,
			'46351',
			-1,
			'-1',
			'Z',
			'2026-11-25T07:00:00Z30',
			'1e12',
			Number.POSITIVE_INFINITY,
			1e16,
			'9'.repeat(99),
			AT * 1000,
			String(AT * 1000),
			20261125080000,
			'20261125080000',
		],
		...[[], [5], [AT], ['2026-11-25T07:00:00Z'], null, undefined, new Date(Number.NaN)],
		...['2026-11-25T25:00', '2026-11-25T08:60', 1e13, '10000000000000', 999_999_999],
	])('refuses %j', (value) => {
		const error = inputErrorOf(() => timeOf(value, 'Since', 'UTC'));
		expect(error.message).toBe("'Since' is not a date and time");
		expect(error.remedy).toBe('Use ISO 8601, for example 2026-11-25T08:00:00Z');
	});

	it.each([
		...['2026-11-31', '2026-02-30T10:00', '2026-02-30T10:00:00Z', '2026-02-29 08:00+01:00'],
		...['2026-04-31T23:00:00-05:00', '2026-00-10', '2026-01-00'],
	])('refuses %s, a day that does not exist', (text) => {
		expect(() => timeOf(text, 'Since', 'Europe/Berlin')).toThrow('is not a date and time');
	});

	it.each([0, '0'])('takes %j for the beginning', (value) => {
		expect(timeOf(value, 'Since', 'UTC')).toBe(0);
	});

	it.each([
		['the least one in seconds', 1e9, 1e12],
		['the greatest one in seconds', 9_999_999_999, 9_999_999_999_000],
		['the least one in ms', 1e11, 1e11],
		['the greatest one in ms', 1e13 - 1, 1e13 - 1],
	])('takes a number for seconds or ms: %s', (_name, value, expected) => {
		expect(timeOf(value, 'Since', 'UTC')).toBe(expected);
		expect(timeOf(String(value), 'Since', 'UTC')).toBe(expected);
	});

	it('reads the day of a leap year', () => {
		expect(timeOf('2028-02-29T10:00', 'Since', 'UTC')).toBe(Date.UTC(2028, 1, 29, 10));
	});
});
