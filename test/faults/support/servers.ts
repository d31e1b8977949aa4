import { makeCertificate, type Certificate } from '../../../dev/bench/support/certificate';
import { startSimulator } from '../../../dev/simulator';
import type { Stage } from '../types';

/**
 * The URL of a port where nobody listens.
 *
 * @returns the URL
 */
export async function deadUrl(): Promise<string> {
	const stopped = await startSimulator();
	await stopped.stop();
	return stopped.url;
}

let certificate: Certificate | undefined;

/**
 * Starts a simulator whose certificate nobody trusts. No call may arrive.
 *
 * @param stage the run, with which it ends
 * @returns its URL
 */
export async function selfSignedUrl(stage: Stage): Promise<string> {
	if (!certificate) {
		certificate = makeCertificate();
		// It was read: the files are not needed.
		certificate.remove();
	}
	return await urlOfUnvisited(stage, { tls: certificate });
}

/**
 * Starts another host. No call may arrive, for it could hold the access token.
 *
 * @param stage the run, with which it ends
 * @returns its URL
 */
export async function strangerUrl(stage: Stage): Promise<string> {
	return await urlOfUnvisited(stage, {});
}

async function urlOfUnvisited(
	stage: Stage,
	options: Parameters<typeof startSimulator>[0],
): Promise<string> {
	const simulator = await startSimulator({ ...options, unknownContacts: 'accept' });
	stage.onEnd(async () => {
		const calls = Object.values(simulator.stats.snapshot().endpoints).length;
		await simulator.stop();
		if (calls > 0) stage.blame('a call reached a server that it must not reach');
	});
	return simulator.url;
}
