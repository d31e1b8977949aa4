import { writeFile } from 'node:fs/promises';

import { playKind, type KindReport } from './campaign';
import { KINDS } from './kinds';
import { readOptions, USAGE } from './options';
import { describeFindings, markdownPage, RESULTS, verdict } from './report';
import { GRID, QUICK_GRID } from './settings';

/** `npm run test:faults` */
async function main(): Promise<number> {
	const names = KINDS.map(({ name }) => name);
	const options = readOptions(process.argv.slice(2), names);
	if (!options) {
		console.log(`${USAGE}\nKinds: ${names.join(', ')}`);
		return 0;
	}
	const { seed, kinds, run, quick } = options;
	const whole = kinds.length === 0 && run === undefined && !quick;
	const grid = (quick ? QUICK_GRID : GRID).filter(({ index }) => (run ?? index) === index);
	const reports: KindReport[] = [];
	for (const kind of KINDS) {
		if (kinds.length > 0 && !kinds.includes(kind.name)) continue;
		const report = await playKind(kind, grid, seed);
		reports.push(report);
		const { findings, seconds } = report;
		const result = findings.length === 0 ? 'ok' : `${findings.length} violations`;
		console.log(`${kind.name}: ${result} (${report.runs} runs, ${seconds.toFixed(1)} s)`);
		for (const text of describeFindings(report, seed)) console.log(text);
	}
	if (whole) {
		await writeFile(RESULTS, markdownPage(reports, seed));
		console.log('Written to test/faults/RESULTS.md.');
	}
	console.log(verdict(reports));
	return reports.some(({ findings }) => findings.length > 0) ? 1 : 0;
}

main().then(
	(exitCode) => {
		process.exitCode = exitCode;
	},
	(error: unknown) => {
		console.error(error instanceof Error ? error.message : error);
		process.exitCode = 1;
	},
);
