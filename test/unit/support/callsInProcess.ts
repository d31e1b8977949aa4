/**
 * A process of its own that makes calls, where the environment or the limits of a process matter. Takes a list
 * of `Call`s as JSON, prints what became of them as JSON.
 */
import { openSync } from 'node:fs';

import {
	httpOf,
	httpOverFetch,
	httpOverHelper,
} from '../../../nodes/GenesysCloud/api/httpFunctions';
import { n8nHttpRequest } from './n8nHelper';

/** One call to make. */
export interface Call {
	readonly url: string;
	/** Over which HTTP function: that of a run, n8n's helper, or fetch. */
	readonly over: 'run' | 'helper' | 'fetch';
	/** When all file handles of the process are used up. */
	readonly outOfFiles?: boolean;
}

const helpers = { httpRequest: n8nHttpRequest };
const functions = {
	run: httpOf(helpers),
	helper: httpOverHelper(helpers),
	fetch: httpOverFetch(),
};

function useUpFiles(): void {
	try {
		for (;;) openSync('/dev/null', 'r');
	} catch {
		// That was the last one.
	}
}

async function make(calls: readonly Call[]): Promise<unknown[]> {
	const results: unknown[] = [];
	for (const { url, over, outOfFiles } of calls) {
		if (outOfFiles) useUpFiles();
		const headers = { authorization: 'Basic c2VjcmV0' };
		const request = { method: 'POST', url, headers, timeoutMs: 5_000, maxBodyBytes: 100 } as const;
		const result = await functions[over](request);
		results.push(result.ok ? result.value.status : result.failure);
	}
	return results;
}

void make(JSON.parse(process.argv[2] ?? '[]') as Call[]).then((results) => {
	process.stdout.write(`\n${JSON.stringify(results)}`, () => process.exit());
});
