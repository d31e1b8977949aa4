import { withoutInvisible } from '../api/unseen';
import { InputError } from '../failures/failure';

/** A date, perhaps with a time, but without a time zone: as n8n's date picker gives it. */
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,3})?)?)?$/;
/** The same with its zone, in ISO 8601. */
const ABSOLUTE =
	/^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/i;

/**
 * Reads a point in time: ISO 8601, ms since 1970, or what n8n's expressions give (`Date`, Luxon's `DateTime`).
 *
 * @param timeZone an IANA name: that of a time without one
 * @returns ms since 1970
 * @throws InputError when it is no time
 */
export function timeOf(value: unknown, displayName: string, timeZone: string): number {
	const time =
		typeof value === 'string'
			? parse(withoutInvisible(value).trim(), timeZone)
			: primitiveOf(value);
	if (typeof time === 'number' && Number.isFinite(time)) return time;
	throw new InputError(
		displayName,
		'is not a date and time',
		'Use ISO 8601, for example 2026-11-25T08:00:00Z',
	);
}

/** What an object stands for: its time in ms, for a `Date` or a `DateTime`; a list stands for itself. */
function primitiveOf(value: unknown): unknown {
	return typeof value === 'object' && value !== null ? value.valueOf() : value;
}

function parse(text: string, timeZone: string): number {
	if (!isDay(text.slice(0, 10))) return Number.NaN;
	if (LOCAL.test(text)) return inZone(text.replace(' ', 'T'), timeZone);
	return ABSOLUTE.test(text) ? Date.parse(text.replace(' ', 'T')) : Number.NaN;
}

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
	const at = Date.parse(day);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

/** The moment at which the clocks of a time zone show a time. */
function inZone(local: string, timeZone: string): number {
	const asUtc = Date.parse(local.includes('T') ? `${local}Z` : local);
	if (Number.isNaN(asUtc)) return asUtc;
	const offset = (at: number) => clockOf(at, timeZone) - Math.floor(at / 1000) * 1000;
	// The offset of the guess may be that before or after the clocks changed.
	return asUtc - offset(asUtc - offset(asUtc));
}

/** What the clocks of a time zone show, read as if it were UTC; in whole seconds. */
function clockOf(at: number, timeZone: string): number {
	// Swedish writes dates as ISO 8601 does.
	return Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
}
