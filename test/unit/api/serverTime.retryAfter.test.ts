import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { retryAfterMs } from '../../../nodes/GenesysCloud/api/serverTime';
import { answer } from '../support/http';

const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

const asked = (headers: Readonly<Partial<Record<string, string>>>) =>
	retryAfterMs(answer(429, '', headers), NOW);

describe('retryAfterMs', () => {
	it.each([
		['0', 0],
		['1', 1_000],
		['42', 42_000],
		[' 42 ', 42_000],
		['1.5', 1_500],
		['1.25', 1_250],
		['1.125', 1_125],
		['59.8329101562', 59_832.910_156_2],
		['86400', 86_400_000],
		['999999999', 999_999_999_000],
		['42, 42', 42_000],
	])('reads %j seconds', (value, expected) => {
		expect(asked({ 'retry-after': value })).toBe(expected);
	});

	it.each([
		['Sun, 22 Nov 2026 12:01:30 GMT', 90_000],
		['Sunday, 22-Nov-26 12:01:30 GMT', 90_000],
		['Sun Nov 22 12:01:30 2026 GMT', 90_000],
		['Sun Nov 22 12:01:30 2026', 90_000],
		['2026-11-22T12:01:30Z', 90_000],
		['2026-11-22T13:01:30+01:00', 90_000],
		['2026-11-22T13:01:30+0100', 90_000],
		['Mon, 23 Nov 2026 12:00:00 GMT', 86_400_000],
		['Sun, 22 Nov 2026 12:00:00 GMT', 0],
		['Sun, 22 Nov 2026 11:00:00 GMT', 0],
		['Thu, 01 Jan 1970 00:00:00 GMT', 0],
	])('reads the HTTP date %j', (value, expected) => {
		expect(asked({ 'retry-after': value })).toBe(expected);
	});

	it.each([
		['is hours behind', 'Sun, 22 Nov 2026 18:00:00 GMT', 'Sun, 22 Nov 2026 18:01:30 GMT', 90_000],
		['is hours ahead', 'Sun, 22 Nov 2026 06:00:00 GMT', 'Sun, 22 Nov 2026 06:01:30 GMT', 90_000],
		[
			'is hours behind, and a proxy repeats what the server says',
			'Sun, 22 Nov 2026 18:00:00 GMT, Sun, 22 Nov 2026 18:00:00 GMT',
			'Sun, 22 Nov 2026 18:01:30 GMT, Sun, 22 Nov 2026 18:01:30 GMT',
			90_000,
		],
		['is right, of an odd server', 'today', 'Sun, 22 Nov 2026 12:01:30 GMT', 90_000],
	])(
		'reads an HTTP date by the time of the server: this clock %s',
		(_how, date, value, expected) => {
			expect(asked({ 'retry-after': value, date })).toBe(expected);
		},
	);

	it('reads the form of an HTTP date that names no zone as UTC, wherever n8n runs', () => {
		const module = join(__dirname, '../../../nodes/GenesysCloud/api/serverTime.ts');
		const script = `
			const { retryAfterMs } = require(${JSON.stringify(module)});
			const header = (name) => name === 'retry-after' ? 'Sun Nov 22 12:01:30 2026' : undefined;
			console.log(retryAfterMs({ status: 429, text: '', header }, ${NOW}));
		`;
		const env = { ...process.env, TZ: 'America/New_York' };
		const told = execFileSync(process.execPath, ['-r', 'tsx/cjs', '-e', script], { env });
		expect(told.toString().trim()).toBe('90000');
	});

	it.each([
		'soon',
		'-5',
		'',
		'1e3',
		'0x10',
		'12345678901234567890',
		'1,5',
		'Nov 22',
		'Sun, 99 Foo 2026 12:01:30 GMT',
		'Sun, 22 Nov 2026 9:01:30 GMT',
		'Sun, 22 Nov 2026 12:01:3 GMT',
		'NaN',
		'Infinity',
	])('takes %j for no time', (value) => {
		expect(asked({ 'retry-after': value })).toBeUndefined();
	});

	it.each([
		['17', 17_000],
		['3600', 3_600_000],
	])("reads Genesys Cloud's own header when there is no Retry-After: %s", (reset, expected) => {
		expect(asked({ 'inin-ratelimit-reset': reset })).toBe(expected);
	});

	it("reads Genesys Cloud's own header that a proxy repeats", () => {
		expect(asked({ 'inin-ratelimit-reset': '17, 17' })).toBe(17_000);
	});

	it("reads Genesys Cloud's own header when Retry-After cannot be read", () => {
		expect(asked({ 'retry-after': 'soon', 'inin-ratelimit-reset': '17' })).toBe(17_000);
	});

	it("prefers Retry-After over Genesys Cloud's own header", () => {
		expect(asked({ 'retry-after': '3', 'inin-ratelimit-reset': '17' })).toBe(3_000);
	});

	it.each([200, 400, 500, 503])('does not take the end of the window for a wish: %i', (status) => {
		const headers = { 'inin-ratelimit-reset': '17' };
		expect(retryAfterMs(answer(status, '', headers), NOW)).toBeUndefined();
		expect(retryAfterMs(answer(status, '', { ...headers, 'retry-after': '3' }), NOW)).toBe(3_000);
	});

	it.each([
		{},
		{ 'inin-ratelimit-reset': 'x' },
		{ 'inin-ratelimit-reset': '' },
		{ 'inin-ratelimit-reset': '3601' },
		{ 'inin-ratelimit-reset': '1764000000' },
	])('is not told by %j', (headers) => {
		expect(asked(headers)).toBeUndefined();
	});
});
