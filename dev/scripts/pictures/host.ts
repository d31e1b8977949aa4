import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { importExamples } from '../../playground/data';
import { ensureInstalled } from '../../playground/n8n/installation';
import { installNode } from '../../playground/n8n/nodePackage';
import { PLAYGROUND } from '../../playground/n8n/paths';
import { freePorts } from '../../playground/n8n/ports';
import { RestClient, type Owner } from '../../playground/n8n/restClient';
import { startN8n } from '../../playground/n8n/server';
import { startSimulator, type Simulator } from '../../simulator';
import { prepareDemo } from '../../simulator/demo';

/** An n8n with the node, the examples and a simulator, for pictures. */
export interface Host {
	/** The owner's session. */
	readonly client: RestClient;
	readonly simulator: Simulator;
	stop(): Promise<void>;
}

const SIMULATOR_PORT = 8095;
const OWNER: Owner = { email: 'owner@example.com', password: 'Screenshots1' };

/** The usual port, which a picture shows, or any other one when it is in use. */
async function startAtUsualPort(): Promise<Simulator> {
	const options = { prepare: prepareDemo };
	return await startSimulator({ ...options, port: SIMULATOR_PORT }).catch(
		async () => await startSimulator(options),
	);
}

/**
 * Starts an n8n of its own, whose data is thrown away.
 *
 * @returns the running n8n
 */
export async function startHost(): Promise<Host> {
	const log = (line: string): void => console.log(line);
	const installation = await ensureInstalled(PLAYGROUND, log);
	const userFolder = await mkdtemp(path.join(tmpdir(), 'genesys-cloud-screenshots-'));
	const undo = [async () => await rm(userFolder, { recursive: true, force: true })];
	const stop = async () => {
		for (const step of undo.reverse()) await step();
	};
	try {
		await installNode(userFolder);
		const simulator = await startAtUsualPort();
		undo.push(async () => await simulator.stop());
		const [port = 0, brokerPort = 0] = await freePorts(2);
		const settings = { userFolder, port, brokerPort, logLevel: 'info' } as const;
		await importExamples(installation, settings, simulator.url, log);
		log('Starting n8n …');
		const server = await startN8n(installation, settings, path.join(userFolder, 'n8n.log'));
		undo.push(async () => await server.stop());
		const client = new RestClient(server.url);
		await client.setUpOwner(OWNER);
		return { client, simulator, stop };
	} catch (error) {
		await stop();
		throw error;
	}
}
