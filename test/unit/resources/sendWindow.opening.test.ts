import { SendWindow, SendWindows } from '../../../nodes/GenesysCloud/resources/sendWindow';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

function windowOf(from: string, to: string, timeZone = 'UTC', days: readonly string[] = DAYS) {
	const read = new SendWindows('UTC').read({ window: { from, to, days, timeZone } });
	if (!read) throw new Error('no window');
	return read;
}

/** How often a search looks at the clock. */
const looksAtClock = () => jest.spyOn(Intl.DateTimeFormat.prototype, 'formatToParts');

describe('the next opening where clocks change', () => {
	it.each([
		['Europe/Berlin', '2026-03-28T21:00:00Z', '2026-03-29T06:07:00.000Z'],
		['Europe/Berlin', '2026-10-24T20:00:00Z', '2026-10-25T07:07:00.000Z'],
		['America/New_York', '2026-03-08T05:00:00Z', '2026-03-08T12:07:00.000Z'],
		['America/New_York', '2026-11-01T04:00:00Z', '2026-11-01T13:07:00.000Z'],
		['Australia/Lord_Howe', '2026-10-03T14:00:00Z', '2026-10-03T21:07:00.000Z'],
		['Australia/Lord_Howe', '2026-04-04T14:00:00Z', '2026-04-04T21:37:00.000Z'],
	])('on the morning after is at its time by the new clock: %s', (zone, now, expected) => {
		expect(windowOf('08:07', '21:00', zone).nextOpening(Date.parse(now))).toBe(expected);
	});

	it.each([
		['Europe/Berlin', '02:30', '2026-03-29T00:45:00Z', '2026-03-29T01:00:00.000Z'],
		['Europe/Berlin', '02:30', '2026-03-28T04:00:00Z', '2026-03-29T01:00:00.000Z'],
		['America/New_York', '02:30', '2026-03-08T05:00:00Z', '2026-03-08T07:00:00.000Z'],
		['Australia/Lord_Howe', '02:15', '2026-10-03T14:00:00Z', '2026-10-03T15:30:00.000Z'],
		['America/Santiago', '00:30', '2026-09-06T02:00:00Z', '2026-09-06T04:00:00.000Z'],
	])('is right after a skipped time: %s, %s', (zone, from, now, expected) => {
		expect(windowOf(from, '04:30', zone).nextOpening(Date.parse(now))).toBe(expected);
	});

	it.each([
		['Europe/Berlin', '02:30', '02:50', '2026-10-25T00:50:00Z', '2026-10-25T01:30:00.000Z'],
		['America/New_York', '01:07', '01:09', '2026-11-01T05:09:00Z', '2026-11-01T06:07:00.000Z'],
		['Australia/Lord_Howe', '01:45', '01:50', '2026-04-04T14:55:00Z', '2026-04-04T15:15:00.000Z'],
		['Europe/Berlin', '22:00', '02:30', '2026-10-25T00:45:00Z', '2026-10-25T01:00:00.000Z'],
	])('comes twice where a time does: %s, %s to %s', (zone, from, to, now, expected) => {
		expect(windowOf(from, to, zone).nextOpening(Date.parse(now))).toBe(expected);
	});

	it('is two weeks away when the clocks skip the window of a week', () => {
		const sundays = windowOf('02:00', '03:00', 'Europe/Berlin', ['sun']);
		const opening = sundays.nextOpening(Date.parse('2026-03-22T02:00:00Z'));
		expect(opening).toBe('2026-04-05T00:00:00.000Z');
	});

	it('is two weeks away when a zone skips the day of a week', () => {
		const fridays = windowOf('08:00', '21:00', 'Pacific/Apia', ['fri']);
		const opening = fridays.nextOpening(Date.parse('2011-12-24T08:00:00Z'));
		expect(opening).toBe('2012-01-05T18:00:00.000Z');
	});
});

it('a window that opens on no day has no next opening', () => {
	const clock = new Intl.DateTimeFormat('en-US', {
		timeZone: 'UTC',
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
	const never = new SendWindow(480, 1_260, new Set(), clock);
	expect(never.nextOpening(Date.parse('2026-11-25T12:00:00Z'))).toBeUndefined();
});

describe('a search for the next opening', () => {
	const at = (time: string) => Date.parse(`2026-11-${time}Z`);

	it('goes from day to day, not from minute to minute', () => {
		const window = windowOf('08:07', '21:00', 'UTC', ['sun']);
		const looks = looksAtClock();
		expect(window.nextOpening(at('22T21:00:00'))).toBe('2026-11-29T08:07:00.000Z');
		expect(looks.mock.calls.length).toBeLessThan(30);
	});

	it('is made once for all moments until the opening', () => {
		const window = windowOf('08:00', '21:00');
		const looks = looksAtClock();
		expect(window.nextOpening(at('25T22:00:00'))).toBe('2026-11-26T08:00:00.000Z');
		const needed = looks.mock.calls.length;
		for (const time of ['25T22:00:00', '25T22:00:01', '26T03:00:00', '26T07:59:59.999']) {
			expect(window.nextOpening(at(time))).toBe('2026-11-26T08:00:00.000Z');
		}
		expect(looks).toHaveBeenCalledTimes(needed);
	});

	it('is made anew after the opening that it found', () => {
		const window = windowOf('08:00', '21:00', 'UTC', ['wed', 'thu']);
		expect(window.nextOpening(at('25T22:00:00'))).toBe('2026-11-26T08:00:00.000Z');
		expect(window.nextOpening(at('26T21:00:00'))).toBe('2026-12-02T08:00:00.000Z');
		expect(window.nextOpening(at('27T08:00:00'))).toBe('2026-12-02T08:00:00.000Z');
	});

	it('is made anew for an earlier moment, as after a correction of the clock', () => {
		const window = windowOf('08:00', '21:00');
		expect(window.nextOpening(at('25T22:00:00'))).toBe('2026-11-26T08:00:00.000Z');
		expect(window.nextOpening(at('25T07:00:00'))).toBe('2026-11-25T08:00:00.000Z');
		expect(window.nextOpening(at('23T22:00:00'))).toBe('2026-11-24T08:00:00.000Z');
	});
});
