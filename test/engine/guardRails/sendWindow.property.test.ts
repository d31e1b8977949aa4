import { randomUUID } from 'node:crypto';

import * as fc from 'fast-check';

import { SendWindows } from '../../../nodes/GenesysCloud/resources/sendWindow';
import { runs } from '../../support/runs';
import { credentialOf, engineWith } from '../support/bed';
import { setCalendar } from '../support/calendar';
import { acceptedAnswer, startGateway } from '../support/gateway';
import { detailsOf } from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

jest.setTimeout(60_000);

const DAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const ZONES = [
	...['UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe'],
	...['America/Santiago', 'Pacific/Apia', 'Asia/Kathmandu'],
];
const MINUTE = 60_000;

interface Window {
	readonly from: string;
	readonly to: string;
	readonly days: string[];
	readonly timeZone: string;
}

const time = fc
	.integer({ min: 0, max: 1439 })
	.map((minute) =>
		[Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0')).join(':'),
	);

const windows: fc.Arbitrary<Window> = fc
	.record({
		from: time,
		to: time,
		days: fc.subarray(DAYS, { minLength: 1 }),
		timeZone: fc.constantFrom(...ZONES),
	})
	.filter(({ from, to }) => from !== to);

/** Any minute of two years; often one on a day when clocks change. */
const moments = fc.oneof(
	fc.integer({ min: Date.UTC(2025, 0), max: Date.UTC(2027, 0) }),
	fc
		.constantFrom(
			'2026-03-29',
			'2026-10-25',
			'2026-03-08',
			'2026-11-01',
			'2026-04-05',
			'2026-09-06',
		)
		.chain((date) =>
			fc.integer({ min: -1440, max: 2880 }).map((m) => Date.parse(date) + m * MINUTE),
		),
);

const calendars = new Map<string, Intl.DateTimeFormat>();

/** A Swedish calendar: it writes 2026-11-25 08:00. */
function calendarOf(timeZone: string): Intl.DateTimeFormat {
	const options = { timeZone, dateStyle: 'short', timeStyle: 'short' } as const;
	const calendar = calendars.get(timeZone) ?? new Intl.DateTimeFormat('sv-SE', options);
	calendars.set(timeZone, calendar);
	return calendar;
}

/** Whether the window is open, told in another way than the node tells it. */
function isOpen({ from, to, days, timeZone }: Window, at: number): boolean {
	const [date = '', clock = ''] = calendarOf(timeZone).format(at).split(' ');
	const weekday = (new Date(`${date}T12:00:00Z`).getUTCDay() + 6) % 7;
	const today = days.includes(DAYS[weekday]!);
	const yesterday = days.includes(DAYS[(weekday + 6) % 7]!);
	if (from < to) return today && clock >= from && clock < to;
	return (today && clock >= from) || (yesterday && clock < to);
}

/** The first open minute after a moment, looked for one by one. */
function firstOpenMinute(window: Window, after: number): number {
	let at = Math.floor(after / MINUTE) * MINUTE + MINUTE;
	while (!isOpen(window, at)) at += MINUTE;
	return at;
}

describe('any window at any moment', () => {
	it('is open when the calendar says so, and opens next in its first open minute', () => {
		const property = fc.property(windows, moments, (window, now) => {
			const read = new SendWindows('UTC').read({ window });
			expect(read?.isOpen(now)).toBe(isOpen(window, now));
			fc.pre(!isOpen(window, now));
			expect(Date.parse(read?.nextOpening(now) ?? '')).toBe(firstOpenMinute(window, now));
		});
		fc.assert(property, runs(300));
	});
});

it('2,000 windows, each of its own, are looked at in no time', () => {
	const known = new SendWindows('UTC');
	const zones = Intl.supportedValuesOf('timeZone');
	const now = Date.parse('2026-11-25T08:00:00Z');
	const before = process.cpuUsage().user;
	for (let index = 0; index < 2_000; index++) {
		const from = `${index % 24}:${String(index % 60).padStart(2, '0')}`;
		const window = { from, to: '24:00', days: ['tue'], timeZone: zones[index % zones.length] };
		expect(known.read({ window })?.nextOpening(now)).toMatch(/^2026-1[12]-/);
	}
	expect((process.cpuUsage().user - before) / 1_000).toBeLessThan(5_000);
});

describe('a run in which time passes', () => {
	afterEach(() => jest.useRealTimers());

	it('makes no call outside the window, and tells each other item when it opens', async () => {
		const gateway = await startGateway();
		const passing = fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 6, maxLength: 6 });
		const statuses = fc.array(fc.constantFrom(200, 500, 200), { minLength: 18, maxLength: 18 });
		const property = fc.asyncProperty(
			...[windows, moments, passing, statuses],
			async (window, start, minutes, answers) => {
				setCalendar(new Date(start).toISOString());
				const called: number[] = [];
				gateway.answer = (call) => {
					const now = Date.now();
					called.push(now);
					jest.setSystemTime(now + (minutes[called.length % minutes.length] ?? 0) * MINUTE);
					return answers[called.length % answers.length] === 200
						? acceptedAnswer(call)
						: { status: 500 };
				};
				const client = { clientId: randomUUID(), clientSecret: 'a-secret-of-the-tests' };
				const engine = await engineWith(credentialOf(gateway.url, client));
				const delivery = { concurrency: 1, sendWindow: { window }, stopAfterFailures: 0 };
				const workflow = sendWorkflow({ delivery }, { onError: 'continueErrorOutput' });
				const input = customers(...contactIds(6));
				const result = await engine.run(workflow, { input });
				expect(called.filter((at) => !isOpen(window, at))).toEqual([]);
				for (const details of detailsOf(result, 1) as { reason: string; sendAfter?: string }[]) {
					const outside = details.reason === 'outsideSendWindow';
					expect(details.sendAfter !== undefined).toBe(outside);
					expect(!outside || isOpen(window, Date.parse(details.sendAfter ?? ''))).toBe(true);
				}
			},
		);
		await fc.assert(property, runs(40));
		await gateway.close();
	});
});
