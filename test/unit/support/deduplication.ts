import type { WorkflowKeyStore } from '../../../nodes/GenesysCloud/n8n/keyStore';

type Helpers = ConstructorParameters<typeof WorkflowKeyStore>[0];
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

	const checkLatest = async (value: number) => {
		const before = latest;
		await databaseAnswers();
		if (before === undefined) {
			if (latest !== undefined) throw new Error('duplicate key value violates unique constraint');
			latest = value;
			return { new: [value], processed: [] };
		}
		return { new: [], processed: [value] };
	};
	const checkProcessedAndRecord = jest.fn(async (items: (string | number)[], scope: Scope) => {
		if (scope === 'node') return await checkLatest(Number(items[0]));
		const failure = failures.get(++looks);
		if (failure) throw failure;
		calls.push(`add ${items.length}`);
		const before = record;
		await turn();
		const added = items.map(String).filter((item) => !before.includes(item));
		record = [...new Set([...before, ...added])];
		return { new: added, processed: items.filter((item) => before.includes(String(item))) };
	});
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
		/** The workflow's keys. */
		record: () => record,
		/** Whether a process holds the lock. */
		isLocked: () => latest !== undefined,
		/** A process that is killed while it holds the lock. */
		lockForEver: () => {
			latest = 1;
		},
	};
}
