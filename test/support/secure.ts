import type { RequestListener } from 'node:http';

import { trustedCertificate } from '../../dev/simulator/certificate';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../dev/simulator';
import { serveTls, type Loopback } from '../unit/support/loopback';

// Servers over TLS that this process trusts: over plain HTTP the node does not use n8n's request helper.

/**
 * Starts a simulator over TLS, as Genesys Cloud is.
 *
 * @param options its settings
 * @returns the running simulator
 */
export async function startSecurely(options: SimulatorOptions = {}): Promise<Simulator> {
	return await startSimulator({ ...options, tls: trustedCertificate() });
}

/** Starts an HTTPS server. */
export async function serveSecurely(listener: RequestListener): Promise<Loopback> {
	return await serveTls(listener, trustedCertificate());
}
