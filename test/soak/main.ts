import { runScript } from '../../dev/scripts/runScript';
import { Child } from '../../dev/bench/support/child';
import { screenTable } from '../../dev/bench/support/report';
import { runBatch } from './batch';
import { soakEngine } from './executions';
import { livingObjects } from './objects';
import { readOptions, USAGE, type SoakOptions } from './options';
import { progressLine, writeResults } from './report';
import { takeSample } from './sample';
import { burst, listenTo } from './trigger';
import type { Burst, Listened, Sample, Tally } from './types';
import { judgeTriggers } from './triggerVerdict';
import { judge } from './verdict';

/** The messages that customers write in each batch, to a trigger that listens meanwhile. */
const TALK = { count: 50, perSecond: 20 };

interface Soaked {
	readonly samples: Sample[];
	readonly listened: Listened[];
	readonly burst: Burst;
}

async function soak(options: SoakOptions, simulator: Child): Promise<Soaked> {
	const { batches, executions, items } = options;
	const engine = await soakEngine(await simulator.call<string>('start'));
	const samples: Sample[] = [];
	const listened: Listened[] = [];
	for (let batch = 0; batch < batches; batch++) {
		const startedAt = performance.now();
		const beside = async () => await runBatch(engine, simulator, batch, options);
		listened.push(await listenTo(engine, simulator, TALK, beside));
		const ms = performance.now() - startedAt;
		const sample = await takeSample((batch + 1) * executions * items, ms);
		samples.push(sample);
		console.log(progressLine(sample));
	}
	return { samples, listened, burst: await burst(engine, simulator, options.burstSeconds) };
}

/** `npm run test:soak` */
async function main(): Promise<number> {
	const options = readOptions(process.argv.slice(2));
	if (!options) {
		console.log(USAGE);
		return 0;
	}
	const simulator = await Child.start('../../../test/soak/simulatorProcess.ts');
	try {
		const { samples, ...triggers } = await soak(options, simulator);
		const tally = await simulator.call<Tally>('tally');
		const rows = [
			...judge(options, samples, livingObjects(), tally),
			...judgeTriggers(triggers.listened, triggers.burst),
		];
		console.log(screenTable(rows));
		if (options.full) await writeResults(options, rows, samples);
		const missed = rows.filter(({ met }) => met === false);
		console.log(missed.length === 0 ? 'Passed.' : `FAILED: ${missed.length} lines not met.`);
		return missed.length === 0 ? 0 : 1;
	} finally {
		await simulator.stop();
	}
}

runScript(main);
