import { fitLine } from '../../soak/regression';

describe('the line through points', () => {
	it('has the slope and fit of the points', () => {
		const { slope, r2 } = fitLine([
			[0, 5],
			[10, 25],
			[20, 45],
		]);
		expect(slope).toBeCloseTo(2);
		expect(r2).toBeCloseTo(1);
	});

	it('falls where the points fall, and explains only a part of noise', () => {
		const { slope, r2 } = fitLine([
			[1, 4],
			[2, 1],
			[3, 3],
			[4, 0],
		]);
		expect(slope).toBeCloseTo(-1);
		expect(r2).toBeCloseTo(0.5);
	});

	it('is level where nothing varies', () => {
		const level = fitLine([
			[1, 7],
			[2, 7],
		]);
		expect(level).toEqual({ slope: 0, r2: 0 });
	});
});
