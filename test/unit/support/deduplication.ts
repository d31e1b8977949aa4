import type { WorkflowKeyStore } from '../../../nodes/GenesysCloud/n8n/keyStore';

type Helpers = ConstructorParameters<typeof WorkflowKeyStore>[0];
interface Options {
	readonly maxEntries?: number;
}
type Scope = 'workflow' | 'node';

/**
 * n8n's deduplication helpers on a database of their own. As in n8n, a workflow's keys are one record,
 * read and then written as a whole; a node's record, in mode `latestIncrementalKey`, is one number.
 *
 * @returns the helpers, the calls that concern the keys, and a look into the database
 */
export function deduplication() {
	let record: string[] = [];
	let latest: number | undefined;
	const calls: string[] = [];
	const failures = new Map<number, Error>();
	let looks = 0;
	let changing = false;
	const databaseAnswers = async () => await new Promise((resolve) => setImmediate(resolve));
	const turn = async () => {
		if (changing) throw new Error('two changes at once lose each other');
		changing = true;
		await databaseAnswers();
		changing = false;
	};

	const checkLatest = async (items: number[]) => {
		const before = latest;
		await databaseAnswers();
		if (before === undefined) {
			if (latest !== undefined) throw new Error('duplicate key value violates unique constraint');
			latest = Math.max(...items);
			return { new: items, processed: [] };
		}
		// A row that was deleted meanwhile is not updated.
		if (latest !== undefined) latest = Math.max(before, ...items);
		return {
			new: items.filter((item) => item > before),
			processed: items.filter((item) => item <= before),
		};
	};
	const checkProcessedAndRecord = jest.fn(
		async (items: (string | number)[], scope: Scope, { maxEntries }: Options) => {
			if (scope === 'node') return await checkLatest(items.map(Number));
			const failure = failures.get(++looks);
			if (failure) throw failure;
			calls.push(`add ${items.length}`);
			const before = record;
			await turn();
			const added = items.map(String).filter((item) => !before.includes(item));
			record = [...before, ...added];
			if (maxEntries !== undefined) record = record.slice(-maxEntries);
			return { new: added, processed: items.filter((item) => before.includes(String(item))) };
		},
	);
	const removeProcessed = jest.fn(async (items: string[]) => {
		calls.push(`remove ${items.length}`);
		const before = record;
		await turn();
		record = before.filter((item) => !items.includes(item));
	});
	const clearAllProcessedItems = jest.fn(async (scope: Scope) => {
		await databaseAnswers();
		if (scope === 'node') latest = undefined;
		else record = [];
	});
	const getProcessedDataCount = jest.fn(async () => record.length);
	const helpers = {
		checkProcessedAndRecord,
		removeProcessed,
		clearAllProcessedItems,
		getProcessedDataCount,
	};
	return {
		helpers,
		typed: helpers as unknown as Helpers,
		calls,
		/** Lets the nth call that records keys fail. */
		failOn: (nth: number, message: string) => {
			failures.set(nth, new Error(message));
		},
		/** The workflow's entries. */
		record: () => record,
		/** What other nodes make of them. */
		setRecord: (entries: string[]) => {
			record = entries;
		},
		/** Whether a process holds the lock. */
		isLocked: () => latest !== undefined,
		/** Another process holds the lock, since now. */
		heldByAnother: () => {
			latest = 1;
		},
	};
}
