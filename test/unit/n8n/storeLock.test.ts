import { randomUUID } from 'node:crypto';

import { StoreLock, type LockHelpers } from '../../../nodes/GenesysCloud/n8n/storeLock';
import { FakeClock } from '../support/clock';
import { deduplication } from '../support/deduplication';

/** Each is in a process of its own. */
const lockOf = (helpers: LockHelpers, clock = new FakeClock()) =>
	new StoreLock(helpers, clock, randomUUID());
const nothing = async () => await Promise.resolve();
const turn = async () => await new Promise((resolve) => setImmediate(resolve));

describe('StoreLock', () => {
	it('lets one process in at a time', async () => {
		const { typed, isLocked } = deduplication();
		let inside = 0;
		let done = 0;
		const work = async () => {
			expect(++inside).toBe(1);
			await turn();
			inside--;
			done++;
		};
		const locks = [1, 2, 3, 4].map(() => lockOf(typed));
		await Promise.all(locks.map(async (lock) => await lock.during(work)));
		expect(done).toBe(4);
		expect(isLocked()).toBe(false);
	});

	it('lets the next one in after work that failed', async () => {
		const { typed, isLocked } = deduplication();
		const lock = lockOf(typed);
		const failing = async () => await Promise.reject(new Error('no'));
		await expect(lock.during(failing)).rejects.toThrow('no');
		expect(isLocked()).toBe(false);
	});

	it('gives up when the store has been away for 2 seconds', async () => {
		const { typed, helpers } = deduplication();
		helpers.checkProcessedAndRecord.mockRejectedValue(new Error('connection refused'));
		const work = jest.fn();
		const clock = new FakeClock();
		const start = clock.now();
		await expect(lockOf(typed, clock).during(work)).rejects.toThrow('connection refused');
		expect(work).not.toHaveBeenCalled();
		expect(clock.now() - start).toBeGreaterThanOrEqual(2_000);
		expect(clock.now() - start).toBeLessThan(2_100);
	});

	it('gives up after exactly 2 seconds, asking every 5 ms at the most', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0);
		const { typed, helpers } = deduplication();
		helpers.checkProcessedAndRecord.mockRejectedValue(new Error('connection refused'));
		const clock = new FakeClock();
		const start = clock.now();
		await expect(lockOf(typed, clock).during(nothing)).rejects.toThrow('connection refused');
		expect(clock.now() - start).toBe(2_000);
		expect(new Set(clock.waitedMs)).toEqual(new Set([5]));
	});

	it('waits as if for a retry, between 5 and 25 ms, until it asks again', async () => {
		jest.spyOn(Math, 'random').mockReturnValue(0.75);
		const { typed, helpers } = deduplication();
		helpers.checkProcessedAndRecord.mockRejectedValueOnce(new Error('duplicate key'));
		const clock = new FakeClock();
		await lockOf(typed, clock).during(nothing);
		expect(clock.waits).toEqual([{ ms: 20, reason: 'backoff' }]);
	});

	it('goes on when others are quicker, however often in a row', async () => {
		const { typed, helpers } = deduplication();
		for (let lost = 0; lost < 50; lost++) {
			helpers.checkProcessedAndRecord.mockRejectedValueOnce(new Error('duplicate key'));
		}
		await lockOf(typed).during(nothing);
		expect(helpers.checkProcessedAndRecord).toHaveBeenCalledTimes(51);
	});

	it('keeps the result of work after which it cannot be released', async () => {
		const { typed, helpers } = deduplication();
		helpers.clearAllProcessedItems.mockRejectedValueOnce(new Error('connection refused'));
		await expect(lockOf(typed).during(nothing)).resolves.toBeUndefined();
	});

	it('takes over from a process that was killed, and not before 10 seconds have passed', async () => {
		const { typed, heldByAnother } = deduplication();
		heldByAnother();
		const clock = new FakeClock();
		clock.onWait = () => (clock.time += 100);
		const start = clock.now();
		await lockOf(typed, clock).during(nothing);
		expect(clock.now() - start).toBeGreaterThan(10_000);
		expect(clock.now() - start).toBeLessThan(19_000);
	});

	it('does not take over while the lock changes hands, however long it waits', async () => {
		const { typed, helpers, heldByAnother } = deduplication();
		heldByAnother();
		const clock = new FakeClock();
		const start = clock.now();
		clock.onWait = () => {
			clock.time += 500;
			// Another one takes the lock each time before the waiter looks.
			if (clock.now() - start < 60_000) heldByAnother();
		};
		await lockOf(typed, clock).during(nothing);
		expect(clock.now() - start).toBeGreaterThan(70_000);
		expect(helpers.clearAllProcessedItems).toHaveBeenCalledTimes(2);
	});

	it("does not release what may be another's by now", async () => {
		const { typed, isLocked } = deduplication();
		const clock = new FakeClock();
		const slow = async () => {
			clock.time += 10_000;
			await turn();
		};
		await lockOf(typed, clock).during(slow);
		expect(isLocked()).toBe(true);
	});
});
