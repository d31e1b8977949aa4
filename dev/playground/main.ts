import { mkdir } from 'node:fs/promises';

import { startSimulator } from '../simulator';
import { prepareDemo } from '../simulator/demo';
import { clearData, importExamples, LOG_FILE, USER_FOLDER } from './data';
import { greeting } from './greeting';
import { ensureInstalled } from './n8n/installation';
import { installNode } from './n8n/nodePackage';
import { PLAYGROUND } from './n8n/paths';
import { checkPort, freePorts } from './n8n/ports';
import { RestClient, type Owner } from './n8n/restClient';
import { startN8n, type N8nServer } from './n8n/server';
import { UserError } from './n8n/userError';
import { readOptions, USAGE, type PlaygroundOptions } from './options';
import { publishListeners } from './publishListeners';
import { seedTable } from './seedTable';

const OWNER: Owner = { email: 'owner@example.com', password: 'Playground1' };

const log = (line: string): void => console.log(line);

/** `npm run n8n`: a whole n8n with the node, the simulator and the examples. */
async function main(): Promise<void> {
	const options = readOptions(process.argv.slice(2));
	if (!options) {
		log(USAGE);
		return;
	}
	const stopped = new Promise<void>((resolve) => {
		for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
			process.on(signal, () => resolve());
		}
	});
	const undo: (() => Promise<void>)[] = [];
	try {
		const started = start(options, undo);
		const early = await Promise.race([started.then(() => false), stopped.then(() => true)]);
		if (early) {
			// What is being started must be there before it can be stopped.
			log('\nStopping …');
			await started.catch(() => undefined);
			return;
		}
		const server = await started;
		const ended = await Promise.race([stopped.then(() => false), server.ended.then(() => true)]);
		if (ended) throw new UserError(`n8n stopped by itself. Its log is ${LOG_FILE}.`);
		log('\nStopping …');
	} finally {
		for (const step of undo.reverse()) await step();
	}
}

async function start(
	{ port, simulatorPort, reset }: PlaygroundOptions,
	undo: (() => Promise<void>)[],
): Promise<N8nServer> {
	await checkPort(port, '--port');
	await checkPort(simulatorPort, '--simulator-port');
	const installation = await ensureInstalled(PLAYGROUND, log);
	if (reset) {
		log('Forgetting all data …');
		await clearData();
	}
	await mkdir(USER_FOLDER, { recursive: true });
	log('Packing the node and installing it into n8n …');
	await installNode(USER_FOLDER);
	const simulator = await startSimulator({ port: simulatorPort, prepare: prepareDemo });
	undo.push(async () => await simulator.stop());

	const [brokerPort = 0] = await freePorts(1);
	const settings = { userFolder: USER_FOLDER, port, brokerPort, logLevel: 'info' } as const;
	await importExamples(installation, settings, simulator.url, log);
	log(`Starting n8n ${installation.version} …`);
	const server = await startN8n(installation, settings, LOG_FILE);
	undo.push(async () => await server.stop());
	await setUpOwner(new RestClient(server.url));
	log(greeting({ n8n: server.url, simulator: simulator.url, logFile: LOG_FILE }, OWNER));
	return server;
}

async function setUpOwner(client: RestClient): Promise<void> {
	if (await client.hasOwner()) return;
	await client.setUpOwner(OWNER);
	await seedTable(client);
	await publishListeners(client);
}

main().catch((error: unknown) => {
	console.error(error instanceof UserError ? error.message : error);
	process.exitCode = 1;
});
