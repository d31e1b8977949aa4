import { randomUUID } from 'node:crypto';

import { WorkflowKeyStore, type Deduplication } from '../../../nodes/GenesysCloud/n8n/keyStore';
import { FakeClock } from '../support/clock';
import { deduplication } from '../support/deduplication';

const storeOn = (helpers: Deduplication, clock = new FakeClock()) =>
	new WorkflowKeyStore(helpers, clock, randomUUID());

/** All that the database still has to do is done. */
async function settled() {
	for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
}

describe('the changes of keys in the store of n8n', () => {
	it('that wait together take the lock once, and nothing is asked afterwards', async () => {
		const { typed, calls, helpers } = deduplication();
		const store = storeOn(typed);
		await Promise.all(['a', 'b', 'c'].map(async (key) => await store.claim(key)));
		await settled();
		expect(calls).toEqual(['add 6', 'remove 3']);
		expect(helpers.clearAllProcessedItems).toHaveBeenCalledTimes(1);
	});

	it('fail alone when others wait for a batch of their own', async () => {
		const { typed, failOn } = deduplication();
		failOn(1, 'SQLITE_BUSY');
		const store = storeOn(typed);
		const ended = await Promise.allSettled([store.claim('a'), store.accept('b')]);
		expect(ended.map(({ status }) => status)).toEqual(['rejected', 'fulfilled']);
		expect(await store.peek('b')).toBe('sent');
	});

	it.each([
		['a claim', 'claim', 100_100],
		['an accepted message', 'accept', 100_100],
		['a key to forget', 'forget', 100_100],
		['a question', 'peek', undefined],
	] as const)('keep to the size of the record: %s', async (_what, kind, maxEntries) => {
		const { typed, helpers } = deduplication();
		await storeOn(typed)[kind]('a');
		expect(helpers.checkProcessedAndRecord).toHaveBeenLastCalledWith(
			expect.any(Array),
			'workflow',
			{ mode: 'entries', ...(maxEntries && { maxEntries }) },
		);
	});

	it('are taken back in four tries, a quarter of a second apart', async () => {
		const { typed, helpers } = deduplication();
		for (let errors = 1; errors <= 6; errors++) {
			helpers.removeProcessed.mockRejectedValueOnce(new Error(`SQLITE_BUSY ${errors}`));
		}
		const clock = new FakeClock();
		await expect(storeOn(typed, clock).claim('a')).rejects.toThrow('SQLITE_BUSY 4');
		expect(clock.waits).toEqual(Array(3).fill({ ms: 250, reason: 'backoff' }));
	});
});
