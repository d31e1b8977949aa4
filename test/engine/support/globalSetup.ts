import { makeCertificate, type Certificate } from '../../../dev/bench/support/certificate';

/** Jest runs setup and teardown in the same process. */
export const trusted = globalThis as typeof globalThis & { genesysCloudTrusts?: Certificate };

/** Makes the certificate of the tests' servers; the processes that run the tests trust it from their start. */
export default function globalSetup(): void {
	trusted.genesysCloudTrusts = makeCertificate();
	process.env.NODE_EXTRA_CA_CERTS = trusted.genesysCloudTrusts.file;
}
