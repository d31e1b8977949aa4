import { makeCertificate } from '../../dev/simulator/certificate';
import { Child } from '../../dev/bench/support/child';
import { screenTable } from '../../dev/bench/support/report';
import { runScript } from '../../dev/scripts/runScript';
import { readOptions, USAGE, type SoakOptions } from './options';
import { writeResults } from './report';
import { judgeTriggers } from './triggerVerdict';
import type { Soaked } from './types';
import { judge } from './verdict';

const LONGEST_MS = 3_600_000;

/** A certificate is trusted from a process's start on: the engine has one of its own. */
async function soaked(options: SoakOptions): Promise<Soaked> {
	const certificate = makeCertificate();
	const engine = await Child.start('../../../test/soak/engineProcess.ts', {
		nodeFlags: ['--expose-gc'],
		env: { NODE_EXTRA_CA_CERTS: certificate.file },
	});
	try {
		return await engine.call<Soaked>('soak', options, LONGEST_MS);
	} finally {
		await engine.stop();
		certificate.remove();
	}
}

/** `npm run test:soak` */
async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	if (!options) {
		console.log(USAGE);
		return 0;
	}
	const { samples, listened, burst, left, tally } = await soaked(options);
	const rows = [...judge(options, samples, left, tally), ...judgeTriggers(listened, burst)];
	console.log(screenTable(rows));
	if (options.full) await writeResults(options, rows, samples);
	const missed = rows.filter(({ met }) => met === false);
	console.log(missed.length === 0 ? 'Passed.' : `FAILED: ${missed.length} lines not met.`);
	return missed.length === 0 ? 0 : 1;
}

runScript(main);
