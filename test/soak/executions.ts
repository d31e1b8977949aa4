import path from 'node:path';

import type { IDataDeduplicator, IDataObject, INode, INodeExecutionData } from 'n8n-workflow';

import { createEngine, loadPackage, type Engine, type WorkflowJson } from '../../dev/headless-n8n';
import { DEFAULT_CLIENT } from '../../dev/simulator';
import { CUT_SHORT, EXACTLY_ONCE, REFUSED, textFor } from './contacts';

export const CREDENTIAL_ID = 'soak';
const START = 'Start';
const SEND = 'Send';

/** Every key is new, and none is kept: what n8n has in its database must not count as memory. */
const forgetful: IDataDeduplicator = {
	checkProcessedAndRecord: (items) => Promise.resolve({ new: items, processed: [] }),
	removeProcessed: () => Promise.resolve(),
	clearAllProcessedItems: () => Promise.resolve(),
	getProcessedDataCount: () => Promise.resolve(0),
};

/** The root of the repository, where the build is. */
export const ROOT = path.join(__dirname, '../..');

/**
 * Makes n8n's engine with the built package and a credential that points to the simulator.
 *
 * @param url the simulator's base URL
 * @returns the engine
 */
export async function soakEngine(url: string): Promise<Engine> {
	const data = { environment: 'custom', loginUrl: url, apiUrl: url, ...DEFAULT_CLIENT };
	return createEngine({
		packages: [await loadPackage(ROOT)],
		credentials: {
			[CREDENTIAL_ID]: { name: 'Simulator', type: 'genesysCloudApi', data: data as never },
		},
		deduplication: forgetful,
	});
}

function workflowWith(delivery: IDataObject, settings: Partial<INode>): WorkflowJson {
	const start: INode = {
		...{ id: START, name: START, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
		position: [0, 0],
		parameters: {},
	};
	const parameters = {
		...{ resource: 'webMessage', operation: 'send' },
		contactId: '={{ $json.contactId }}',
		message: '={{ $json.text }}',
		delivery: { maxAttempts: 20, backoffSeconds: 0.05, ...delivery },
	};
	const send: INode = {
		...{ ...start, id: SEND, name: SEND, type: 'n8n-nodes-genesys-cloud.genesysCloud' },
		...{ parameters, credentials: { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Simulator' } } },
		...settings,
	};
	return {
		id: 'soak',
		name: 'Soak',
		nodes: [start, send],
		connections: { [START]: { main: [[{ node: SEND, type: 'main', index: 0 }]] } },
	};
}

function itemsFor(prefix: string, count: number): INodeExecutionData[] {
	return Array.from({ length: count }, (_value, index) => {
		const contactId = `${prefix}-${index}`;
		return { json: { contactId, text: textFor(contactId) } };
	});
}

/** How the executions of a batch differ: both HTTP functions, one to four tokens, keys. */
function deliveryOf(index: number): IDataObject {
	return {
		reuseConnections: index % 2 === 1,
		accessTokens: 1 + (Math.floor(index / 2) % 4),
		...(index % 5 === 0 && { sendOnceKey: '={{ $json.contactId }}' }),
	};
}

/**
 * Runs an execution all of whose messages must arrive.
 *
 * @param engine the engine
 * @param name tells its contacts from those of other executions
 * @param index its place in the batch, which decides on its options
 * @param items how many messages it sends
 * @throws Error when the execution fails or an item is missing
 */
export async function runWhole(
	engine: Engine,
	name: string,
	index: number,
	items: number,
): Promise<void> {
	const input = itemsFor(`${EXACTLY_ONCE}${name}`, items);
	const result = await engine.run(workflowWith(deliveryOf(index), {}), { input });
	if (result.error) throw new Error(`Execution ${name} failed: ${result.error.message}`);
	const sent = result.outputOf(SEND).length;
	if (sent !== items) throw new Error(`Execution ${name} returned ${sent} of ${items} items.`);
}

/**
 * Runs an execution that is stopped as soon as it is under way, as with n8n's Stop button.
 *
 * @throws Error when it ends in another way
 */
export async function runStopped(engine: Engine, name: string, items: number): Promise<void> {
	const input = itemsFor(`${CUT_SHORT}${name}-stopped`, items);
	const running = engine.start(workflowWith(deliveryOf(1), {}), { input });
	setImmediate(() => running.cancel());
	const { status } = await running.result;
	if (status !== 'canceled') throw new Error(`Execution ${name} was stopped, but is "${status}".`);
}

/**
 * Runs an execution that fails at its second item, with Retry On Fail.
 *
 * @throws Error when it ends in another way
 */
export async function runFailing(engine: Engine, name: string, items: number): Promise<void> {
	const input = itemsFor(`${CUT_SHORT}${name}-failing`, items);
	input[1] = { json: { contactId: REFUSED, text: 'Hello!' } };
	const retry = { retryOnFail: true, maxTries: 2, waitBetweenTries: 1 };
	const { status } = await engine.run(workflowWith(deliveryOf(0), retry), { input });
	if (status !== 'error') throw new Error(`Execution ${name} was to fail, but is "${status}".`);
}
