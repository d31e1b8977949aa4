import { Bed } from './bed';
import { makeCertificate } from '../../simulator/certificate';
import { Child } from './child';
import { installPeer } from './peer';

/** Messages until the simulator answers at its full speed. */
const SIMULATOR_WARM_UP = 3000;

/**
 * Starts a warm simulator, lets something be measured on it, and stops it.
 *
 * @param options rounds of each comparison; whether small sizes are to be used
 * @param use what to do
 * @returns what `use` returns
 */
export async function withBed<Result>(
	{ runs, quick }: { readonly runs: number; readonly quick: boolean },
	use: (bed: Bed) => Promise<Result>,
): Promise<Result> {
	installPeer();
	const certificate = makeCertificate();
	const { key, cert, file } = certificate;
	const simulator = await Child.start('simulatorProcess.ts');
	try {
		const url = await simulator.call<string>('start', { key, cert });
		const bed = new Bed(simulator, url, file, runs, quick);
		await bed.run({ sender: 'fetch' }, { count: SIMULATOR_WARM_UP });
		return await use(bed);
	} finally {
		await simulator.stop();
		certificate.remove();
	}
}
