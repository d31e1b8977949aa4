import { running } from './globalSetup';

/** Stops n8n, Redis and PostgreSQL and removes their data. */
export default async function globalTeardown(): Promise<void> {
	for (const step of running.genesysCloudQueue?.reverse() ?? []) await step();
}
