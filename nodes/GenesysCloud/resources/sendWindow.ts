import type { INodeProperties } from 'n8n-workflow';

import { InputError } from '../failures/failure';
import { isUnset, plain } from './parameters';

const DAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] as const;
const DAY_NAMES = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MINUTE_MS = 60_000;
const MINUTES_A_DAY = 1_440;
/**
 * A window opens every week, but for the one in which the clocks skip it: two weeks and a day, and an hour for
 * the change itself.
 */
const SEARCHED_MS = (15 * MINUTES_A_DAY + 60) * MINUTE_MS;
/** Clocks change at a full quarter of an hour. */
const QUARTER_MS = 15 * MINUTE_MS;

/** The field of the option Send Window: `{ window: { from, to, days, timeZone } }`. */
export const sendWindowField: INodeProperties = {
	displayName: 'Send Window',
	name: 'sendWindow',
	type: 'fixedCollection',
	placeholder: 'Set the Window',
	default: {},
	description:
		"When messages may be sent. Outside it an item is not sent and counts as unreachable; its details say when the window opens ('sendAfter').",
	options: [
		{
			displayName: 'Window',
			name: 'window',
			values: [
				{
					displayName: 'From',
					name: 'from',
					type: 'string',
					default: '08:00',
					placeholder: 'e.g. 08:00',
					description: 'When the window opens, in 24 hours; this minute is inside',
				},
				{
					displayName: 'To',
					name: 'to',
					type: 'string',
					default: '21:00',
					placeholder: 'e.g. 21:00',
					description:
						'When the window closes; this minute is outside. An earlier time than From closes it on the next day.',
				},
				{
					displayName: 'Days',
					name: 'days',
					type: 'multiOptions',
					options: DAY_NAMES.map((name, day) => ({ name, value: DAYS[day] ?? '' })),
					default: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat'],
					description: 'The days on which the window opens',
				},
				{
					displayName: 'Time Zone',
					name: 'timeZone',
					type: 'string',
					default: '',
					placeholder: 'e.g. America/New_York',
					description: "The customer's time zone; empty takes the workflow's",
				},
			],
		},
	],
};

/** When messages may be sent, by the clock of a time zone. */
export class SendWindow {
	/** What the last search found: from when to when the window is closed, in ms. */
	private closed = { since: 0, until: 0 };

	/**
	 * @param from the minute of the day in which it opens; inside
	 * @param to the minute of the day in which it closes; outside
	 * @param days on which it opens, 0 for Sunday
	 * @param clock of its time zone, see `clockIn`
	 */
	constructor(
		private readonly from: number,
		private readonly to: number,
		private readonly days: ReadonlySet<number>,
		private readonly clock: Intl.DateTimeFormat,
	) {}

	/** @param now in ms since 1970 */
	isOpen(now: number): boolean {
		const { day, minute } = this.local(now);
		if (this.from < this.to) {
			return this.days.has(day) && minute >= this.from && minute < this.to;
		}
		const yesterday = (day + 6) % 7;
		return (
			(minute >= this.from && this.days.has(day)) || (minute < this.to && this.days.has(yesterday))
		);
	}

	/**
	 * When a window that is closed now opens next, in ISO 8601.
	 *
	 * @param now in ms since 1970
	 */
	nextOpening(now: number): string | undefined {
		const { since, until } = this.closed;
		if (now >= since && now < until) return new Date(until).toISOString();
		const first = Math.floor(now / MINUTE_MS) * MINUTE_MS + MINUTE_MS;
		for (let at = first; at <= now + SEARCHED_MS; at = this.mayOpenAfter(at)) {
			if (!this.isOpen(at)) continue;
			this.closed = { since: now, until: at };
			return new Date(at).toISOString();
		}
		return undefined;
	}

	/** The next time its clock shows From; when the clocks change before that, each quarter of an hour. */
	private mayOpenAfter(closed: number): number {
		const minutes = (this.from - this.local(closed).minute + MINUTES_A_DAY) % MINUTES_A_DAY;
		const opening = closed + (minutes || MINUTES_A_DAY) * MINUTE_MS;
		if (this.local(opening).minute === this.from) return opening;
		return Math.min(opening, (Math.floor(closed / QUARTER_MS) + 1) * QUARTER_MS);
	}

