import { Turns } from '../../../nodes/GenesysCloud/delivery/deliverBatch';
import { FakeClock } from '../support/clock';

/** A clock whose turns come when the test says so. */
class TurnClock extends FakeClock {
	readonly passed: (() => void)[] = [];

	override async sleep(): Promise<void> {
		await new Promise<void>((resolve) => this.passed.push(resolve));
	}
}

async function settled(promise: Promise<void>): Promise<boolean> {
	let isSettled = false;
	void promise.then(() => (isSettled = true));
	for (let ticks = 0; ticks < 10; ticks++) await Promise.resolve();
	return isSettled;
}

describe('the turns of a run', () => {
	it('go on for less than five milliseconds without asking', async () => {
		const clock = new TurnClock();
		const turns = new Turns(clock);
		clock.time += 4;
		expect(await settled(turns.next())).toBe(true);
		expect(clock.passed).toHaveLength(0);
	});

	it('are asked for after five milliseconds, and waited for after ten, by all at once', async () => {
		const clock = new TurnClock();
		const turns = new Turns(clock);
		clock.time += 5;
		expect(await settled(turns.next())).toBe(true);
		clock.time += 5;
		const waiting = [turns.next(), turns.next()];
		expect(await settled(Promise.race(waiting))).toBe(false);
		expect(clock.passed).toHaveLength(1);
		clock.passed[0]?.();
		await Promise.all(waiting);
		expect(await settled(turns.next())).toBe(true);
		expect(clock.passed).toHaveLength(1);
	});

	it('are not waited for when others have had theirs meanwhile', async () => {
		const clock = new TurnClock();
		const turns = new Turns(clock);
		clock.time += 5;
		await turns.next();
		clock.passed[0]?.();
		await settled(Promise.resolve());
		clock.time += 4;
		expect(await settled(turns.next())).toBe(true);
		clock.time += 6;
		expect(await settled(turns.next())).toBe(false);
		expect(clock.passed).toHaveLength(2);
	});
});
