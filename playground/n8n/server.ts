import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import path from 'node:path';

import { n8nEnvironment, type N8nSettings } from './environment';
import type { Installation } from './installation';
import { runQuietly } from './runQuietly';
import { UserError } from './userError';

/** A running n8n. */
export interface N8nServer {
	readonly url: string;
	/** Ends n8n and everything it started. May be called more than once. */
	stop(): Promise<void>;
	/** Resolves when n8n's process is gone. */
	readonly ended: Promise<void>;
}

/** Migrations, and a machine that does other work. */
const START_TIMEOUT_MS = 180_000;
const CLI_TIMEOUT_MS = 180_000;
const STOP_TIMEOUT_MS = 15_000;
const POLL_MS = 250;
const SHOWN_LINES = 20;

/**
 * Starts n8n and waits until it takes requests.
 *
 * @param installation the n8n
 * @param settings where it lives and listens
 * @param logFile gets what n8n prints
 * @returns the running n8n
 * @throws UserError with the end of the log when it does not start
 */
export async function startN8n(
	installation: Installation,
	settings: N8nSettings,
	logFile: string,
): Promise<N8nServer> {
	const url = `http://127.0.0.1:${settings.port}`;
	// A file, not a pipe: n8n must be able to write its last words when nobody reads any more.
	const log = openSync(logFile, 'a');
	const child = spawn(
		installation.node,
		['--require', path.join(__dirname, 'followParent.cjs'), installation.n8n, 'start'],
		{
			cwd: settings.userFolder,
			env: n8nEnvironment(installation.folder, settings),
			stdio: ['ignore', log, log, 'ipc'],
			// A group of its own: Ctrl-C reaches this process, which then stops n8n in order.
			detached: process.platform !== 'win32',
		},
	);
	closeSync(log);
	const ended = new Promise<void>((resolve) => {
		child.once('error', () => resolve());
		child.once('exit', () => resolve());
	});
	const server = { url, ended, stop: async () => await stop(child, ended) };
	try {
		await untilReady(url, child);
	} catch (error) {
		await server.stop();
		const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n').slice(-SHOWN_LINES);
		throw new UserError(`${(error as Error).message} The end of its log:\n${lines.join('\n')}`);
	}
	return server;
}

/**
 * Runs a command of n8n's command line.
 *
 * @param installation the n8n
 * @param settings where it lives
 * @param args the command and its arguments
 */
export async function runN8nCommand(
	installation: Installation,
	settings: N8nSettings,
	args: readonly string[],
): Promise<void> {
	await runQuietly(installation.node, [installation.n8n, ...args], {
		cwd: settings.userFolder,
		env: n8nEnvironment(installation.folder, settings),
		timeoutMs: CLI_TIMEOUT_MS,
	});
}

async function untilReady(url: string, child: ChildProcess): Promise<void> {
	const deadline = Date.now() + START_TIMEOUT_MS;
	while (Date.now() < deadline) {
		if (child.exitCode !== null || child.signalCode !== null) {
			throw new Error('n8n stopped while it was starting.');
		}
		if (await isReady(url)) return;
		await new Promise((resolve) => setTimeout(resolve, POLL_MS));
	}
	throw new Error(`n8n did not start within ${START_TIMEOUT_MS / 1000} s.`);
}

async function isReady(url: string): Promise<boolean> {
	try {
		const health = await fetch(`${url}/healthz/readiness`);
		// The health check answers before the editor's own API does.
		return health.ok && (await fetch(`${url}/rest/login`)).status !== 404;
	} catch {
		return false;
	}
}

async function stop(child: ChildProcess, ended: Promise<void>): Promise<void> {
	if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM');
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
