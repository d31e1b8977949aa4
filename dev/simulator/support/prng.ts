/**
 * Makes a pseudo-random number generator (mulberry32) whose sequence depends on the seed alone, so
 * that faults with a probability hit the same calls in every run.
 *
 * @param seed any integer
 * @returns a function giving the next number, 0 included, 1 excluded
 */
export function createPrng(seed: number): () => number {
	let state = seed | 0;
	return () => {
		state = (state + 0x6d2b79f5) | 0;
		let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
		mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
		return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
	};
}
