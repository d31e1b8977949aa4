import { randomBytes } from 'node:crypto';
import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ensureInstalled } from '../../../dev/playground/n8n/installation';
import { PLAYGROUND } from '../../../dev/playground/n8n/paths';
import { RestClient } from '../../../dev/playground/n8n/restClient';
import { publishSuite } from '../../e2e/support/suite';
import { publishCluster, startMain } from './cluster';
import { POSTGRES_DATABASE, POSTGRES_USER, startPostgres } from './postgres';
import { startRedis } from './redis';

/** Jest runs setup and teardown in the same process. */
export const running = globalThis as typeof globalThis & {
	/** Undoes the setup, step by step from its end. */
	genesysCloudQueue?: (() => Promise<void>)[];
};

const OWNER = { email: 'owner@example.com', password: 'Queue-mode-1' };
/** Short, so that a killed worker is noticed soon; long enough for a machine that is busy. */
const LOCK_MS = 10_000;

/** Starts Redis, PostgreSQL and n8n's main process; the tests start their workers themselves. */
export default async function globalSetup(): Promise<void> {
	const undo: (() => Promise<void>)[] = [];
	running.genesysCloudQueue = undo;
	try {
		await start(undo);
	} catch (error) {
		// Jest makes no teardown after a setup that failed.
		for (const step of undo.reverse()) await step();
		throw error;
	}
}

async function start(undo: (() => Promise<void>)[]): Promise<void> {
	const log = (line: string) => process.stdout.write(`${line}\n`);
	const n8nFolder = process.env.GENESYS_CLOUD_N8N_FOLDER ?? PLAYGROUND;
	const installation = await ensureInstalled(n8nFolder, log);
	const folder = await mkdtemp(path.join(tmpdir(), 'genesys-cloud-queue-'));
	undo.push(async () => await rm(folder, { recursive: true, force: true }));
	log(`\nStarting PostgreSQL, Redis and n8n ${installation.version} in queue mode …`);
	// PostgreSQL may run under another account, which must find its own data in there.
	await chmod(folder, 0o711);
	const services = path.join(folder, 'services');
	await mkdir(services);
	const postgres = await startPostgres(services);
	undo.push(postgres.stop);
	const redis = await startRedis(services);
	undo.push(redis.stop);
	const cluster = {
		installation,
		folder,
		queue: {
			postgres: { port: postgres.port, user: POSTGRES_USER, database: POSTGRES_DATABASE },
			redis: { port: redis.port },
			encryptionKey: randomBytes(24).toString('base64'),
			lockMs: LOCK_MS,
		},
	};
	publishCluster(cluster);
	const { server, userFolder, logFile } = await startMain(cluster);
	undo.push(async () => await server.stop());
	const client = new RestClient(server.url);
	await client.setUpOwner(OWNER);
	const { version } = installation;
	publishSuite({ url: server.url, version, session: client.session, userFolder, logFile });
}
