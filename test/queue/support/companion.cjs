// Runs a program, and ends it when the process that started this one lets go or is gone.
const { spawn } = require('node:child_process');

const { command, args, cwd, uid, gid, stopSignal } = JSON.parse(process.argv[2]);
const child = spawn(command, args, { cwd, uid, gid, stdio: ['ignore', 'inherit', 'inherit'] });
child.once('error', (error) => {
	console.error(error.message);
	process.exit(1);
});
child.once('exit', (code) => process.exit(code ?? 1));
process.once('disconnect', () => {
	child.kill(stopSignal);
	setTimeout(() => child.kill('SIGKILL'), 10_000).unref();
});
