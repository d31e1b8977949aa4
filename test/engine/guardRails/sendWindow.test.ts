import type { IDataObject } from 'n8n-workflow';

import { beds, type Bed } from '../support/bed';
import { setCalendar } from '../support/calendar';
import {
	contactsOf,
	detailsOf,
	having,
	hintOf,
	jsonOf,
	textLike,
	until,
} from '../support/outcomes';
import { contactIds, customers, sendWorkflow } from '../support/workflows';

const openBed = beds();
const onError = 'continueErrorOutput';
afterEach(() => jest.useRealTimers());

/** Delivery Options with a window; all days unless it says otherwise. */
function within(window: IDataObject, delivery: IDataObject = {}): IDataObject {
	const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
	return { delivery: { ...delivery, sendWindow: { window: { days, ...window } } } };
}

/** Sends to one customer at a moment: `sent`, or when the window opens next. */
async function outcomeAt(bed: Bed, time: string, window: IDataObject): Promise<unknown> {
	setCalendar(time);
	const parameters = { ...within(window), unreachable: 'output' };
	const result = await bed.run(customers('c1'), parameters, { onError });
	const [sent] = jsonOf(result);
	if (sent) return sent.status;
	const [details] = detailsOf(result, 1) as IDataObject[];
	expect(details).toMatchObject({ reason: 'outsideSendWindow', delivered: 'no', attempts: 0 });
	return details?.sendAfter;
}

const office = { from: '08:00', to: '21:00', timeZone: 'UTC' };
const night = { from: '22:00', to: '06:00', timeZone: 'UTC' };
const berlin = { from: '02:30', to: '04:00', timeZone: 'Europe/Berlin' };
/** 2026-11-25 is a Wednesday. */
const day = (time: string) => `2026-11-25T${time}Z`;

