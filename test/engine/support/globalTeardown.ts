import { trusted } from './globalSetup';

/** Removes the certificate. */
export default function globalTeardown(): void {
	trusted.genesysCloudTrusts?.remove();
}
