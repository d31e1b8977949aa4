import { randomUUID } from 'node:crypto';

import { startSimulator, type Simulator, type SimulatorOptions } from '../../../dev/simulator';
import type { Execution } from './execution';
import { N8n, type CredentialData, type CredentialReference } from './n8n';
import {
	genesysNode,
	manualWorkflow,
	WEB_MESSAGE,
	webhookWorkflow,
	type NodeSettings,
} from './workflows';

/** A test's own Genesys Cloud, and the suite's n8n with a credential for it. */
export interface Bed {
	readonly simulator: Simulator;
	readonly n8n: N8n;
	/** The OAuth client's secret, of this bed alone. */
	readonly secret: string;
	readonly credentialData: CredentialData;
	readonly credential: CredentialReference;
	/** Opens a session for each contact ID. */
	open(...contactIds: string[]): void;
	/** Sends a web message to each contact ID, by a workflow started by hand. */
	send(contactIds: readonly string[], options?: SendOptions): Promise<Execution>;
	/** Runs a Genesys Cloud node with these parameters behind a webhook. */
	serve(parameters: Readonly<Record<string, unknown>>, settings?: NodeSettings): Promise<Served>;
	/** Who got a message, in the order of acceptance; a duplicate shows twice. */
	reached(): string[];
}

/**
 * A webhook workflow: gives it items and gets what the node gave.
 *
 * @param items the items' JSON
 * @returns the node's output items
 */
type Served = (...items: readonly object[]) => Promise<Record<string, unknown>[]>;

/** How a bed's messages are sent. */
export interface SendOptions {
	readonly parameters?: Readonly<Record<string, unknown>>;
	readonly settings?: NodeSettings;
}

/**
 * Makes the beds of a test file and stops their simulators after its tests.
 *
 * @returns makes a bed, in the suite's n8n unless another one is given
 */
export function beds(): (options?: SimulatorOptions, n8n?: N8n) => Promise<Bed> {
	const cleanUp: (() => Promise<void>)[] = [];
	afterAll(async () => {
		await Promise.all(cleanUp.map(async (undo) => await undo()));
	});
	return async (options, n8n = N8n.connect()) => {
		const secret = `secret-${randomUUID()}`;
		const client = { clientId: `client-${randomUUID()}`, clientSecret: secret };
		const simulator = await startSimulator({ clients: [client], rateLimit: null, ...options });
		cleanUp.push(async () => await simulator.stop());
		const credentialData = credentialFor(simulator.url, client);
		const credential = await n8n.saveCredential('Genesys Cloud account', credentialData);
		return {
			simulator,
			n8n,
			secret,
			credentialData,
			credential,
			open: (...contactIds) => {
				for (const contactId of contactIds) simulator.contacts.open({ contactId });
			},
			send: async (contactIds, sendOptions) =>
				await n8n.run(sendWorkflow(credential, contactIds, sendOptions)),
			serve: async (parameters, settings) => {
				const path = `test-${randomUUID()}`;
				const workflow = webhookWorkflow(path, genesysNode(credential, parameters, settings));
				const workflowId = await n8n.saveWorkflow(workflow);
				await n8n.activate(workflowId);
				cleanUp.push(async () => await n8n.deactivate(workflowId));
				return async (...items) => {
					const { status, json } = await n8n.callWebhook(path, { items });
					if (status === 200 && Array.isArray(json)) return json as Record<string, unknown>[];
					throw new Error(`The webhook answered ${status}: ${JSON.stringify(json)}`);
				};
			},
			reached: () => simulator.journal.all().map(({ contactId }) => contactId),
		};
	};
}

/**
 * A workflow that sends a web message to each contact ID.
 *
 * @param credential the node's credential
 * @param contactIds who gets a message
 * @param options the node's further parameters and settings
 * @returns the workflow
 */
export function sendWorkflow(
	credential: CredentialReference,
	contactIds: readonly string[],
	{ parameters = {}, settings = {} }: SendOptions = {},
) {
	const items = contactIds.map((contactId) => ({ contactId, text: `Hello ${contactId}!` }));
	const last = genesysNode(credential, { ...WEB_MESSAGE, ...parameters }, settings);
	return manualWorkflow(items, last);
}

/**
 * The fields of a credential for a simulator.
 *
 * @param url the simulator's URL
 * @param client the OAuth client
 * @returns the fields
 */
export function credentialFor(
	url: string,
	{ clientId, clientSecret }: { readonly clientId: string; readonly clientSecret: string },
): CredentialData {
	const scope = 'webchat:messaging';
	return { environment: 'custom', loginUrl: url, apiUrl: url, clientId, clientSecret, scope };
}

/**
 * Contact IDs that no other test has.
 *
 * @param count how many
 * @returns the IDs
 */
export function contactIds(count: number): string[] {
	const test = randomUUID().slice(0, 8);
	return Array.from({ length: count }, (_, index) => `c${index + 1}-${test}`);
}
