import { parseArgs } from 'node:util';

import { UserError } from './n8n/userError';

/** How `npm run n8n` was started. */
export interface PlaygroundOptions {
	readonly port: number;
	readonly simulatorPort: number;
	/** Whether to forget all data first. */
	readonly reset: boolean;
}

const DEFAULT_PORT = 5678;
const DEFAULT_SIMULATOR_PORT = 8095;

/** What `npm run n8n -- --help` prints. */
export const USAGE = `A whole n8n with the Genesys Cloud node, the simulator and the example workflows.

  npm run n8n                            start it
  npm run n8n -- --reset                 forget its data first
  npm run n8n -- --port 5700             n8n's port (default ${DEFAULT_PORT})
  npm run n8n -- --simulator-port 8100   the simulator's port (default ${DEFAULT_SIMULATOR_PORT})
`;

/**
 * Reads the command line.
 *
 * @param args the arguments after the script
 * @returns the options, or `undefined` when help was asked for
 * @throws UserError when an argument does not fit
 */
export function readOptions(args: readonly string[]): PlaygroundOptions | undefined {
	const { values } = parse(args);
	if (values.help) return undefined;
	return {
		port: readPort('--port', values.port, DEFAULT_PORT),
		simulatorPort: readPort('--simulator-port', values['simulator-port'], DEFAULT_SIMULATOR_PORT),
		reset: values.reset ?? false,
	};
}

function parse(args: readonly string[]) {
	try {
		return parseArgs({
			args: [...args],
			options: {
				help: { type: 'boolean', short: 'h' },
				port: { type: 'string' },
				'simulator-port': { type: 'string' },
				reset: { type: 'boolean' },
			},
		});
	} catch (error) {
		throw new UserError(`${(error as Error).message}\n\n${USAGE}`);
	}
}

function readPort(name: string, text: string | undefined, fallback: number): number {
	const port = text === undefined ? fallback : Number(text);
	if (Number.isInteger(port) && port >= 1 && port <= 65_535) return port;
	throw new UserError(`${name} must be a number from 1 to 65535.`);
}
