import { SendWindows } from '../../../nodes/GenesysCloud/resources/sendWindow';
import { inputErrorOf } from '../support/inputErrors';

const REMEDY =
	"Give the times as 08:00 and 21:00, the days as mon, tue, wed, and a time zone such as Europe/Berlin, under 'Delivery Options'";
const OFFICE = { from: '08:00', to: '21:00', days: ['mon', 'wed'], timeZone: 'UTC' };

const read = (value: unknown, timeZone = 'UTC') => new SendWindows(timeZone).read(value);
/** Whether the office's window, with these changes, is open; 2026-11-25 is a Wednesday. */
const isOpen = (changes: object, time = '2026-11-25T12:00:00Z', timeZone = 'UTC') =>
	read({ window: { ...OFFICE, ...changes } }, timeZone)?.isOpen(Date.parse(time));

/** What is said of an option that cannot be used, after the name of the field. */
function problemOf(value: unknown, timeZone?: string): string {
	const { message, field, remedy } = inputErrorOf(() => read(value, timeZone));
	expect([field, remedy]).toEqual(['Send Window', REMEDY]);
	return message.replace("'Send Window' ", '');
}

const problemWith = (changes: object) => problemOf({ window: { ...OFFICE, ...changes } });

describe('the option Send Window', () => {
	it.each([undefined, null, '', {}, [], { window: {} }])('is not set by %j', (value) => {
		expect(read(value)).toBeUndefined();
	});

	it.each([{ window: OFFICE }, OFFICE])('may be a window or hold it: %j', (value) => {
		const at = (time: string) => read(value)?.isOpen(Date.parse(`2026-11-25T${time}Z`));
		expect([at('07:59:00'), at('08:00:00'), at('21:00:00')]).toEqual([false, true, false]);
	});

	it.each(['08:00', 5, 0, true, false, { window: 'x' }, { window: 0 }, { window: null }])(
		'is no window: %j',
		(value) => {
			expect(problemOf(value)).toBe('is not a window');
		},
	);

	it('is not taken for unset where an expression finds no window', () => {
		expect(problemOf({ window: undefined })).toBe('is not a window');
	});

	it('has a window for each item with the same values', () => {
		const windows = new SendWindows('UTC');
		const first = windows.read({ window: { ...OFFICE } });
		expect(first).toBeDefined();
		expect(windows.read({ window: { ...OFFICE } })).toBe(first);
		expect(windows.read({ ...OFFICE })).toBe(first);
		for (const other of [{ from: '08:01' }, { to: '20:00' }, { days: ['mon'] }]) {
			expect(windows.read({ window: { ...OFFICE, ...other } })).not.toBe(first);
		}
	});

	it('has a clock for each time zone, however many windows go by it', () => {
		const clocks = jest.spyOn(Intl, 'DateTimeFormat');
		const windows = new SendWindows('UTC');
		for (const from of ['08:00', '09:00', '10:00']) {
			for (const timeZone of ['UTC', 'Europe/Berlin', '']) {
				windows.read({ window: { ...OFFICE, from, timeZone } });
			}
		}
		expect(clocks).toHaveBeenCalledTimes(2);
	});
});

describe('a time of a window', () => {
	const at = (time: string) => `2026-11-25T${time}Z`;

	it.each([
		['9:05', at('09:04:59'), at('09:05:00')],
		['09:05', at('09:04:59'), at('09:05:00')],
		['09:05:00', at('09:04:59'), at('09:05:00')],
		[' 09:05\n', at('09:04:59'), at('09:05:00')],
		['\u200e09:05\u202c\ufeff', at('09:04:59'), at('09:05:00')],
		['10:59', at('10:58:59'), at('10:59:00')],
		['0:30', at('00:29:59'), at('00:30:00')],
	])('opens it at %j', (from, before, then) => {
		expect([isOpen({ from }, before), isOpen({ from }, then)]).toEqual([false, true]);
	});

	it.each([
		['9:05', at('09:04:59'), at('09:05:00')],
		['23:59', at('23:58:59'), at('23:59:00')],
		['24:00', at('23:59:59'), '2026-11-26T00:00:00Z'],
		['24:00:00', at('23:59:59'), '2026-11-26T00:00:00Z'],
		['\u200b20:30 ', at('20:29:59'), at('20:30:00')],
	])('closes it at %j', (to, before, then) => {
		expect([isOpen({ to }, before), isOpen({ to }, then)]).toEqual([true, false]);
	});

	it.each([
		...['8 am', '8', '08', '08:0', '08:000', '008:00', '08:60', '24:00', '25:00', '99:99'],
		...['08:00:30', '08:00:00:00', '08.00', 'at 08:00', '08:00 h', '-8:00', '', ' '],
		...[undefined, null, 8, 800, true, ['08:00'], {}],
	])('to open it is refused: %j', (from) => {
		expect(problemWith({ from })).toBe("has no usable time in 'From'");
	});

	it.each([
		...[
			'8 pm',
			'24:01',
			'24:30',
			'24:60',
			'25:00',
			'23:60',
			'22:120',
			'24:00:30',
			'2100',
			'x24:00',
		],
		...[undefined, null, '', 24, ['21:00'], new Date(0)],
	])('to close it is refused: %j', (to) => {
		expect(problemWith({ to })).toBe("has no usable time in 'To'");
	});

	it.each([
		['08:00', '08:00'],
		['08:00', '8:00'],
		['00:00', '0:00:00'],
	])('may not be that of the other one: %s, %s', (from, to) => {
		expect(problemWith({ from, to })).toBe('opens and closes at the same time');
	});
});

