import { appendFileSync, readFileSync } from 'node:fs';

import { MemoryDeduplicator } from '../../../dev/headless-n8n/deduplication';

type Arguments = Parameters<MemoryDeduplicator['checkProcessedAndRecord']>;
type RemoveArguments = Parameters<MemoryDeduplicator['removeProcessed']>;
type Change = 'checkProcessedAndRecord' | 'removeProcessed';
type Line = readonly [Change, string[], 'node' | 'workflow', string | undefined];

/** n8n's store of Send Once Keys, with a log that outlives the process as n8n's database does. */
export class LoggedKeys extends MemoryDeduplicator {
	/** @param file the log; what it holds already is not read */
	constructor(private readonly file: string) {
		super();
	}

	override async checkProcessedAndRecord(...args: Arguments) {
		this.log('checkProcessedAndRecord', [args[0], args[1], args[2]]);
		return await super.checkProcessedAndRecord(...args);
	}

	override async removeProcessed(...args: RemoveArguments) {
		this.log('removeProcessed', args);
		await super.removeProcessed(...args);
	}

	private log(change: Change, [items, scope, { workflow }]: RemoveArguments): void {
		const line: Line = [change, items.map(String), scope, workflow.id];
		appendFileSync(this.file, `${JSON.stringify(line)}\n`);
	}
}

/**
 * Makes the changes of a log in another store.
 *
 * @param file the log of a process that has ended
 * @param keys the store
 */
export async function replayKeys(file: string, keys: MemoryDeduplicator): Promise<void> {
	const lines = readFileSync(file, 'utf8').split('\n').filter(Boolean);
	for (const line of lines) {
		const [change, items, scope, id] = JSON.parse(line) as Line;
		const context = { workflow: { id } } as Arguments[2];
		await keys[change](items, scope, context, { mode: 'entries' });
	}
}