	private local(now: number): { readonly day: number; readonly minute: number } {
		const parts = new Map(this.clock.formatToParts(now).map(({ type, value }) => [type, value]));
		const weekday = (parts.get('weekday') ?? '').toLowerCase();
		return {
			day: DAYS.findIndex((day) => day === weekday),
			minute: Number(parts.get('hour')) * 60 + Number(parts.get('minute')),
		};
	}
}

/** The windows of a run, by what the user gave: many items share one. */
export class SendWindows {
	private readonly windows = new Map<string, SendWindow>();
	/** By their time zones: to make one is slow. */
	private readonly clocks = new Map<string, Intl.DateTimeFormat>();

	/** @param timeZone the workflow's, for windows that name none */
	constructor(private readonly timeZone: string) {}

	/**
	 * Reads the option of an item.
	 *
	 * @param value `{ window: { from, to, days, timeZone } }`, or the window itself
	 * @returns `undefined` when the option is not set
	 * @throws InputError that names what cannot be used
	 */
	read(value: unknown): SendWindow | undefined {
		const window = fieldsOf(value);
		if (!window) return undefined;
		const key = JSON.stringify(window);
		const known = this.windows.get(key) ?? this.parse(window);
		this.windows.set(key, known);
		return known;
	}

	private parse({ from, to, days, timeZone }: WindowFields): SendWindow {
		const start = minuteOf('From', from);
		const end = minuteOf('To', to);
		if (start === end) throw unusable('opens and closes at the same time');
		const zone = isUnset(timeZone) ? this.timeZone : plain(timeZone);
		if (typeof zone !== 'string') throw unusable('has a time zone that is not text');
		return new SendWindow(start, end, daysOf(days), this.clockOf(zone));
	}

	private clockOf(zone: string): Intl.DateTimeFormat {
		try {
			const clock = this.clocks.get(zone) ?? clockIn(zone);
			this.clocks.set(zone, clock);
			return clock;
		} catch {
			throw unusable(`has no known time zone: '${zone}'`);
		}
	}
}

type WindowFields = Readonly<Record<string, unknown>>;

function fieldsOf(value: unknown): WindowFields | undefined {
	if (value === undefined || value === null || value === '') return undefined;
	const window = typeof value === 'object' && 'window' in value ? value.window : value;
	if (typeof window !== 'object' || window === null) throw unusable('is not a window');
	return Object.keys(window).length === 0 ? undefined : (window as WindowFields);
}

/**
 * The clock of a time zone.
 *
 * @throws RangeError when there is no such time zone
 */
function clockIn(timeZone: string): Intl.DateTimeFormat {
	return new Intl.DateTimeFormat('en-US', {
		timeZone,
		weekday: 'short',
		hour: '2-digit',
		minute: '2-digit',
		hourCycle: 'h23',
	});
}

function minuteOf(name: string, value: unknown): number {
	const text = plain(value);
	const match = typeof text === 'string' ? /^(\d{1,2}):(\d{2})(?::00)?$/.exec(text) : null;
	const [hours, minutes] = [Number(match?.[1]), Number(match?.[2])];
	const isTime =
		match &&
		minutes < 60 &&
		(hours < 24 || (name === 'To' && hours * 60 + minutes === MINUTES_A_DAY));
	if (isTime) return hours * 60 + minutes;
	throw unusable(`has no usable time in '${name}'`);
}

/** Days that an item does not have are refused: n8n fills in the default of a field that nobody touched. */
function daysOf(value: unknown): ReadonlySet<number> {
	const names: unknown[] = Array.isArray(value)
		? value
		: typeof value === 'string'
			? value.split(',')
			: [value];
	const days = names.map(plain).map((name) => (typeof name === 'string' ? dayOf(name) : -1));
	if (days.length === 0 || days.includes(-1)) throw unusable('has no usable days');
	return new Set(days);
}

/** The short or the full name of a day, or what lies between (`tues`). */
function dayOf(name: string): number {
	if (name.length < 3) return -1;
	return DAY_NAMES.findIndex((day) => day.toLowerCase().startsWith(name.toLowerCase()));
}

function unusable(problem: string): InputError {
	return new InputError(
		'Send Window',
		problem,
		"Give the times as 08:00 and 21:00, the days as mon, tue, wed, and a time zone such as Europe/Berlin, under 'Delivery Options'",
	);
}