describe('a message', () => {
	it.each<[string, string, IDataObject, string]>([
		['in the first minute', day('08:00:00'), office, 'sent'],
		['in the last minute', day('20:59:59.999'), office, 'sent'],
		['a moment too late', day('21:00:00'), office, '2026-11-26T08:00:00.000Z'],
		['a moment too early', day('07:59:59.999'), office, '2026-11-25T08:00:00.000Z'],
		['before midnight in a night window', day('23:59:00'), night, 'sent'],
		['after midnight in a night window', day('05:59:59'), night, 'sent'],
		['between two nights', day('06:00:00'), night, '2026-11-25T22:00:00.000Z'],
		['until midnight', day('23:59:59'), { ...office, to: '24:00' }, 'sent'],
		[
			'on a day that is not in it',
			day('12:00:00'),
			{ ...office, days: ['mon'] },
			'2026-11-30T08:00:00.000Z',
		],
		[
			'after midnight of a night whose day is in it',
			day('03:00:00'),
			{ ...night, days: ['tue'] },
			'sent',
		],
		[
			'after midnight of a night whose day is not',
			day('03:00:00'),
			{ ...night, days: ['wed'] },
			'2026-11-25T22:00:00.000Z',
		],
		[
			'with invisible characters in its window',
			day('12:00:00'),
			{ from: '08:00\u200e', to: '\ufeff12:01', days: ['wed\u200b'], timeZone: 'UTC\u202c' },
			'sent',
		],
		['in another zone', day('06:30:00'), { ...office, timeZone: 'Asia/Kolkata' }, 'sent'],
		[
			'in New York, where it is night',
			day('12:59:00'),
			{ ...office, timeZone: 'America/New_York' },
			'2026-11-25T13:00:00.000Z',
		],
		// On 2026-03-29 Berlin has no 02:30: the first open minute is 03:00, 01:00 UTC.
		['in the night to summer time', '2026-03-29T00:45:00Z', berlin, '2026-03-29T01:00:00.000Z'],
		[
			'in a week in which the clocks skip the window',
			'2026-03-22T04:00:00Z',
			{ from: '02:00', to: '03:00', days: ['sun'], timeZone: 'Europe/Berlin' },
			'2026-04-05T00:00:00.000Z',
		],
		// On 2026-10-25 Berlin has 02:30 twice.
		['in the first of two hours', '2026-10-25T00:40:00Z', berlin, 'sent'],
		['in the second of two hours', '2026-10-25T01:40:00Z', berlin, 'sent'],
		['between the two', '2026-10-25T01:10:00Z', berlin, '2026-10-25T01:30:00.000Z'],
	])('%s', async (_name, time, window, expected) => {
		expect(await outcomeAt(await openBed(), time, window)).toBe(expected);
	});

	it('goes by the window of its own item', async () => {
		const bed = await openBed();
		setCalendar(day('20:30:00'));
		const window = { from: '={{ $json.from }}', to: '21:00', timeZone: '={{ $json.zone }}' };
		const zones = ['America/New_York', 'Europe/Berlin', 'Asia/Tokyo', 'UTC'];
		const input = customers(...contactIds(4)).map(({ json }, index) => ({
			json: { ...json, from: '08:00', zone: zones[index]! },
		}));
		const parameters = { ...within(window), unreachable: 'output' };
		const result = await bed.run(input, parameters);
		expect(contactsOf(result)).toEqual(['c1', 'c4']);
		expect(contactsOf(result, 1)).toEqual(['c2', 'c3']);
		expect(detailsOf(result, 1)).toEqual([
			having({ sendAfter: '2026-11-26T07:00:00.000Z', message: textLike(/Send it after/) }),
			having({ sendAfter: '2026-11-25T23:00:00.000Z' }),
		]);
		expect(bed.reached()).toEqual(['c1', 'c4']);
	});

	it('goes by the time zone of the workflow when none is named', async () => {
		const bed = await openBed();
		setCalendar(day('22:00:00'));
		const workflow = {
			...sendWorkflow(within({ from: '08:00', to: '21:00' })),
			settings: { timezone: 'America/Los_Angeles' },
		};
		const result = await bed.engine.run(workflow, { input: customers('c1') });
		expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
	});

	it.each(['={{ null }}', '={{ $json.zone }}'])(
		'goes by the time zone of the workflow where the item has none: %s',
		async (timeZone) => {
			const bed = await openBed();
			setCalendar(day('22:00:00'));
			const workflow = {
				...sendWorkflow(within({ from: '08:00', to: '21:00', timeZone })),
				settings: { timezone: 'America/Los_Angeles' },
			};
			const result = await bed.engine.run(workflow, { input: customers('c1') });
			expect(jsonOf(result)).toEqual([having({ status: 'sent' })]);
		},
	);

	it.each([null, undefined])('stays closed on a Sunday for an item with days %j', async (days) => {
		const bed = await openBed();
		setCalendar('2026-11-29T12:00:00Z');
		const [first] = customers('c1');
		const input = [{ json: { ...first?.json, days } }];
		const result = await bed.run(input, within({ ...office, days: '={{ $json.days }}' }), {
			onError,
		});
		expect(detailsOf(result, 1)).toEqual([having({ reason: 'invalidInput', delivered: 'no' })]);
		expect(bed.reached()).toEqual([]);
	});

	it('fails as an item, with the time, unless there is an output', async () => {
		const bed = await openBed();
		setCalendar(day('22:00:00'));
		const result = await bed.run(customers('c1'), within(office));
		expect(result.error?.message).toContain("outside the 'Send Window'");
		expect(bed.sendCalls).toBe(0);
	});

	it('of a dry run says what is outside', async () => {
		const bed = await openBed();
		setCalendar(day('22:00:00'));
		const parameters = { ...within(office, { dryRun: 'always' }), unreachable: 'output' };
		const result = await bed.run(customers('c1', 'c2'), parameters);
		expect(jsonOf(result, 1)).toHaveLength(2);
		expect(hintOf(result)).toContain('0 ready, 2 not ready');
	});

	it('does not count for Stop After Failures', async () => {
		const bed = await openBed();
		setCalendar(day('22:00:00'));
		const parameters = { ...within(office, { stopAfterFailures: 5 }), unreachable: 'output' };
		const result = await bed.run(customers(...contactIds(40)), parameters);
		expect(jsonOf(result, 1)).toHaveLength(40);
	});
});

