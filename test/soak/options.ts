import { parseArgs } from 'node:util';

/** The usage text of `npm run test:soak`. */
export const USAGE = `Sends thousands of messages through one n8n process and looks for what is not given back.

Usage: npm run test:soak -- [options]

  --messages <number>    messages to send (200000)
  --executions <number>  executions at once (20)
  --items <number>       messages of one execution (500)
  --burst-seconds <n>    seconds of 100 events each, at the end (60)
  --help                 this text
`;

/** The size of a full run, whose results are written down. */
const FULL = { messages: 200_000, executions: 20, items: 500, burstSeconds: 60 } as const;

/** How much is sent. */
export interface SoakOptions {
	readonly batches: number;
	/** Executions at once in a batch. */
	readonly executions: number;
	/** Messages of an execution. */
	readonly items: number;
	/** How long customers write a hundred messages in a second. */
	readonly burstSeconds: number;
	/** Whether this is the full size. */
	readonly full: boolean;
}

/** Fewer points than these make no line, the warm-up left out. */
const LEAST_BATCHES = 8;

/**
 * Reads the command line.
 *
 * @param args the arguments after the script's name
 * @returns the options, or `undefined` when help is asked for
 * @throws Error with one sentence for an option that is unknown or does not fit
 */
export function readOptions(args: string[]): SoakOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			messages: { type: 'string', default: String(FULL.messages) },
			executions: { type: 'string', default: String(FULL.executions) },
			items: { type: 'string', default: String(FULL.items) },
			'burst-seconds': { type: 'string', default: String(FULL.burstSeconds) },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const [messages = 0, executions = 0, items = 0, burstSeconds = 0] = (
		['messages', 'executions', 'items', 'burst-seconds'] as const
	).map((name) => wholeNumber(name, values[name]));
	const batches = Math.round(messages / (executions * items));
	if (batches < LEAST_BATCHES) {
		throw new Error(
			`${messages} messages make ${batches} batches of ${executions} x ${items}: at least ${LEAST_BATCHES} are needed.`,
		);
	}
	const given = { messages, executions, items, burstSeconds };
	const full = Object.entries(FULL).every(
		([name, value]) => given[name as keyof typeof FULL] === value,
	);
	return { batches, executions, items, burstSeconds, full };
}

/** @throws Error with one sentence when the text of an option is none */
export function wholeNumber(name: string, text: string): number {
	const value = Number(text);
	if (Number.isInteger(value) && value > 0) return value;
	throw new Error(`--${name} must be a whole number above 0.`);
}
