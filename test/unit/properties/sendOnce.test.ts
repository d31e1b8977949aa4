import * as fc from 'fast-check';

import { SendOnce, type KeyStore } from '../../../nodes/GenesysCloud/delivery/sendOnce';
import { runs } from '../../support/runs';

/** A store whose changes end in any order, and some of which fail. */
class ShakyStore implements KeyStore {
	readonly keys = new Set<string>();

	constructor(
		private readonly scheduler: fc.Scheduler,
		private readonly fails: fc.Stream<boolean>,
	) {}

	async has(key: string): Promise<boolean> {
		await this.turn();
		return this.keys.has(key);
	}

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
		const away: unknown = this.fails.next().value;
		await this.scheduler.schedule(Promise.resolve());
		if (away === true) throw new Error('store is away');
	}
}

const messages = fc.array(
	fc.record({ key: fc.constantFrom('a', 'b', '__proto__'), accepted: fc.boolean() }),
	{ maxLength: 12 },
);
const policies = fc.constantFrom('retry' as const, 'fail' as const);
type Messages = readonly { readonly key: string; readonly accepted: boolean }[];

/** Sends the messages at once, each as the delivery does. @returns the key of each acceptance */
async function sendAll(all: Messages, once: SendOnce, scheduler: fc.Scheduler) {
	const accepted: string[] = [];
	const stored: string[] = [];
	const sending = new Map<string, number>();
	let most = 0;
	await scheduler.waitFor(
		Promise.all(
			all.map(async (message) => {
				const { key } = message;
				const answer = await once.begin(key).catch(() => 'away');
				if (answer !== 'send') return;
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

const never = fc.constant(false);

describe('SendOnce, in whatever order messages and store end', () => {
	it('sends each key once, one at a time, and lets nobody wait for ever', async () => {
		const property = fc.asyncProperty(
			...[messages, policies, fc.infiniteStream(fc.boolean()), fc.scheduler()],
			async (all, uncertain, fails, scheduler) => {
				const store = new ShakyStore(scheduler, fails);
				// That it ends at all shows that no waiter hangs.
				const { accepted, most } = await sendAll(all, new SendOnce(store, uncertain), scheduler);
				expect(accepted).toHaveLength(new Set(accepted).size);
				expect(most).toBeLessThanOrEqual(1);
			},
		);
		await fc.assert(property, runs(300));
	});

	it('sends no key again in a later execution once it was stored', async () => {
		const property = fc.asyncProperty(
			...[messages, messages, policies, fc.infiniteStream(fc.boolean()), fc.scheduler()],
			async (first, second, uncertain, fails, scheduler) => {
				const store = new ShakyStore(scheduler, fails);
				const before = await sendAll(first, new SendOnce(store, uncertain), scheduler);
				const after = await sendAll(second, new SendOnce(store, uncertain), scheduler);
				for (const key of before.stored) expect(after.accepted).not.toContain(key);
			},
		);
		await fc.assert(property, runs(300));
	});

	it('forgets a key that was not sent, and keeps one that was, while the store works', async () => {
		const property = fc.asyncProperty(
			...[messages, policies, fc.infiniteStream(never), fc.scheduler()],
			async (all, uncertain, fails, scheduler) => {
				const store = new ShakyStore(scheduler, fails);
				const { accepted } = await sendAll(all, new SendOnce(store, uncertain), scheduler);
				expect(store.keys).toEqual(new Set(accepted));
				const deliverable = all.filter((message) => message.accepted).map(({ key }) => key);
				expect(new Set(accepted)).toEqual(new Set(deliverable));
			},
		);
		await fc.assert(property, runs(200));
	});
});
