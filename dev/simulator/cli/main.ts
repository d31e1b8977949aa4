import { startSimulator } from '../index';
import type { Simulator } from '../simulator';
import { readCommandLine, USAGE } from './commandLine';
import { greeting } from './greeting';

/** Ends the simulator with whoever started it: a signal, or a parent process that is gone. */
function stopWithParent(simulator: Simulator): void {
	const stop = (): void => {
		void simulator.stop().then(() => {
			// An open channel to the parent would keep this process alive.
			if (process.connected) process.disconnect();
		});
	};
	process.once('SIGINT', stop);
	process.once('SIGTERM', stop);
	process.once('disconnect', stop);
}

async function main(): Promise<void> {
	const options = readCommandLine(process.argv.slice(2));
	if (options === undefined) {
		process.stdout.write(USAGE);
		return;
	}
	const simulator = await startSimulator(options);
	stopWithParent(simulator);
	process.stdout.write(greeting(simulator.url));
	process.send?.({ type: 'listening', url: simulator.url });
}

main().catch((error: unknown) => {
	process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
	process.exitCode = 1;
	if (process.connected) process.disconnect();
});
