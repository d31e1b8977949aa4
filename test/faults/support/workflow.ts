import type { IDataObject } from 'n8n-workflow';

import { createEngine, type Engine, type WorkflowJson } from '../../../dev/headless-n8n';
import type { MemoryDeduplicator } from '../../../dev/headless-n8n/deduplication';
import type { OAuthClient } from '../../../dev/simulator';
import { builtPackage } from '../../engine/support/bed';
import { CREDENTIAL_ID, sendWorkflow } from '../../engine/support/workflows';
import type { FaultKind, OnError, RunSettings } from '../types';

/**
 * Makes an engine whose saved credential points to a simulator.
 *
 * @param urls the credential's base URLs
 * @param client the OAuth client
 * @param keys n8n's store of Send Once Keys
 * @returns the engine, with the built package
 */
export async function engineFor(
	urls: { loginUrl: string; apiUrl: string },
	{ clientId, clientSecret }: OAuthClient,
	keys: MemoryDeduplicator,
): Promise<Engine> {
	const data = { environment: 'custom', ...urls, clientId, clientSecret };
	return createEngine({
		packages: [await builtPackage()],
		credentials: { [CREDENTIAL_ID]: { name: 'Genesys Cloud', type: 'genesysCloudApi', data } },
		deduplication: keys,
	});
}

/**
 * Makes the workflow of a run: trigger → node.
 *
 * @param kind the fault kind
 * @param settings the run's settings
 * @returns the workflow
 */
export function workflowOf(
	{ delivery, breaksOff }: Pick<FaultKind, 'delivery' | 'breaksOff'>,
	settings: RunSettings,
): WorkflowJson {
	const { uncertain, reuseConnections, concurrency, accessTokens, onError, retryOnFail } = settings;
	const options: IDataObject = {
		uncertain,
		reuseConnections,
		concurrency,
		accessTokens,
		maxAttempts: 4,
		...delivery,
		...(breaksOff && { sendOnceKey: '={{ $json.contactId }}' }),
	};
	const retry = { retryOnFail, maxTries: 3, waitBetweenTries: 1 };
	return sendWorkflow({ delivery: options }, { onError, ...retry });
}

/**
 * Makes the workflow with which a failed run is continued: the time limit is the default again.
 *
 * @param kind the fault kind
 * @param settings the run's settings
 * @param onError n8n's On Error, where it is not that of the run
 * @returns the workflow
 */
export function mendedWorkflowOf(
	{ delivery, breaksOff }: FaultKind,
	settings: RunSettings,
	onError: OnError = settings.onError,
): WorkflowJson {
	const patient = {
		delivery: { ...delivery, timeoutSeconds: 30 },
		...(breaksOff && { breaksOff }),
	};
	return workflowOf(patient, { ...settings, onError });
}
