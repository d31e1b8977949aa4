import { createHash } from 'node:crypto';
import { DataDeduplicationService } from 'n8n-core';
import type {
	DeduplicationItemTypes,
	DeduplicationScope,
	ICheckProcessedContextData,
	ICheckProcessedOptions,
	IDataDeduplicator,
	IDeduplicationOutput,
	Workflow,
} from 'n8n-workflow';
import { UserError } from 'n8n-workflow';

/** n8n's store of processed entries in memory: hashes by workflow and, in scope, by node. */
export class MemoryDeduplicator implements IDataDeduplicator {
	private readonly entries = new Map<string, string[]>();
	/** Of the records in mode `latestIncrementalKey`. */
	private readonly latest = new Map<string, number>();

	async checkProcessedAndRecord(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
		{ mode, maxEntries }: ICheckProcessedOptions,
	): Promise<IDeduplicationOutput> {
		if (mode === 'latestIncrementalKey') return this.recordLatest(items, key(scope, context));
		if (mode !== 'entries') {
			throw new UserError(`Deduplication mode "${mode}" is not available here`);
		}
		const seen = new Set(this.recorded(scope, context));
		const output: IDeduplicationOutput = { new: [], processed: [] };
		for (const item of items) {
			output[seen.has(hash(item)) ? 'processed' : 'new'].push(item);
		}
		const all = [...seen, ...new Set(output.new.map(hash))];
		this.entries.set(key(scope, context), maxEntries ? all.slice(-maxEntries) : all);
		return output;
	}

	async removeProcessed(
		items: DeduplicationItemTypes[],
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		const removed = new Set(items.map(hash));
		const kept = this.recorded(scope, context).filter((entry) => !removed.has(entry));
		this.entries.set(key(scope, context), kept);
	}

	async clearAllProcessedItems(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<void> {
		this.entries.delete(key(scope, context));
		this.latest.delete(key(scope, context));
	}

	async getProcessedDataCount(
		scope: DeduplicationScope,
		context: ICheckProcessedContextData,
	): Promise<number> {
		return this.recorded(scope, context).length;
	}

	private recordLatest(items: DeduplicationItemTypes[], record: string): IDeduplicationOutput {
		const latest = this.latest.get(record) ?? Number.NEGATIVE_INFINITY;
		this.latest.set(record, Math.max(latest, ...items.map(Number)));
		return {
			new: items.filter((item) => Number(item) > latest),
			processed: items.filter((item) => Number(item) <= latest),
		};
	}

	private recorded(scope: DeduplicationScope, context: ICheckProcessedContextData): string[] {
		return this.entries.get(key(scope, context)) ?? [];
	}
}

function hash(item: DeduplicationItemTypes): string {
	return createHash('md5').update(item.toString()).digest('base64');
}

function key(scope: DeduplicationScope, { workflow, node }: ICheckProcessedContextData): string {
	return JSON.stringify([workflow.id, scope === 'node' ? node?.name : undefined]);
}

const deduplicators = new WeakMap<object, IDataDeduplicator>();

function deduplicatorOf({ workflow }: ICheckProcessedContextData): IDataDeduplicator {
	const deduplicator = deduplicators.get(workflow);
	if (deduplicator === undefined) {
		throw new UserError('This engine was created without a deduplication store');
	}
	return deduplicator;
}

/** n8n has one store for its process; this one asks the store of the workflow's engine. */
const dispatcher: IDataDeduplicator = {
	checkProcessedAndRecord: async (items, scope, context, options) =>
		await deduplicatorOf(context).checkProcessedAndRecord(items, scope, context, options),
	removeProcessed: async (items, scope, context, options) =>
		await deduplicatorOf(context).removeProcessed(items, scope, context, options),
	clearAllProcessedItems: async (scope, context, options) =>
		await deduplicatorOf(context).clearAllProcessedItems(scope, context, options),
	getProcessedDataCount: async (scope, context, options) =>
		await deduplicatorOf(context).getProcessedDataCount(scope, context, options),
};

let initialised: Promise<void> | undefined;

/**
 * Gives a workflow its deduplication store, which its nodes reach by `helpers`. n8n hands the
 * store the workflow object itself, so engines of one process do not see each other's entries.
 */
export function attachDeduplicator(workflow: Workflow, deduplicator: IDataDeduplicator): void {
	initialised ??= DataDeduplicationService.init(dispatcher);
	deduplicators.set(workflow, deduplicator);
}
