// Nothing but Node may be used here: this runs before anything is installed.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const isWindows = process.platform === 'win32';

let child;
let asked = false;

// Whoever is asked to stop waits for what the child makes of it, and starts nothing more. Ctrl-C goes to the
// child by itself: the terminal sends it to both.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
	process.on(signal, () => {
		asked = true;
		if (signal !== 'SIGINT' || !process.stdin.isTTY) child?.kill(signal);
	});
}

/**
 * Runs a command in the project's folder and waits for its end; the process ends with it when it fails.
 *
 * @param {readonly string[]} command `node`, `npm`, or a command of node_modules/.bin, and its arguments
 */
export async function run([command, ...args], env = process.env) {
	const file = locate(command);
	// On Windows all but Node itself are .cmd files, which need a shell.
	const shell = file.endsWith('.cmd');
	const exitCode = await new Promise((resolve) => {
		child = spawn(file, args, { cwd: root, env, stdio: 'inherit', shell });
		child.on('error', (error) => {
			console.error(`${command} could not be started: ${error.message}`);
			resolve(1);
		});
		child.on('close', (code) => resolve(code ?? 1));
	});
	if (exitCode !== 0 || asked) process.exit(exitCode);
}

function locate(command) {
	if (command === 'node') return process.execPath;
	const name = isWindows ? `${command}.cmd` : command;
	return command === 'npm' ? name : join('node_modules', '.bin', name);
}
