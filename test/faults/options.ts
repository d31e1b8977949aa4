import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

/** The usage text of `npm run test:faults`. */
export const USAGE = `Sends messages through every kind of fault and counts what was lost, doubled or wrongly reported.

Usage: npm run test:faults -- [options]

  --campaign <name>     node, trigger, or both (both)
  --seed <number>       what the faults are drawn from (1)
  --kind <name>         one kind of fault; may be repeated
  --run <number>        one combination of settings alone, as a failure names it
  --processes <number>  how many kinds are played at once (one for each CPU)
  --quick               a part of the settings, for a look
  --help                this text
`;

/** What to play. */
export interface CampaignOptions {
	readonly campaign: 'node' | 'trigger' | 'both';
	readonly seed: number;
	readonly kinds: readonly string[];
	readonly run?: number;
	readonly quick: boolean;
	readonly processes: number;
}

/**
 * Reads the command line.
 *
 * @param args the arguments after the script's name
 * @param known the names of the fault kinds of each campaign
 * @returns the options, or `undefined` when help is asked for
 * @throws Error with one sentence for an option that is unknown or does not fit
 */
export function readOptions(
	args: string[],
	known: Readonly<Record<'node' | 'trigger', readonly string[]>>,
): CampaignOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			campaign: { type: 'string', default: 'both' },
			seed: { type: 'string', default: '1' },
			kind: { type: 'string', multiple: true, default: [] },
			run: { type: 'string' },
			processes: { type: 'string', default: String(availableParallelism()) },
			quick: { type: 'boolean', default: false },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const { campaign } = values;
	if (campaign !== 'node' && campaign !== 'trigger' && campaign !== 'both') {
		throw new Error('--campaign must be node, trigger, or both.');
	}
	const kindsOf = campaign === 'both' ? [...known.node, ...known.trigger] : known[campaign];
	const unknown = values.kind.find((name) => !kindsOf.includes(name));
	if (unknown !== undefined) {
		throw new Error(`There is no kind "${unknown}". There are: ${kindsOf.join(', ')}.`);
	}
	const run = values.run === undefined ? undefined : wholeNumber('run', values.run);
	const seed = wholeNumber('seed', values.seed);
	const processes = Math.max(1, wholeNumber('processes', values.processes));
	const { kind: kinds, quick } = values;
	return { campaign, seed, kinds, quick, processes, ...(run !== undefined && { run }) };
}

function wholeNumber(name: string, text: string): number {
	if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} must be a whole number of at least 0.`);
	return Number(text);
}
