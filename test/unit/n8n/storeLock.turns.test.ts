import { inTurn, StoreLock } from '../../../nodes/GenesysCloud/n8n/storeLock';
import { FakeClock } from '../support/clock';
import { deduplication } from '../support/deduplication';

const nothing = async () => await Promise.resolve();
const forEver = async () => await new Promise<void>(() => undefined);
const tick = async () => await new Promise((resolve) => setImmediate(resolve));
/** A clock that no time passes on. */
const standing = {
	now: () => 0,
	sleep: forEver,
	within: async <T>(work: Promise<T>) => await work,
};

describe('the executions of a process that want the same', () => {
	it('take turns, in the order in which they came', async () => {
		const order: string[] = [];
		const work = (name: string) => async () => {
			order.push(`${name} in`);
			await tick();
			order.push(`${name} out`);
		};
		await Promise.all(['a', 'b', 'c'].map((name) => inTurn('order', standing, work(name))));
		expect(order).toEqual(['a in', 'a out', 'b in', 'b out', 'c in', 'c out']);
	});

	it('do not wait for those that want something else', async () => {
		void inTurn('hanging', standing, forEver);
		await expect(inTurn('other', standing, nothing)).resolves.toBeUndefined();
	});

	it('go on after work that failed', async () => {
		const failing = async () => await Promise.reject(new Error('no'));
		await expect(inTurn('failing', standing, failing)).rejects.toThrow('no');
		await expect(inTurn('failing', standing, nothing)).resolves.toBeUndefined();
	});

	it('wait for no turn that has ended', async () => {
		const clock = new FakeClock();
		await inTurn('ended', clock, nothing);
		await inTurn('ended', clock, nothing);
		expect(clock.limits).toEqual([]);
	});

	it('wait for the last one that came, also when an earlier one has ended meanwhile', async () => {
		let end: () => void = () => undefined;
		const held = async () => await new Promise<void>((resolve) => (end = resolve));
		const first = inTurn('last', standing, nothing);
		const second = inTurn('last', standing, held);
		await first;
		await tick();
		const work = jest.fn(nothing);
		const third = inTurn('last', standing, work);
		await tick();
		expect(work).not.toHaveBeenCalled();
		end();
		await Promise.all([second, third]);
		expect(work).toHaveBeenCalledTimes(1);
	});

	it('overtake one whose turn takes longer than a second', async () => {
		void inTurn('slow', standing, forEver);
		const clock = new FakeClock();
		const overtaking = inTurn('slow', clock, nothing);
		await tick();
		expect(clock.limits).toEqual([1_000]);
		clock.cut();
		await expect(overtaking).resolves.toBeUndefined();
	});

	it('ask the store for its lock one at a time', async () => {
		const { typed, helpers } = deduplication();
		const work = jest.fn(nothing);
		const locks = Array.from({ length: 100 }, () => new StoreLock(typed, standing, 'node'));
		await Promise.all(locks.map(async (lock) => await lock.during(work)));
		expect(work).toHaveBeenCalledTimes(100);
		expect(helpers.checkProcessedAndRecord).toHaveBeenCalledTimes(100);
	});
});
