import { createClient, type ApiClient } from '../api/client';
import { baseUrls } from '../api/environment';
import type { HttpFunction } from '../api/http';
import { httpOverFetch } from '../api/httpFetch';
import { httpOverHelper } from '../api/httpHelper';
import { InputError } from '../failures/inputError';
import { oauthClient } from '../api/oauthClient';
import { tokenPool } from '../api/tokenPool';
import { SendOnce } from '../delivery/sendOnce';
import type { Clock } from '../delivery/types';
import { findOperation } from '../resources';
import type { Operation } from '../resources/types';
import type { ExecutionContext } from './context';
import { WorkflowKeyStore } from './keyStore';
import type { DeliverySettings } from './settings';

/** The name of the credential type. */
export const CREDENTIAL = 'genesysCloudApi';

/**
 * The operation that the user chose.
 *
 * @param context the execution
 * @returns the operation
 * @throws InputError when the workflow names one that this version of the node does not have
 */
export function chosenOperation(context: ExecutionContext): Operation {
	const operation = findOperation(
		context.getNodeParameter('resource', 0),
		context.getNodeParameter('operation', 0),
	);
	if (!operation) {
		throw new InputError(
			'Operation',
			'is not known to this version of the node',
			'Choose an operation from the list, or update the node',
		);
	}
	return operation;
}

/**
 * Creates the API client of a run from the node's credential.
 *
 * @param context the execution
 * @param settings the Delivery Options
 * @param clock the execution's clock
 * @returns the client
 * @throws InputError when the credential is missing or a field of it cannot be used
 */
export async function clientOf(
	context: ExecutionContext,
	settings: DeliverySettings,
	clock: Clock,
): Promise<ApiClient> {
	const fields = await context.getCredentials(CREDENTIAL);
	const { apiUrl } = baseUrls(fields);
	return createClient({
		apiUrl,
		tokens: tokenPool(oauthClient(fields)),
		clock,
		http: httpOf(context, settings),
		maxTokens: settings.accessTokens,
		timeoutMs: settings.timeoutMs,
		maxWaitMs: settings.retry.maxWaitMs,
	});
}

function httpOf(
	{ helpers }: ExecutionContext,
	{ reuseConnections }: DeliverySettings,
): HttpFunction {
	if (!reuseConnections) return httpOverHelper(helpers.httpRequest.bind(helpers));
	// Hosts before 2.40 have no egress filter.
	const { getSecureEgressFilter } = helpers as Partial<typeof helpers>;
	return httpOverFetch(getSecureEgressFilter?.());
}

/**
 * The keys that earlier executions sent, when the option Send Once Key is set.
 *
 * @param context the execution
 * @param settings the Delivery Options
 * @returns the keys, or `undefined` when the option is not set
 * @throws InputError when this n8n has no store for them
 */
export async function sendOnceOf(
	{ helpers }: ExecutionContext,
	{ sendsOnce }: DeliverySettings,
): Promise<SendOnce | undefined> {
	if (!sendsOnce) return undefined;
	const store = new WorkflowKeyStore(helpers);
	await store.check();
	return new SendOnce(store);
}