describe('the window is looked at again', () => {
	it('after a wait for the rate limit', async () => {
		const bed = await openBed({ simulator: { rateLimit: { allowed: 3, windowMs: 1_000 } } });
		setCalendar(day('20:59:00'));
		await bed.run(customers('c0'));
		const parameters = { ...within(office, { concurrency: 2 }), unreachable: 'output' };
		const running = bed.start(customers(...contactIds(6)), parameters);
		await until(() => bed.simulator.journal.count === 3);
		jest.setSystemTime(new Date(day('21:00:00')));
		const result = await running.result;
		expect(bed.reached()).toEqual(['c0', 'c1', 'c2']);
		expect(contactsOf(result, 1)).toEqual(['c3', 'c4', 'c5', 'c6']);
	});

	it('after a backoff: then what may have been accepted is told, not the window', async () => {
		const bed = await openBed({ faults: [{ kind: 'status', status: 500, acceptFirst: true }] });
		setCalendar(day('20:59:00'));
		const parameters = within(office, { backoffSeconds: 0.3 });
		const running = bed.start(customers('c1'), parameters, { onError });
		await until(() => bed.answered(500) === 1);
		jest.setSystemTime(new Date(day('21:00:00')));
		const result = await running.result;
		expect(bed.sendCalls).toBe(1);
		expect(detailsOf(result, 1)).toEqual([
			having({ reason: 'serverError', delivered: 'unknown', attempts: 1 }),
		]);
	});

	it('after a login that took long', async () => {
		const bed = await openBed({ faults: [{ kind: 'latency', ms: 300, endpoint: 'token' }] });
		setCalendar(day('20:59:00'));
		const running = bed.start(customers('c1'), { ...within(office), unreachable: 'output' });
		await until(() => bed.simulator.stats.of('POST /oauth/token').inFlight === 1);
		jest.setSystemTime(new Date(day('21:00:00')));
		expect(jsonOf(await running.result, 1)).toHaveLength(1);
		expect(bed.sendCalls).toBe(0);
	});
});

describe('a window that cannot be used', () => {
	it.each<[string, IDataObject, RegExp]>([
		['no time', { ...office, from: '8 am' }, /no usable time in 'From'/],
		['25:00', { ...office, to: '25:00' }, /no usable time in 'To'/],
		['an unknown zone', { ...office, timeZone: 'Mars/Olympus' }, /no known time zone/],
		['the same time twice', { ...office, to: '08:00' }, /opens and closes at the same time/],
		['no days', { ...office, days: [] }, /no usable days/],
		['days that are null', { ...office, days: '={{ null }}' }, /no usable days/],
		[
			'days of a field that is not there',
			{ ...office, days: '={{ $json.dys }}' },
			/no usable days/,
		],
		['a time that is null', { ...office, from: '={{ null }}' }, /no usable time in 'From'/],
		['a time of a field that is not there', { ...office, to: '={{ $json.t }}' }, /time in 'To'/],
		['a range of days', { ...office, days: 'mon-fri' }, /no usable days/],
		['days without commas', { ...office, days: 'mon tue' }, /no usable days/],
		['a word that begins like a day', { ...office, days: ['monthly'] }, /no usable days/],
		['a number for a zone', { ...office, timeZone: 5 }, /time zone that is not text/],
		['a list of zones', { ...office, timeZone: ['UTC'] }, /time zone that is not text/],
	])('is refused before any call: %s', async (_name, window, text) => {
		const bed = await openBed();
		const result = await bed.run(customers('c1'), within(window));
		expect(result.error?.message).toMatch(text);
		expect(bed.simulator.stats.tokenRequests).toBe(0);
	});
});
