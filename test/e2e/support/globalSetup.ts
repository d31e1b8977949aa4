import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { makeCertificate, type Certificate } from '../../../dev/simulator/certificate';
import { ensureInstalled } from '../../../dev/playground/n8n/installation';
import { installNode } from '../../../dev/playground/n8n/nodePackage';
import { PLAYGROUND } from '../../../dev/playground/n8n/paths';
import { freePorts } from '../../../dev/playground/n8n/ports';
import { RestClient } from '../../../dev/playground/n8n/restClient';
import { startN8n, type N8nServer } from '../../../dev/playground/n8n/server';
import { publishSuite } from './suite';

/** What the teardown ends. */
interface Running {
	readonly server: N8nServer;
	readonly userFolder: string;
	readonly certificate: Certificate;
}

/** Jest runs setup and teardown in the same process. */
export const running = globalThis as typeof globalThis & { genesysCloudE2e?: Running };

const OWNER = { email: 'owner@example.com', password: 'End-to-end-1' };

/** Installs n8n if need be, starts it with the packed node, and makes its owner. */
export default async function globalSetup(): Promise<void> {
	const log = (line: string) => process.stdout.write(`${line}\n`);
	const installation = await ensureInstalled(
		process.env.GENESYS_CLOUD_N8N_FOLDER ?? PLAYGROUND,
		log,
	);
	const userFolder = await mkdtemp(path.join(tmpdir(), 'genesys-cloud-e2e-'));
	await installNode(userFolder);
	const certificate = makeCertificate();
	// n8n trusts it, for the tests that go over TLS.
	process.env.NODE_EXTRA_CA_CERTS = certificate.file;
	const [port = 0, brokerPort = 0] = await freePorts(2);
	const logFile = path.join(userFolder, 'n8n.log');
	const settings = { userFolder, port, brokerPort, logLevel: 'debug' } as const;
	log(`\nStarting n8n ${installation.version} …`);
	const server = await startN8n(installation, settings, logFile);
	running.genesysCloudE2e = { server, userFolder, certificate };
	const client = new RestClient(server.url);
	await client.setUpOwner(OWNER);
	const { version } = installation;
	publishSuite({ url: server.url, version, session: client.session, userFolder, logFile });
}
