import { createPrng } from '../../../dev/simulator/support/prng';
import { runWorld, type WorldOptions } from '../support/rateLimitWorld';

/** Draws the circumstances of a run; the window is long enough for its first calls. */
function draw(seed: number, overrides: Partial<WorldOptions> = {}): WorldOptions {
	const random = createPrng(seed);
	const between = (least: number, most: number) =>
		least + Math.floor(random() * (most - least + 1));
	const concurrency = between(1, 50);
	return {
		random,
		concurrency,
		messages: between(50, 600),
		allowed: between(concurrency, 300),
		windowMs: between(2, 60) * 1_000,
		latencyMs: between(1, 400),
		idleShare: 0,
		lostShare: 0,
		addedSeconds: 0,
		...overrides,
	};
}

const SEEDS = Array.from({ length: 300 }, (_, index) => index + 1);

/** The seeds whose run made the server refuse a call: none, if the window is paced well. */
const refusedSeeds = (overrides: Partial<WorldOptions> = {}) =>
	SEEDS.filter((seed) => runWorld(draw(seed, overrides)).refused > 0);

describe('pacing under random circumstances', () => {
	it('never runs into a 429 while messages flow steadily', () => {
		expect(refusedSeeds()).toEqual([]);
	});

	it('never runs into a 429 when messages come in bursts', () => {
		expect(refusedSeeds({ idleShare: 0.05 })).toEqual([]);
	});

	it('never runs into a 429 when the server names a second more, as Genesys Cloud does', () => {
		expect(refusedSeeds({ addedSeconds: 1 })).toEqual([]);
		expect(refusedSeeds({ addedSeconds: 1, idleShare: 0.05 })).toEqual([]);
	});

	it('never runs into a 429 when one call in ten gets no answer', () => {
		expect(refusedSeeds({ lostShare: 0.1 })).toEqual([]);
	});

	it('uses the windows to the full: it takes hardly longer than the limit asks for', () => {
		for (const seed of SEEDS.slice(0, 50)) {
			const options = draw(seed, { messages: 600, allowed: 60, concurrency: 30, latencyMs: 50 });
			const { tookMs, mostInWindow } = runWorld(options);
			expect(mostInWindow).toBe(60);
			// Ten windows; each reset is rounded up to the second and followed by a small margin.
			expect(tookMs).toBeLessThan(9 * (options.windowMs + 1_200) + 1_000);
		}
	});
});
