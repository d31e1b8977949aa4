/** A straight line through points. */
interface Line {
	/** How much y rises for each x. */
	readonly slope: number;
	/** The share of y's variation that the line explains, 0 to 1. */
	readonly r2: number;
}

/**
 * Fits a straight line by least squares.
 *
 * @param points at least two points with different x
 * @returns the line; r2 is 0 where y does not vary at all
 */
export function fitLine(points: readonly (readonly [x: number, y: number])[]): Line {
	const mean = (axis: 0 | 1) => points.reduce((sum, point) => sum + point[axis], 0) / points.length;
	const [meanX, meanY] = [mean(0), mean(1)];
	let [xx, xy, yy] = [0, 0, 0];
	for (const [x, y] of points) {
		xx += (x - meanX) ** 2;
		xy += (x - meanX) * (y - meanY);
		yy += (y - meanY) ** 2;
	}
	return { slope: xy / xx, r2: yy === 0 ? 0 : xy ** 2 / (xx * yy) };
}
