import { spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { until } from '../../e2e/support/until';

/** A program that serves on a port of this machine. */
interface ServiceOptions {
	readonly command: string;
	readonly args: readonly string[];
	/** Its working directory. */
	readonly cwd: string;
	/** Gets what it prints. */
	readonly logFile: string;
	/** The account it runs under; by default that of this process. */
	readonly account?: Account;
	/** The signal that ends it in order. */
	readonly stopSignal: NodeJS.Signals;
	/** Whether it takes requests. */
	readonly isReady: () => Promise<boolean>;
}

/** An account of this machine. */
export interface Account {
	readonly uid: number;
	readonly gid: number;
}

/** A running program. */
export interface Service {
	readonly port: number;
	readonly stop: () => Promise<void>;
}

const START_TIMEOUT_MS = 30_000;

/**
 * Starts a program that ends with this process, and waits until it takes requests.
 *
 * @param options what to start
 * @returns ends it
 * @throws Error with its log when it does not start
 */
export async function startService(options: ServiceOptions): Promise<() => Promise<void>> {
	const { command, args, cwd, account, stopSignal, logFile, isReady } = options;
	const log = openSync(logFile, 'a');
	const program = JSON.stringify({ command, args, cwd, ...account, stopSignal });
	const companion = spawn(process.execPath, [path.join(__dirname, 'companion.cjs'), program], {
		stdio: ['ignore', log, log, 'ipc'],
		// A group of its own: Ctrl-C must not end it before n8n.
		detached: true,
	});
	closeSync(log);
	const ended = new Promise<void>((resolve) => companion.once('exit', () => resolve()));
	const stop = async () => {
		if (companion.connected) companion.disconnect();
		await ended;
	};
	try {
		const hasEnded = ended.then(() => 'ended' as const);
		const ready = until(`the start of ${command}`, isReady, START_TIMEOUT_MS);
		if ((await Promise.race([ready, hasEnded])) === 'ended') throw new Error(`${command} ended.`);
	} catch (error) {
		await stop();
		throw new Error(`${(error as Error).message} Its log:\n${readFileSync(logFile, 'utf8')}`);
	}
	return stop;
}
