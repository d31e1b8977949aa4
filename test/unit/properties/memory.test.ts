import * as fc from 'fast-check';

import { createPrng } from '../../../dev/simulator/support/prng';
import { runs } from '../../support/runs';
import { Site } from '../support/memoryExecution';
import { Worker } from '../support/memoryWorld';

/**
 * What the guarantees rest on, in the order of the layers:
 *
 * 1. The database lets one process insert a missing row: of all that take the lock, one holds it. A holder that
 *    was killed leaves its row, which one of the others deletes when it was the same for 10 seconds; so no call of a
 *    living holder may take as long, and no call of a waiter a second.
 * 2. Each call of the store makes its change whole or not at all, and changes are made under the lock alone: the
 *    store is read and written back whole, so that any change without the lock undoes others.
 * 3. A claim adds entries that change nothing of a key that was sent, and puts a new one in doubt, before the
 *    message is sent. So a kill at any moment leaves a sent key sent and a key in flight in doubt.
 * 4. A key leaves the doubt only when its end is certain: accepted, or certainly refused.
 * 5. What to do with a doubt is decided in one place, by `uncertain`.
 */
interface Execution {
	readonly keys: readonly string[];
	/** How often n8n runs the node again when it fails, the first time included. */
	readonly tries: number;
	/** The event at which its worker is killed or stopped; 0: never. */
	readonly killAt: number;
	readonly stopAt: number;
	/** The share of its database calls that fail. */
	readonly faults: number;
}

const execution: fc.Arbitrary<Execution> = fc.record({
	keys: fc.array(fc.constantFrom('a', 'b'), { minLength: 1, maxLength: 3 }),
	tries: fc.integer({ min: 1, max: 2 }),
	killAt: fc.oneof(fc.constant(0), fc.integer({ min: 1, max: 90 })),
	stopAt: fc.oneof({ weight: 4, arbitrary: fc.constant(0) }, fc.integer({ min: 1, max: 90 })),
	faults: fc.constantFrom(0, 0, 0.02, 0.2),
});

/** One or two workers at a time, one after another. */
const rounds = fc.array(fc.array(execution, { minLength: 1, maxLength: 2 }), {
	minLength: 1,
	maxLength: 4,
});
const seeds = fc.integer();

const HEALTHY: Execution = { keys: ['a', 'b'], tries: 1, killAt: 0, stopAt: 0, faults: 0 };

/** Runs executions at once, until each has ended or was killed. */
async function play(
	site: Site,
	executions: readonly Execution[],
	uncertain: 'retry' | 'fail',
	isHealthy = false,
): Promise<void> {
	const workers = executions.map(({ killAt, stopAt, faults }) => {
		const worker = new Worker(faults);
		return Object.assign(worker, { killAt, stopAt });
	});
	const ended = new Set<Worker>();
	executions.forEach(({ keys, tries }, index) => {
		const worker = workers[index]!;
		void site.execute(worker, keys, uncertain, tries, isHealthy).finally(() => ended.add(worker));
	});
	await site.world.run(() => workers.every((worker) => ended.has(worker) || worker.isKilled));
}

let random = createPrng(0);

function siteOf(seed: number): Site {
	random = createPrng(seed);
	return new Site(random);
}

// The lock's polls are drawn, too: a failure can be played again. A mock would keep each of its many calls.
const original = Math.random.bind(Math);
beforeEach(() => {
	Math.random = () => random();
});
afterEach(() => {
	Math.random = original;
});

describe('the memory, with two workers, kills, stops and a faulty database', () => {
	it('at most once: no customer gets a message twice', async () => {
		const property = fc.asyncProperty(rounds, seeds, async (all, seed) => {
			const site = siteOf(seed);
			for (const round of all) await play(site, round, 'fail');
			await play(site, [HEALTHY], 'fail', true);
			expect(site.observer.violations).toEqual([]);
			for (const count of site.observer.inbox.values()) expect(count).toBe(1);
		});
		await fc.assert(property, runs(200));
	});

	it('at least once: no message is lost, and a key that is known as sent stays so', async () => {
		const property = fc.asyncProperty(rounds, seeds, async (all, seed) => {
			const site = siteOf(seed);
			for (const round of all) await play(site, round, 'retry');
			await play(site, [HEALTHY], 'retry', true);
			const { violations, inbox, forgotten } = site.observer;
			expect(violations).toEqual([]);
			const lost = HEALTHY.keys.filter((key) => !forgotten.has(key) && !inbox.has(key));
			expect(lost).toEqual([]);
		});
		await fc.assert(property, runs(200));
	});

	it('notices when a Remove Duplicates node has pushed out a key', async () => {
		const histories = fc.integer({ min: 1, max: 12 });
		const property = fc.asyncProperty(rounds, seeds, histories, async (all, seed, history) => {
			const site = siteOf(seed);
			for (const round of all) await play(site, round, 'fail');
			await play(site, [HEALTHY], 'fail', true);
			const before = site.table.all;
			site.table.removeDuplicates('order-1', history);
			const isWhole = before.every((entry) => site.table.all.includes(entry));
			let found: boolean | undefined;
			void site
				.storeOf(new Worker(0))
				.open(true)
				.then((whole) => (found = whole));
			await site.world.run(() => found !== undefined);
			expect(found).toBe(isWhole);
		});
		await fc.assert(property, runs(100));
	});
});
