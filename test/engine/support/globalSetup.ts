import type { GlobalConfig } from 'jest';

import { makeCertificate, type Certificate } from '../../../dev/simulator/certificate';

/** Jest runs setup and teardown in the same process. */
export const trusted = globalThis as typeof globalThis & { genesysCloudTrusts?: Certificate };

/**
 * Makes the certificate of the tests' servers; the processes that run the tests trust it from their start.
 *
 * @throws Error when the tests are to run in this process
 */
export default function globalSetup({ runInBand, detectOpenHandles }: GlobalConfig): void {
	if (runInBand || detectOpenHandles) {
		throw new Error(
			'The engine tests go over TLS, and a process trusts their certificate from its start alone: leave --runInBand and --detectOpenHandles out.',
		);
	}
	trusted.genesysCloudTrusts = makeCertificate();
	process.env.NODE_EXTRA_CA_CERTS = trusted.genesysCloudTrusts.file;
}
