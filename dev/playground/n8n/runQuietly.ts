import { spawn } from 'node:child_process';

import { UserError } from './userError';

/** How a command is run. */
export interface RunOptions {
	readonly cwd: string;
	readonly env?: NodeJS.ProcessEnv;
	readonly timeoutMs: number;
	/** The account it runs under; by default that of this process. */
	readonly uid?: number;
	readonly gid?: number;
}

/** What is shown of the output of a command that failed. */
const SHOWN_LINES = 20;

/**
 * Runs a command and shows nothing of it, unless it fails.
 *
 * @param command the command
 * @param args its arguments
 * @param options where and how long
 * @returns its standard output
 * @throws UserError with the end of its output
 */
export async function runQuietly(
	command: string,
	args: readonly string[],
	{ cwd, env = process.env, timeoutMs, uid, gid }: RunOptions,
): Promise<string> {
	return await new Promise((resolve, reject) => {
		const child = spawn(command, args, {
			cwd,
			env,
			uid,
			gid,
			timeout: timeoutMs,
			stdio: ['ignore', 'pipe', 'pipe'],
			shell: process.platform === 'win32' && command === 'npm', // npm is npm.cmd there
		});
		let output = '';
		let all = '';
		child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
			output += chunk;
			all += chunk;
		});
		child.stderr.setEncoding('utf8').on('data', (chunk: string) => {
			all += chunk;
		});
		child.once('error', (error) => {
			reject(new UserError(`${command} could not be started: ${error.message}`));
		});
		child.once('close', (code, signal) => {
			if (code === 0) {
				resolve(output);
				return;
			}
			const end = all.trimEnd().split('\n').slice(-SHOWN_LINES).join('\n');
			const what = [command, ...args].join(' ');
			reject(new UserError(`"${what}" failed (${signal ?? `exit code ${code ?? '?'}`}):\n${end}`));
		});
	});
}
