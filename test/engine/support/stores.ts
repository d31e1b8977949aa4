import { setTimeout } from 'node:timers/promises';

import type { DeduplicationScope, IDataDeduplicator } from 'n8n-workflow';

import { MemoryDeduplicator } from '../../../dev/headless-n8n/deduplication';

/** A method of n8n's store of keys. */
type StoreMethod = keyof IDataDeduplicator;

/** A call of the store. */
interface StoreCall {
	readonly method: StoreMethod;
	readonly scope: DeduplicationScope;
}

/** A store in memory in which a test may look at each call, hold it up, or let it fail. */
export class WatchedStore extends MemoryDeduplicator {
	readonly calls: StoreCall[] = [];

	/** @param before awaited before each call; what it throws, the call throws */
	constructor(public before: (call: StoreCall) => Promise<void> = async () => undefined) {
		super();
	}

	/** How many calls of the workflow's keys were made. */
	get keyCalls(): number {
		return this.calls.filter(({ scope }) => scope === 'workflow').length;
	}

	override async checkProcessedAndRecord(
		...args: Parameters<MemoryDeduplicator['checkProcessedAndRecord']>
	) {
		await this.note('checkProcessedAndRecord', args[1]);
		return await super.checkProcessedAndRecord(...args);
	}

	override async removeProcessed(...args: Parameters<MemoryDeduplicator['removeProcessed']>) {
		await this.note('removeProcessed', args[1]);
		await super.removeProcessed(...args);
	}

	override async getProcessedDataCount(
		...args: Parameters<MemoryDeduplicator['getProcessedDataCount']>
	) {
		await this.note('getProcessedDataCount', args[0]);
		return await super.getProcessedDataCount(...args);
	}

	override async clearAllProcessedItems(
		...args: Parameters<MemoryDeduplicator['clearAllProcessedItems']>
	) {
		await this.note('clearAllProcessedItems', args[0]);
		await super.clearAllProcessedItems(...args);
	}

	private async note(method: StoreMethod, scope: DeduplicationScope): Promise<void> {
		const call = { method, scope };
		this.calls.push(call);
		await this.before(call);
	}
}

/** A store whose calls each take some ms, as those of a database. */
export function slowStore(latencyMs: number): WatchedStore {
	return new WatchedStore(async () => await setTimeout(latencyMs));
}

/** From which call of a method on it fails. */
export type FailingCalls = Partial<Record<StoreMethod, number>>;

/** A store of which some methods fail, for the workflow's keys, from their nth call on. */
export function failingStore(failing: FailingCalls): WatchedStore {
	const store = new WatchedStore(async ({ method, scope }) => {
		if (scope !== 'workflow') return;
		const nth = store.calls.filter((call) => call.method === method && call.scope === scope).length;
		if (nth >= (failing[method] ?? Infinity)) throw new Error('database is locked');
		await Promise.resolve();
	});
	return store;
}
