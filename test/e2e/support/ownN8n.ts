import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { ensureInstalled } from '../../../dev/playground/n8n/installation';
import { installNode } from '../../../dev/playground/n8n/nodePackage';
import { PLAYGROUND } from '../../../dev/playground/n8n/paths';
import { freePorts } from '../../../dev/playground/n8n/ports';
import { RestClient } from '../../../dev/playground/n8n/restClient';
import { startN8n, type N8nServer } from '../../../dev/playground/n8n/server';
import { N8n } from './n8n';
import type { Suite } from './suite';

/** n8n starts twice or more in such a test. */
const TEST_TIMEOUT_MS = 240_000;
const OWNER = { email: 'owner@example.com', password: 'End-to-end-1' };

/** An n8n that a test may stop and start again: the suite's own goes on for the other tests. */
export interface OwnN8n {
	readonly n8n: N8n;
	readonly suite: Suite;
	/** Ends it as a crash does: it can put nothing in order. */
	kill(): Promise<void>;
	/** Ends it in order. */
	stop(): Promise<void>;
	/** Starts it again, with its data. */
	start(): Promise<void>;
	/** Ends it, and removes its data. */
	remove(): Promise<void>;
}

/**
 * Starts n8ns for the tests of a file, and removes them after each test.
 *
 * @returns starts one
 */
export function ownN8ns(): () => Promise<OwnN8n> {
	jest.setTimeout(TEST_TIMEOUT_MS);
	const started: OwnN8n[] = [];
	afterEach(async () => {
		for (const own of started.splice(0).reverse()) await own.remove();
	});
	return async () => {
		const own = await startOwnN8n();
		started.push(own);
		return own;
	};
}

/** Starts an n8n with the packed node, and makes its owner. */
export async function startOwnN8n(): Promise<OwnN8n> {
	const folder = process.env.GENESYS_CLOUD_N8N_FOLDER ?? PLAYGROUND;
	const installation = await ensureInstalled(folder, () => undefined);
	const userFolder = await mkdtemp(path.join(tmpdir(), 'genesys-cloud-e2e-own-'));
	await installNode(userFolder);
	const [port = 0, brokerPort = 0] = await freePorts(2);
	const settings = { userFolder, port, brokerPort, logLevel: 'debug' } as const;
	const logFile = path.join(userFolder, 'n8n.log');
	const startServer = async () => await startN8n(installation, settings, logFile);
	let server: N8nServer = await startServer();
	const client = new RestClient(server.url);
	await client.setUpOwner(OWNER);
	const { url, session } = client;
	return {
		n8n: N8n.of(client),
		suite: { url, version: installation.version, session, userFolder, logFile },
		kill: async () => await server.kill(),
		stop: async () => await server.stop(),
		start: async () => {
			server = await startServer();
		},
		remove: async () => {
			await server.stop();
			await rm(userFolder, { recursive: true, force: true });
		},
	};
}
