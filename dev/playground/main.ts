import { mkdir } from 'node:fs/promises';

import { DEMO_CUSTOMERS, prepareDemo } from '../simulator/demo';
import { DEFAULT_CLIENT, startSimulator, type Simulator } from '../simulator';
import { clearData, importExamples, LOG_FILE, USER_FOLDER } from './data';
import { exampleWorkflows } from './examples';
import { ensureInstalled } from './n8n/installation';
import { installNode } from './n8n/nodePackage';
import { PLAYGROUND } from './n8n/paths';
import { checkPort, freePorts } from './n8n/ports';
import { RestClient, type Owner } from './n8n/restClient';
import { startN8n, type N8nServer } from './n8n/server';
import { UserError } from './n8n/userError';
import { readOptions, USAGE, type PlaygroundOptions } from './options';
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
		const { server } = await started;
		const ended = await Promise.race([stopped.then(() => false), server.ended.then(() => true)]);
		if (ended) throw new UserError(`n8n stopped by itself. Its log is ${LOG_FILE}.`);
		log('\nStopping …');
	} finally {
		for (const step of undo.reverse()) await step();
	}
}

interface Started {
	readonly server: N8nServer;
	readonly simulator: Simulator;
}

async function start(
	{ port, simulatorPort, reset }: PlaygroundOptions,
	undo: (() => Promise<void>)[],
): Promise<Started> {
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
	log(greeting(server, simulator));
	return { server, simulator };
}

async function setUpOwner(client: RestClient): Promise<void> {
	if (await client.hasOwner()) return;
	await client.setUpOwner(OWNER);
	await seedTable(client);
}

function greeting(server: N8nServer, simulator: Simulator): string {
	const [first] = exampleWorkflows();
	const [{ contactId, name }] = DEMO_CUSTOMERS;
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	return `
n8n runs. Log in, press "Execute workflow", and see the message arrive in ${name}'s browser.

  Workflow   ${server.url}/workflow/${first?.id ?? ''}
  E-mail     ${OWNER.email}
  Password   ${OWNER.password}
  Widget     ${simulator.url}/widget?contactId=${contactId}

The examples have their credential. One of your own for the simulated Genesys Cloud:

  Environment    Custom
  Login URL      ${simulator.url}
  API URL        ${simulator.url}
  Client ID      ${clientId}
  Client Secret  ${clientSecret}

All examples: ${server.url}/home/workflows · n8n's log: ${LOG_FILE}
Data is kept; "npm run n8n -- --reset" starts afresh. Press Ctrl-C to stop.`;
}

main().catch((error: unknown) => {
	console.error(error instanceof UserError ? error.message : error);
	process.exitCode = 1;
});
