import { rm } from 'node:fs/promises';

import { running } from './globalSetup';

/** Stops n8n and removes its data. */
export default async function globalTeardown(): Promise<void> {
	const { genesysCloudE2e } = running;
	if (!genesysCloudE2e) return;
	await genesysCloudE2e.server.stop();
	genesysCloudE2e.certificate.remove();
	await rm(genesysCloudE2e.userFolder, { recursive: true, force: true });
}
