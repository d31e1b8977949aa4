import { SendWindows, type SendWindow } from '../../../nodes/GenesysCloud/resources/sendWindow';

type Window = Readonly<Record<string, unknown>>;

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];
const OFFICE = { from: '08:00', to: '21:00' };
const NIGHT = { from: '22:00', to: '06:00' };
const BERLIN = { timeZone: 'Europe/Berlin' };

/** A window of all days by UTC, unless it says otherwise. */
function windowOf(window: Window): SendWindow {
	const read = new SendWindows('UTC').read({ window: { days: DAYS, ...window } });
	if (!read) throw new Error('no window');
	return read;
}

const isOpen = (window: Window, time: string) => windowOf(window).isOpen(Date.parse(time));
const openingAfter = (window: Window, time: string) =>
	windowOf(window).nextOpening(Date.parse(time));

/** 2026-11-22 is a Sunday; of what comes after the 30th, no test asks. */
const dayOf = (index: number, time: string) => `2026-11-${22 + index}T${time}Z`;

describe('a window within a day', () => {
	it.each([
		['07:59:59.999', false],
		['08:00:00', true],
		['12:30:00', true],
		['20:59:59.999', true],
		['21:00:00', false],
		['23:59:59', false],
		['00:00:00', false],
	])('of 08:00 to 21:00, at %s: open is %s', (time, expected) => {
		expect(isOpen(OFFICE, dayOf(3, time))).toBe(expected);
	});

	it.each([
		[{ from: '08:07', to: '08:08' }, '08:06:59', false],
		[{ from: '08:07', to: '08:08' }, '08:07:30', true],
		[{ from: '08:07', to: '08:08' }, '08:08:00', false],
		[{ from: '00:00', to: '24:00' }, '00:00:00', true],
		[{ from: '00:00', to: '24:00' }, '23:59:59', true],
		[{ from: '00:00', to: '00:01' }, '00:00:59', true],
		[{ from: '23:59', to: '24:00' }, '23:58:59', false],
		[{ from: '23:59', to: '24:00' }, '23:59:00', true],
	])('of %j, at %s: open is %s', (window, time, expected) => {
		expect(isOpen(window, dayOf(3, time))).toBe(expected);
	});

	it.each(DAYS.map((day, index) => [day, index] as const))(
		'of %s is open on that day alone',
		(day, index) => {
			const open = DAYS.filter((_name, other) =>
				isOpen({ ...OFFICE, days: [day] }, dayOf(other, '12:00:00')),
			);
			expect(open).toEqual([day]);
			expect(isOpen({ ...OFFICE, days: [day] }, dayOf(index, '07:00:00'))).toBe(false);
			expect(isOpen({ ...OFFICE, days: [day] }, dayOf(index, '22:00:00'))).toBe(false);
		},
	);
});

describe('a window over midnight', () => {
	it.each([
		['21:59:59.999', false],
		['22:00:00', true],
		['23:59:59', true],
		['00:00:00', true],
		['05:59:59.999', true],
		['06:00:00', false],
		['12:00:00', false],
	])('of 22:00 to 06:00, at %s: open is %s', (time, expected) => {
		expect(isOpen(NIGHT, dayOf(3, time))).toBe(expected);
	});

	it.each(DAYS.map((day, index) => [day, index] as const))(
		'of %s is open from its evening to the next morning',
		(day, index) => {
			const moments = [0, 1, 2, 3, 4, 5, 6, 7].flatMap((other) => [
				dayOf(other, '05:00:00'),
				dayOf(other, '23:00:00'),
			]);
			// The Saturday before this week opens its first morning as well.
			const expected = [
				...(index === 6 ? [dayOf(0, '05:00:00')] : []),
				dayOf(index, '23:00:00'),
				dayOf(index + 1, '05:00:00'),
				...(index === 0 ? [dayOf(7, '23:00:00')] : []),
			];
			expect(moments.filter((time) => isOpen({ ...NIGHT, days: [day] }, time))).toEqual(expected);
		},
	);

	it('that ends at 00:00 is that of the evening alone', () => {
		const evening = { from: '20:00', to: '00:00', days: ['wed'] };
		expect(isOpen(evening, dayOf(3, '23:59:59'))).toBe(true);
		expect(isOpen(evening, dayOf(4, '00:00:00'))).toBe(false);
	});
});

