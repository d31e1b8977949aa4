import { pasted } from '../api/unseen';
import type { JsonObject } from '../delivery/types';
import { InputError } from '../failures/failure';

/** A date, perhaps with a time, but without a time zone: as n8n's date picker and databases give it. */
const LOCAL = /^\d{4}-\d{2}-\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)?$/;
/** The same with its zone, in ISO 8601 or as databases write it: after a blank, or in whole hours. */
const ABSOLUTE =
	/^(\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?) ?(Z|[+-]\d{2}(?::?\d{2})?)$/i;
/** A number as text. */
const NUMBER = /^\d+(?:\.\d+)?$/;
/** A lower number is no time in ms, which would be before 1974: Unix time is in seconds. */
const LEAST_MS = 1e11;
/** Nor is a lower one a time in seconds, which would be before 2002: a year, or a spreadsheet's day. */
const LEAST_SECONDS = 1e9;
/** Nor is a higher one a time in ms, which would be after 2286: microseconds, or a date without its dashes. */
const MOST_MS = 1e13;

/**
 * Reads a point in time: ISO 8601, ms or seconds since 1970, or what n8n's expressions give (`Date`, Luxon's
 * `DateTime`).
 *
 * @param timeZone an IANA name: that of a time without one
 * @returns ms since 1970
 * @throws InputError when it is no time
 */
export function timeOf(value: unknown, displayName: string, timeZone: string): number {
	const time = typeof value === 'string' ? parse(pasted(value), timeZone) : primitiveOf(value);
	if (typeof time === 'number' && Number.isFinite(time)) return time;
	throw new InputError(
		displayName,
		'is not a date and time',
		'Use ISO 8601, for example 2026-11-25T08:00:00Z',
	);
}

/** When a message was accepted: the API's own time where it tells one, else the time of the answer. */
export function timestampOf({ timestamp }: JsonObject): string {
	return typeof timestamp === 'string' ? timestamp : new Date().toISOString();
}

/** What an object stands for: its time in ms, for a `Date` or a `DateTime`; a list stands for itself. */
function primitiveOf(value: unknown): unknown {
	if (typeof value === 'number') return inMs(value);
	return typeof value === 'object' && value !== null ? value.valueOf() : value;
}

/** Zero is from the beginning, as an expression has it that knows no time yet. */
function inMs(number: number): number {
	const ms = number < LEAST_MS ? number * 1000 : number;
	const isTime = number === 0 || (number >= LEAST_SECONDS && ms < MOST_MS);
	return isTime ? ms : Number.NaN;
}

function parse(text: string, timeZone: string): number {
	if (NUMBER.test(text)) return inMs(Number(text));
	if (!isDay(text.slice(0, 10))) return Number.NaN;
	if (LOCAL.test(text)) return inZone(text.replace(' ', 'T'), timeZone);
	const [, time, zone] = ABSOLUTE.exec(text) ?? [];
	if (time === undefined || zone === undefined) return Number.NaN;
	const hours = /^[+-]\d{2}$/;
	return Date.parse(`${time.replace(' ', 'T')}${hours.test(zone) ? `${zone}:00` : zone}`);
}

/** `Date.parse` takes the 30th of February for the 2nd of March. */
function isDay(day: string): boolean {
	const at = Date.parse(day);
	return !Number.isNaN(at) && new Date(at).toISOString().startsWith(day);
}

/** The moment at which the clocks of a time zone show a time. */
function inZone(local: string, timeZone: string): number {
	const asUtc = Date.parse(local.includes('T') ? `${local}Z` : local);
	const offset = (at: number) => clockOf(at, timeZone) - Math.floor(at / 1000) * 1000;
	// The offset of the guess may be that before or after the clocks changed.
	return asUtc - offset(asUtc - offset(asUtc));
}

/** What the clocks of a time zone show, read as if it were UTC; in whole seconds. */
function clockOf(at: number, timeZone: string): number {
	// Swedish writes dates as ISO 8601 does.
	return Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`);
}
