/**
 * The 99th percentile of some numbers.
 *
 * @param values at least one number
 * @returns the smallest one that 99 of 100 do not exceed
 */
export function percentile99(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	return sorted[Math.ceil(0.99 * sorted.length) - 1] ?? Number.NaN;
}

/**
 * The median of some numbers.
 *
 * @param values at least one number
 * @returns the middle one, or the mean of the two in the middle
 */
export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length / 2;
	const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
	return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}
