import { trustedCertificate } from '../../dev/simulator/certificate';
import { Child } from '../../dev/bench/support/child';
import { serve } from '../../dev/bench/support/serve';
import { runBatch } from './batch';
import { soakEngine } from './executions';
import { livingObjects } from './objects';
import type { SoakOptions } from './options';
import { progressLine } from './report';
import { takeSample } from './sample';
import { burst, listenTo } from './trigger';
import type { Listened, Sample, Soaked, Tally } from './types';

/** The messages that customers write in each batch, to a trigger that listens meanwhile. */
const TALK = { count: 50, perSecond: 20 };

async function soakWith(simulator: Child, options: SoakOptions): Promise<Soaked> {
	const { batches, executions, items, burstSeconds } = options;
	const engine = await soakEngine(await simulator.call<string>('start', trustedCertificate()));
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
	return {
		samples,
		listened,
		burst: await burst(engine, simulator, burstSeconds),
		left: livingObjects(),
		tally: await simulator.call<Tally>('tally'),
	};
}

/** The process whose memory is watched: n8n's engine with the built package, which sends over TLS. */
async function soak(options: SoakOptions): Promise<Soaked> {
	const simulator = await Child.start('../../../test/soak/simulatorProcess.ts');
	try {
		return await soakWith(simulator, options);
	} finally {
		await simulator.stop();
	}
}

serve({ soak });
