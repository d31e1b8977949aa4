import { mkdtemp } from 'node:fs/promises';
import path from 'node:path';

import type { Installation } from '../../../dev/playground/n8n/installation';
import { installNode } from '../../../dev/playground/n8n/nodePackage';
import { freePorts } from '../../../dev/playground/n8n/ports';
import type { QueueSettings } from '../../../dev/playground/n8n/queueMode';
import { startN8n, startWorker, type N8nServer } from '../../../dev/playground/n8n/server';
import { Worker } from './worker';

/** What n8n's processes of one test run share. */
interface Cluster {
	readonly installation: Installation;
	/** Gets the user folders and the logs. */
	readonly folder: string;
	readonly queue: QueueSettings;
}

const VARIABLE = 'GENESYS_CLOUD_QUEUE_CLUSTER';

/**
 * Hands the cluster to the tests, which run in other contexts.
 *
 * @param cluster what the processes share
 */
export function publishCluster(cluster: Cluster): void {
	process.env[VARIABLE] = JSON.stringify(cluster);
}

/** @returns the cluster of this test run */
function currentCluster(): Cluster {
	const text = process.env[VARIABLE];
	if (text === undefined) throw new Error('Run the tests of queue mode with "npm run test:queue".');
	return JSON.parse(text) as Cluster;
}

/**
 * Starts the main process, with the packed node in its user folder.
 *
 * @param cluster what it shares with the workers
 * @returns the running process, its user folder and its log
 */
export async function startMain(
	cluster: Cluster,
): Promise<{ server: N8nServer; userFolder: string; logFile: string }> {
	const { settings, logFile } = await prepareProcess(cluster, 'main');
	const server = await startN8n(cluster.installation, settings, logFile);
	return { server, userFolder: settings.userFolder, logFile };
}

/**
 * Starts a worker, with the packed node in its own user folder.
 *
 * @param concurrency how many executions it runs at once; by default n8n's own default
 * @returns the running worker
 */
export async function addWorker(concurrency?: number): Promise<Worker> {
	const cluster = currentCluster();
	const { settings, logFile } = await prepareProcess(cluster, 'worker');
	const { installation } = cluster;
	return new Worker(await startWorker(installation, settings, logFile, concurrency), logFile);
}

async function prepareProcess({ folder, queue }: Cluster, name: string) {
	const userFolder = await mkdtemp(path.join(folder, `${name}-`));
	await installNode(userFolder);
	const [port = 0, brokerPort = 0] = await freePorts(2);
	const settings = { userFolder, port, brokerPort, logLevel: 'info', queue } as const;
	return { settings, logFile: `${userFolder}.log` };
}
