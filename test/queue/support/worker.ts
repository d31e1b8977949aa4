import { readFileSync } from 'node:fs';

import type { N8nProcess } from '../../../dev/playground/n8n/n8nProcess';

/** A worker of n8n's queue mode. */
export class Worker {
	constructor(
		private readonly process: N8nProcess,
		private readonly logFile: string,
	) {}

	/** The executions that it has begun so far, by its log. */
	executions(): string[] {
		const log = readFileSync(this.logFile, 'utf8');
		return [...log.matchAll(/Worker started execution (\d+) /g)].map(([, id = '']) => id);
	}

	/** Ends it in order: it finishes its executions first. */
	async stop(): Promise<void> {
		await this.process.stop();
	}

	/** Ends it by SIGKILL. */
	async kill(): Promise<void> {
		await this.process.kill();
	}
}
