import { startSimulator, type SimulatorOptions } from '../../../dev/simulator';
import { selfSigned, trustedCertificate } from '../../../dev/simulator/certificate';
import { serveTcp } from '../../unit/support/loopback';
import type { Stage } from '../types';

let untrusted: ReturnType<typeof selfSigned> | undefined;

/**
 * Starts a simulator whose certificate nobody trusts. No call may arrive.
 *
 * @param stage the run, with which it ends
 * @returns its URL
 */
export async function selfSignedUrl(stage: Stage): Promise<string> {
	untrusted ??= selfSigned();
	return await urlOfUnvisited(stage, { tls: untrusted });
}

/**
 * Starts another host. No call may arrive, for it could hold the access token.
 *
 * @param stage the run, with which it ends
 * @returns its URL
 */
export async function strangerUrl(stage: Stage): Promise<string> {
	return await urlOfUnvisited(stage, { tls: trustedCertificate() });
}

/**
 * Starts a server that does not speak TLS, though its URL says so. No call may arrive.
 *
 * @param stage the run, with which it ends
 * @returns its URL
 */
export async function garbledUrl(stage: Stage): Promise<string> {
	const url = await urlOfUnvisited(stage, {});
	return url.replace('http:', 'https:');
}

/**
 * Starts a server with which no TLS connection comes about: nothing can be sent to it.
 *
 * @param stage the run, with which it ends
 * @param answer what it does when a client says hello
 * @returns its URL
 */
export async function unsecuredUrl(stage: Stage, answer: 'none' | 'reset'): Promise<string> {
	const server = await serveTcp((socket) => {
		if (answer === 'none') socket.resume();
		else socket.once('data', () => socket.resetAndDestroy());
	});
	stage.onEnd(async () => await server.close());
	return server.url;
}

async function urlOfUnvisited(stage: Stage, options: SimulatorOptions): Promise<string> {
	const simulator = await startSimulator({ ...options, unknownContacts: 'accept' });
	stage.onEnd(async () => {
		const calls = Object.values(simulator.stats.snapshot().endpoints).length;
		await simulator.stop();
		if (calls > 0) stage.blame('a call reached a server that it must not reach');
	});
	return simulator.url;
}
