import { writeFile } from 'node:fs/promises';

import { runScript } from '../scripts/runScript';
import { MEASURES, type Measure } from './measures';
import { before } from './measures/before';
import type { Bed } from './support/bed';
import { load } from './support/machine';
import { withBed } from './support/openBed';
import { readOptions, USAGE } from './support/options';
import { markdownPage, RESULTS, screenTable } from './support/report';
import type { Row } from './support/types';

/** A measure that breaks must not take the results of the others with it. */
async function rowsOf(name: string, measure: Measure, bed: Bed): Promise<Row[]> {
	const startedAt = Date.now();
	process.stdout.write(`${name} … `);
	try {
		return await measure(bed);
	} catch (error) {
		return [{ measure: name, result: `broke: ${(error as Error).message}`, met: false }];
	} finally {
		process.stdout.write(`${Math.round((Date.now() - startedAt) / 1000)} s\n`);
	}
}

/** `npm run bench` */
async function main(): Promise<number> {
	const known = Object.keys(MEASURES);
	const options = readOptions(process.argv.slice(2), known);
	if (!options) {
		console.log(`${USAGE}\nMeasures: ${known.join(', ')}`);
		return 0;
	}
	const { only, runs, quick, earlierBuild } = options;
	const measures: typeof MEASURES =
		earlierBuild === undefined
			? MEASURES
			: { before: async (bed) => await before(earlierBuild, bed) };
	const loadBefore = load();
	const rows: Row[] = [];
	await withBed(options, async (bed) => {
		for (const [name, measure] of Object.entries(measures)) {
			if (only.length > 0 && !only.includes(name)) continue;
			rows.push(...(await rowsOf(name, measure, bed)));
		}
	});
	console.log(screenTable(rows));
	if (quick || only.length > 0 || earlierBuild !== undefined) {
		console.log('Only a full run writes dev/bench/results.md.');
	} else {
		await writeFile(RESULTS, await markdownPage(rows, { runs, loadBefore }));
		console.log('Written to dev/bench/results.md.');
	}
	const missed = rows.filter(({ met }) => met === false).length;
	console.log(missed > 0 ? `${missed} targets missed.` : 'All targets met.');
	return missed > 0 ? 1 : 0;
}

runScript(main);
