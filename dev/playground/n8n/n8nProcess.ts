import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { n8nEnvironment, type N8nSettings } from './environment';
import type { Installation } from './installation';
import { UserError } from './userError';

/** A running process of n8n's. */
export interface N8nProcess {
	/** Ends the process and everything it started. May be called more than once. */
	stop(): Promise<void>;
	/** Ends it by SIGKILL: it can put nothing in order any more. */
	kill(): Promise<void>;
	/** Resolves when the process is gone. */
	readonly ended: Promise<void>;
}

/** Which process of n8n's to start. */
interface ProcessOptions {
	readonly installation: Installation;
	/** Where it lives and listens. */
	readonly settings: N8nSettings;
	/** Gets what it prints. */
	readonly logFile: string;
	/** n8n's command and its arguments. */
	readonly command: readonly string[];
	/** Whether it takes work. */
	readonly isReady: () => Promise<boolean>;
}

/** Migrations, and a machine that does other work. */
const START_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 250;
const SHOWN_LINES = 20;

/**
 * Starts a process of n8n's and waits until it takes work.
 *
 * @param options which one
 * @returns the running process
 * @throws UserError with the end of the log when it does not start
 */
export async function startProcess(options: ProcessOptions): Promise<N8nProcess> {
	const child = spawnN8n(options);
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
	const end = async (signal: NodeJS.Signals) => await stop(child, ended, signal);
	try {
		await untilReady(options, child);
	} catch (error) {
		await end('SIGTERM');
		const lines = readFileSync(options.logFile, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES);
		throw new UserError(`${(error as Error).message} The end of its log:\n${lines.join('\n')}`);
	}
	return { ended, stop: async () => await end('SIGTERM'), kill: async () => await end('SIGKILL') };
}

function spawnN8n({ installation, settings, logFile, command }: ProcessOptions): ChildProcess {
	// A file, not a pipe: n8n must be able to write its last words when nobody reads any more.
	const log = openSync(logFile, 'a');
	const child = spawn(
		installation.node,
		['--require', path.join(__dirname, 'followParent.cjs'), installation.n8n, ...command],
		{
			cwd: settings.userFolder,
			env: n8nEnvironment(installation.folder, settings),
			stdio: ['ignore', log, log, 'ipc'],
			// A group of its own: Ctrl-C reaches this process, which then stops n8n in order.
			detached: process.platform !== 'win32',
		},
	);
	closeSync(log);
	return child;
}

async function untilReady({ isReady }: ProcessOptions, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error('n8n stopped while it was starting.');
		}
		if (await isReady()) return;
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	throw new Error(`n8n did not start within ${START_TIMEOUT_MS / 1000} s.`);
}

async function stop(
	child: ChildProcess,
	ended: Promise<void>,
	signal: NodeJS.Signals,
): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) child.kill(signal);
	const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
	await ended;
	clearTimeout(timer);
	killGroup(child);
	if (child.connected) child.disconnect();
}

/** n8n's task runner is a process of its own, which a killed n8n would leave behind. */
function killGroup({ pid }: ChildProcess): void {
	if (pid === undefined || process.platform === 'win32') return;
	try {
		process.kill(-pid, 'SIGKILL');
	} catch {
		// nobody is left
	}
}
