import path from 'node:path';
import { parseArgs } from 'node:util';

/** The usage text of `npm run bench`. */
export const USAGE = `Measures the node against n8n's HTTP Request node, bare loops and the official SDK.

Usage: npm run bench -- [options]

  --quick            small sizes, for a look
  --only <name>      one measure; may be repeated
  --runs <number>    rounds of each comparison (5)
  --before <folder>  against an earlier build of this package alone; it has package.json and dist/
  --help             this text
`;

/** What to measure and how often. */
interface BenchOptions {
	readonly quick: boolean;
	readonly only: readonly string[];
	readonly runs: number;
	/** The folder of an earlier build, if that alone is to be compared with. */
	readonly earlierBuild: string | undefined;
}

/**
 * Reads the command line.
 *
 * @param args the arguments after the script's name
 * @param known the names of the measures
 * @returns the options, or `undefined` when help is asked for
 * @throws Error with one sentence for an option that is unknown or does not fit
 */
export function readOptions(args: string[], known: readonly string[]): BenchOptions | undefined {
	const { values } = parseArgs({
		args,
		options: {
			quick: { type: 'boolean', default: false },
			only: { type: 'string', multiple: true, default: [] },
			runs: { type: 'string', default: '5' },
			before: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return undefined;
	const runs = Number(values.runs);
	if (!Number.isInteger(runs) || runs < 1)
		throw new Error('--runs must be a whole number above 0.');
	const unknown = values.only.find((name) => !known.includes(name));
	if (unknown !== undefined) {
		throw new Error(`There is no measure "${unknown}". There are: ${known.join(', ')}.`);
	}
	if (values.before !== undefined && values.only.length > 0) {
		throw new Error('--before compares with an earlier build alone: leave --only out.');
	}
	const earlierBuild = values.before && path.resolve(values.before);
	return { quick: values.quick, only: values.only, runs, earlierBuild };
}
