/** Whether a value fits, and what is expected, as the end of a sentence. */
export type Check = readonly [fits: (value: unknown) => boolean, expected: string];

/** Whether a value is a JSON object. */
export const isRecord = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' && value !== null && !Array.isArray(value);

/** Whether a value is a number of at least `minimum`. */
export const isAtLeast = (value: unknown, minimum: number): value is number =>
	typeof value === 'number' && Number.isFinite(value) && value >= minimum;

/** Fits one of a few values. */
export function oneOf(...values: readonly (string | number | boolean)[]): Check {
	const expected = values.map((value) => JSON.stringify(value)).join(' or ');
	return [(value) => values.some((allowed) => allowed === value), expected];
}

/** Fits texts that are not empty. */
export const TEXT: Check = [
	(value) => typeof value === 'string' && value.trim() !== '',
	'a text that is not empty',
];