describe('the days of a window', () => {
	it.each([
		[['wed']],
		[['WED']],
		[['Wednesday']],
		[['weDNes']],
		[[' wed\u200b ']],
		['wed'],
		['mon, wed'],
		['mon,Wednesday , fri'],
		[['tue', 'wed', 'wed']],
	])('are read: %j', (days) => {
		expect([isOpen({ days }), isOpen({ days }, '2026-11-26T12:00:00Z')]).toEqual([true, false]);
	});

	it.each(['sun', 'sund', 'sunda', 'sunday', 'SUN'])('may be written %s', (day) => {
		expect(isOpen({ days: [day] }, '2026-11-29T12:00:00Z')).toBe(true);
	});

	it.each([
		...['', ' ', ',', 'mon,', 'mon,,tue', 'mon-fri', 'mon tue', 'mon;tue', 'monthly', 'mondays'],
		...['mo', 's', 'day', 'nday', 'x', '1'],
		...[undefined, null, 1, true, {}],
	])('are refused: %j', (days) => {
		expect(problemWith({ days })).toBe('has no usable days');
	});

	it.each([
		[[]],
		[['']],
		[['mon', 'xyz']],
		[['xyz', 'mon']],
		[[1]],
		[[null]],
		[[['mon']]],
		[['mo']],
	])('are refused as the list %j', (days) => {
		expect(problemWith({ days })).toBe('has no usable days');
	});

	it('are refused where there are none', () => {
		expect(problemOf({ window: { from: '08:00', to: '21:00' } })).toBe('has no usable days');
	});
});

describe('the time zone of a window', () => {
	it.each([undefined, null, '', '  ', '\u200b\ufeff'])(
		"is the workflow's where there is none: %j",
		(timeZone) => {
			const at = (time: string) => isOpen({ timeZone }, `2026-11-25T${time}Z`, 'Asia/Kathmandu');
			expect([at('02:14:59'), at('02:15:00'), at('15:15:00')]).toEqual([false, true, false]);
		},
	);

	it.each(['Asia/Kathmandu', ' Asia/Kathmandu\n', 'Asia/Kathmandu\u202c', 'asia/kathmandu'])(
		"is its own and not the workflow's: %j",
		(timeZone) => {
			const at = (time: string) => isOpen({ timeZone }, `2026-11-25T${time}Z`, 'America/New_York');
			expect([at('02:14:59'), at('02:15:00')]).toEqual([false, true]);
		},
	);

	it.each([5, 0, true, false, ['UTC'], {}])('is refused where it is no text: %j', (timeZone) => {
		expect(problemWith({ timeZone })).toBe('has a time zone that is not text');
	});

	it.each(['Mars/Olympus', 'Berlin', 'x'])('is refused where nobody knows it: %s', (timeZone) => {
		expect(problemWith({ timeZone })).toBe(`has no known time zone: '${timeZone}'`);
	});

	it("is named without what copying brings along, and when it is the workflow's", () => {
		expect(problemWith({ timeZone: ' Mars\u200b ' })).toBe("has no known time zone: 'Mars'");
		const window = { ...OFFICE, timeZone: '' };
		expect(problemOf({ window }, 'Moon/Sea')).toBe("has no known time zone: 'Moon/Sea'");
	});

	it('that is refused once is refused again', () => {
		const windows = new SendWindows('UTC');
		const wrong = { window: { ...OFFICE, timeZone: 'Mars/Olympus' } };
		const messages = [1, 2].map(() => inputErrorOf(() => windows.read(wrong)).message);
		const expected = "'Send Window' has no known time zone: 'Mars/Olympus'";
		expect(messages).toEqual([expected, expected]);
	});
});

it('of several faults, a window names that of the first field', () => {
	expect(problemWith({ from: 'x', to: 'x', days: [], timeZone: 5 })).toMatch(/'From'/);
	expect(problemWith({ to: 'x', days: [], timeZone: 5 })).toMatch(/'To'/);
});
