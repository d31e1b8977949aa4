import * as fc from 'fast-check';

import { SendOnce, type KeyStore } from '../../../nodes/GenesysCloud/delivery/sendOnce';
import { runs } from '../../support/runs';

/** A store whose changes end in any order, and some of which fail. */
class ShakyStore implements KeyStore {
	readonly keys = new Set<string>();

	constructor(
		private readonly scheduler: fc.Scheduler,
		private readonly fails: () => boolean,
	) {}

	async add(key: string): Promise<boolean> {
		await this.turn();
		const isNew = !this.keys.has(key);
		this.keys.add(key);
		return isNew;
	}

	async remove(key: string): Promise<void> {
		await this.turn();
		this.keys.delete(key);
	}

	private async turn(): Promise<void> {
		const isAway = this.fails();
		await this.scheduler.schedule(Promise.resolve());
		if (isAway) throw new Error('store is away');
	}
}

const messages = fc.array(
	fc.record({ key: fc.constantFrom('a', 'b', '__proto__'), accepted: fc.boolean() }),
	{ maxLength: 12 },
);
type Messages = readonly { readonly key: string; readonly accepted: boolean }[];

/**
 * Sends the messages at once, each as the delivery does; those in doubt only if `repeats`.
 *
 * @returns the key of each acceptance
 */
async function sendAll(all: Messages, once: SendOnce, scheduler: fc.Scheduler, repeats: boolean) {
	const accepted: string[] = [];
	const stored: string[] = [];
	const sending = new Map<string, number>();
	let most = 0;
	await scheduler.waitFor(
		Promise.all(
			all.map(async (message) => {
				const { key } = message;
				const answer = await once.begin(key).catch(() => 'away');
				if (answer === 'unknown' && !repeats) await once.end(key, 'unknown');
				if (answer !== 'new' && !(answer === 'unknown' && repeats)) return;
				sending.set(key, (sending.get(key) ?? 0) + 1);
				most = Math.max(most, sending.get(key) ?? 0);
				await scheduler.schedule(Promise.resolve());
				if (message.accepted) accepted.push(key);
				sending.set(key, (sending.get(key) ?? 0) - 1);
				await once.end(key, message.accepted).then(
					() => message.accepted && stored.push(key),
					() => undefined,
				);
			}),
		),
	);
	return { accepted, stored, most };
}

const works = () => false;
const from = (answers: fc.Stream<boolean>) => () => Boolean(answers.next().value);

describe('SendOnce, in whatever order messages and store end', () => {
	it('sends each key once, one at a time, and lets nobody wait for ever', async () => {
		const property = fc.asyncProperty(
			...[messages, fc.boolean(), fc.infiniteStream(fc.boolean()), fc.scheduler()],
			async (all, repeats, fails, scheduler) => {
				const store = new ShakyStore(scheduler, from(fails));
				// That it ends at all shows that no waiter hangs.
				const { accepted, most } = await sendAll(all, new SendOnce(store), scheduler, repeats);
				expect(accepted).toHaveLength(new Set(accepted).size);
				expect(most).toBeLessThanOrEqual(1);
			},
		);
		await fc.assert(property, runs(300));
	});

	it('sends no key again in a later execution once it was stored', async () => {
		const property = fc.asyncProperty(
			...[messages, messages, fc.boolean(), fc.infiniteStream(fc.boolean()), fc.scheduler()],
			async (first, second, repeats, fails, scheduler) => {
				// A store that fails while it is asked may leave a doubt, which is repeated at least once.
				const store = new ShakyStore(scheduler, repeats ? works : from(fails));
				const before = await sendAll(first, new SendOnce(store), scheduler, repeats);
				const after = await sendAll(second, new SendOnce(store), scheduler, repeats);
				for (const key of before.stored) expect(after.accepted).not.toContain(key);
			},
		);
		await fc.assert(property, runs(300));
	});

	it('forgets a key that was not sent, and keeps one that was, while the store works', async () => {
		const property = fc.asyncProperty(
			...[messages, fc.boolean(), fc.scheduler()],
			async (all, repeats, scheduler) => {
				const store = new ShakyStore(scheduler, works);
				const { accepted } = await sendAll(all, new SendOnce(store), scheduler, repeats);
				expect(store.keys).toEqual(new Set(accepted));
				const deliverable = all.filter((message) => message.accepted).map(({ key }) => key);
				expect(new Set(accepted)).toEqual(new Set(deliverable));
			},
		);
		await fc.assert(property, runs(200));
	});
});
