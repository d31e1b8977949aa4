import { parseArgs } from 'node:util';

import { prepareDemo } from '../demo';
import type { SimulatorOptions } from '../simulator';

/** The usage text of `npm run simulator`. */
export const USAGE = `Starts a local Genesys Cloud.

Usage: npm run simulator -- [options]

  --port <number>             port to listen on (8095)
  --rate-limit <number>       calls allowed for one access token in one window (300)
  --window-ms <number>        length of that window in milliseconds (60000)
  --no-rate-limit             no limit and no rate-limit headers
  --accept-unknown-contacts   every contact ID has an open session
  --seed <number>             seed of faults with a probability (1)
  --help                      this text
`;

function readNumber(name: string, text: string): number {
	const value = Number(text);
	if (text.trim() !== '' && Number.isInteger(value) && value >= 0) return value;
	throw new Error(`--${name} must be a whole number, not "${text}".`);
}

/**
 * Reads the command line of `npm run simulator`.
 *
 * @param args the arguments after the script's name
 * @returns the options to start with, or undefined when help is asked for
 * @throws Error with one sentence for an option that is unknown or does not fit
 */
export function readCommandLine(args: string[]): SimulatorOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			port: { type: 'string', default: '8095' },
			'rate-limit': { type: 'string', default: '300' },
			'window-ms': { type: 'string', default: '60000' },
			'no-rate-limit': { type: 'boolean', default: false },
			'accept-unknown-contacts': { type: 'boolean', default: false },
			seed: { type: 'string', default: '1' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const allowed = readNumber('rate-limit', values['rate-limit']);
	const windowMs = readNumber('window-ms', values['window-ms']);
	return {
		port: readNumber('port', values.port),
		rateLimit: values['no-rate-limit'] ? null : { allowed, windowMs },
		unknownContacts: values['accept-unknown-contacts'] ? 'accept' : 'reject',
		seed: readNumber('seed', values.seed),
		prepare: prepareDemo,
	};
}