describe('the time zone of a window', () => {
	it.each([
		['Asia/Kolkata', '02:29:59', false],
		['Asia/Kolkata', '02:30:00', true],
		['Asia/Kathmandu', '02:14:59', false],
		['Asia/Kathmandu', '02:15:00', true],
		['America/St_Johns', '11:29:59', false],
		['America/St_Johns', '11:30:00', true],
		['Pacific/Chatham', '18:14:59', false],
		['Pacific/Chatham', '18:15:00', true],
	])('is the one by whose clock it opens: %s at %s UTC, open is %s', (timeZone, time, expected) => {
		expect(isOpen({ ...OFFICE, timeZone }, dayOf(3, time))).toBe(expected);
	});

	it.each([
		['Pacific/Kiritimati', '11:00:00', ['thu'], true],
		['Pacific/Kiritimati', '11:00:00', ['wed'], false],
		['Pacific/Pago_Pago', '10:00:00', ['tue'], true],
		['Pacific/Pago_Pago', '10:00:00', ['wed'], false],
	])(
		'tells the day: %s on a Wednesday at %s UTC, with %j open is %s',
		(timeZone, time, days, open) => {
			const window = { from: '00:00', to: '24:00', days, timeZone };
			expect(isOpen(window, dayOf(3, time))).toBe(open);
		},
	);

	it.each([
		['2026-07-01T05:59:59Z', false],
		['2026-07-01T06:00:00Z', true],
		['2026-12-02T06:59:59Z', false],
		['2026-12-02T07:00:00Z', true],
	])('has its summer time: Berlin at %s, open is %s', (time, expected) => {
		expect(isOpen({ ...OFFICE, ...BERLIN }, time)).toBe(expected);
	});
});

describe('the hours in which clocks change', () => {
	it.each([
		['in the first of two hours', '2026-10-25T00:40:00Z', true],
		['before the second one', '2026-10-25T01:10:00Z', false],
		['in the second one', '2026-10-25T01:40:00Z', true],
		['before the hour that is skipped', '2026-03-29T00:59:59Z', false],
		['after it', '2026-03-29T01:00:00Z', true],
	])('%s, a window of 02:30 to 04:00 is as the clock says', (_name, time, expected) => {
		expect(isOpen({ from: '02:30', to: '04:00', ...BERLIN }, time)).toBe(expected);
	});
});

describe('a window that is closed', () => {
	it.each<[string, Window, string, string]>([
		['on the same day', OFFICE, dayOf(3, '07:59:59.999'), dayOf(3, '08:00:00.000')],
		['on the next day', OFFICE, dayOf(3, '21:00:00'), dayOf(4, '08:00:00.000')],
		['soon after it has closed', OFFICE, dayOf(3, '21:00:30'), dayOf(4, '08:00:00.000')],
		['in the evening', NIGHT, dayOf(3, '06:00:00'), dayOf(3, '22:00:00.000')],
		[
			'at a minute of its own',
			{ ...OFFICE, from: '08:07' },
			dayOf(3, '21:34:56.789'),
			dayOf(4, '08:07:00.000'),
		],
		['at midnight', { from: '00:00', to: '06:00' }, dayOf(3, '12:00:00'), dayOf(4, '00:00:00.000')],
		[
			'after days without it',
			{ ...OFFICE, days: ['mon'] },
			dayOf(3, '12:00:00'),
			dayOf(8, '08:00:00.000'),
		],
		[
			'a week later',
			{ from: '08:07', to: '08:08', days: ['sun'] },
			dayOf(0, '08:08:00'),
			'2026-11-29T08:07:00.000Z',
		],
		[
			'on the day before which it is asked for at its own time',
			{ ...OFFICE, days: ['thu'] },
			dayOf(3, '08:00:00'),
			dayOf(4, '08:00:00.000'),
		],
		[
			'in the evening of its day, after the morning of a day that is not in it',
			{ ...NIGHT, days: ['wed'] },
			dayOf(3, '03:00:00'),
			dayOf(3, '22:00:00.000'),
		],
		[
			'in the next year',
			{ ...OFFICE, days: ['fri'], timeZone: 'America/New_York' },
			'2026-12-28T12:00:00Z',
			'2027-01-01T13:00:00.000Z',
		],
		[
			'by a clock with an odd offset',
			{ ...OFFICE, from: '08:07', timeZone: 'Asia/Kathmandu' },
			dayOf(3, '18:00:00'),
			dayOf(4, '02:22:00.000'),
		],
	])('opens next %s', (_name, window, now, expected) => {
		expect(openingAfter(window, now)).toBe(expected);
	});
});
