import type { Row } from './types';

/** A limit that a figure is held against. */
export type Target = { readonly atLeast: number } | { readonly atMost: number };

/** A figure with its digits and unit. */
interface Format {
	/** Digits after the point; default 2. */
	readonly digits?: number;
	/** Follows the figure, with its leading blank. */
	readonly unit?: string;
}

/**
 * Makes a line that is judged by a target.
 *
 * @param measure what was measured
 * @param value the figure
 * @param target the limit
 * @param format digits and unit of figure and limit
 * @param note what else the line tells
 * @returns the line
 */
export function judged(
	measure: string,
	value: number,
	target: Target,
	{ digits = 2, unit = '' }: Format = {},
	note = '',
): Row {
	const isFloor = 'atLeast' in target;
	const limit = isFloor ? target.atLeast : target.atMost;
	return {
		measure,
		result: `${value.toFixed(digits)}${unit}${note && ` (${note})`}`,
		target: `at ${isFloor ? 'least' : 'most'} ${limit}${unit}`,
		met: isFloor ? value >= limit : value <= limit,
	};
}

/**
 * Makes a line that must be a certain number.
 *
 * @param measure what was counted
 * @param value the count
 * @param expected what it must be
 * @returns the line
 */
export function exact(measure: string, value: number, expected: number): Row {
	return { measure, result: String(value), target: String(expected), met: value === expected };
}

/**
 * Makes a line that only reports.
 *
 * @param measure what was measured
 * @param result the figures
 * @returns the line
 */
export function reported(measure: string, result: string): Row {
	return { measure, result };
}

/**
 * A share as text.
 *
 * @param share 0 to 1
 * @returns per cent with one digit
 */
export function percent(share: number): string {
	return `${(share * 100).toFixed(1)} %`;
}
