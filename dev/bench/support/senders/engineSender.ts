import type { IExecuteFunctions, INode, INodeParameters, INodeType } from 'n8n-workflow';

import { createEngine, type LoadedPackage, type WorkflowJson } from '../../../headless-n8n';
import { DEFAULT_CLIENT } from '../../../simulator';
import type { Job } from '../types';
import type { Item, Sender } from './types';

const CREDENTIAL_ID = 'bench';
const START = 'Start';
const SEND = 'Send';

/** The node that sends, by its type and parameters. */
interface SendingNode {
	readonly type: string;
	readonly typeVersion: number;
	readonly parameters: INodeParameters;
}

/**
 * Makes a sender of a node in n8n's engine: trigger → node.
 *
 * @param packages the node's package, and further ones that it needs
 * @param node the node
 * @param job the simulator, the mode, and into how many executions the messages are split
 * @returns the sender; the node's own time is measured around its `execute`
 */
export function engineSender(
	packages: readonly [LoadedPackage, ...LoadedPackage[]],
	node: SendingNode,
	job: Job,
): Sender {
	const { url, mode = 'trigger', executions = 1, credential: kind } = job;
	const stopwatch = timeExecute(packages[0], node.type);
	const { clientId, clientSecret } = DEFAULT_CLIENT;
	const data = {
		environment: 'custom',
		loginUrl: url,
		apiUrl: url,
		clientId: kind === 'expression' ? `={{ $json.contactId ? '${clientId}' : '' }}` : clientId,
		clientSecret,
	};
	const credential = { name: 'Simulator', type: 'genesysCloudApi', data };
	const engine = createEngine({
		packages: [...packages],
		credentials: { [CREDENTIAL_ID]: credential },
	});
	const workflow = workflowWith(node);
	return async (items) => {
		const inputs = split(items, executions);
		stopwatch.ms = 0;
		stopwatch.credentialMs = 0;
		const results = await Promise.all(
			inputs.map(async (input) => await engine.run(workflow, { mode, input })),
		);
		const error = results.find(({ status }) => status !== 'success')?.error?.message;
		return {
			nodeMs: stopwatch.ms,
			credentialMs: stopwatch.credentialMs,
			contexts: results.map(({ context }) => context),
			...(error !== undefined && { error }),
		};
	};
}

function workflowWith(sendingNode: SendingNode): WorkflowJson {
	const credentials = { genesysCloudApi: { id: CREDENTIAL_ID, name: 'Simulator' } };
	const start: INode = {
		...{ id: START, name: START, type: 'n8n-nodes-base.manualTrigger', typeVersion: 1 },
		position: [0, 0],
		parameters: {},
	};
	const send: INode = { ...start, id: SEND, name: SEND, credentials, ...sendingNode };
	return {
		id: 'bench',
		name: 'Bench',
		nodes: [start, send],
		connections: { [START]: { main: [[{ node: SEND, type: 'main', index: 0 }]] } },
	};
}

function split(items: Item[], parts: number): Item[][] {
	if (parts === 1) return [items];
	const size = Math.ceil(items.length / parts);
	return Array.from({ length: parts }, (_value, part) =>
		items.slice(part * size, (part + 1) * size),
	);
}

type Execute = NonNullable<INodeType['execute']>;

/** Times within a node, ms, summed over what goes on at once. */
interface Stopwatch {
	ms: number;
	credentialMs: number;
}

/**
 * Adds up the time that the node's `execute` takes, and waits for its credential; a versioned node type has
 * none of its own.
 */
function timeExecute(loaded: LoadedPackage, type: string): Stopwatch {
	const stopwatch: Stopwatch = { ms: 0, credentialMs: 0 };
	const nodeType = loaded.getNode(type.slice(type.lastIndexOf('.') + 1)).type;
	const execute = Reflect.get(nodeType, 'execute') as Execute | undefined;
	if (!execute) return stopwatch;
	Object.assign(nodeType, {
		async execute(this: IExecuteFunctions) {
			const startedAt = performance.now();
			const read = this.getCredentials.bind(this);
			const getCredentials: typeof read = async (...which) => {
				const askedAt = performance.now();
				try {
					return await read(...which);
				} finally {
					stopwatch.credentialMs += performance.now() - askedAt;
				}
			};
			try {
				return await execute.call(Object.assign(this, { getCredentials }));
			} finally {
				stopwatch.ms += performance.now() - startedAt;
			}
		},
	});
	return stopwatch;
}
