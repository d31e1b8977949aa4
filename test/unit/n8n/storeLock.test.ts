import { StoreLock } from '../../../nodes/GenesysCloud/n8n/storeLock';
import { deduplication } from '../support/deduplication';

describe('StoreLock', () => {
	it('lets one process in at a time', async () => {
		const { typed, isLocked } = deduplication();
		let inside = 0;
		const work = async () => {
			expect(++inside).toBe(1);
			await new Promise((resolve) => setImmediate(resolve));
			inside--;
			return 'done';
		};
		const locks = [1, 2, 3, 4].map(() => new StoreLock(typed));
		const done = await Promise.all(locks.map(async (lock) => await lock.during(work)));
		expect(done).toEqual(['done', 'done', 'done', 'done']);
		expect(isLocked()).toBe(false);
	});

	it('lets the next one in after work that failed', async () => {
		const { typed, isLocked } = deduplication();
		const lock = new StoreLock(typed);
		await expect(lock.during(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(isLocked()).toBe(false);
	});

	it('gives up at once when the store is away', async () => {
		const { typed, helpers } = deduplication();
		helpers.checkProcessedAndRecord.mockRejectedValue(new Error('connection refused'));
		const work = jest.fn();
		await expect(new StoreLock(typed).during(work)).rejects.toThrow('connection refused');
		expect(work).not.toHaveBeenCalled();
	});

	it('keeps the result of work after which it cannot be released', async () => {
		const { typed, helpers } = deduplication();
		helpers.clearAllProcessedItems.mockRejectedValueOnce(new Error('connection refused'));
		const lock = new StoreLock(typed);
		expect(await lock.during(() => Promise.resolve('done'))).toBe('done');
	});

	it('takes over from a process that was killed, and not before 10 seconds have passed', async () => {
		const { typed, lockForEver } = deduplication();
		lockForEver();
		const start = Date.now();
		let now = start;
		jest.spyOn(Date, 'now').mockImplementation(() => (now += 500));
		await new StoreLock(typed).during(() => Promise.resolve());
		expect(now - start).toBeGreaterThan(10_000);
		expect(now - start).toBeLessThan(20_000);
	});
});
