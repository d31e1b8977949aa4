import type { IDataObject } from 'n8n-workflow';

import { createEngine, type Engine, type WorkflowJson } from '../../../dev/headless-n8n';
import type { MemoryDeduplicator } from '../../../dev/headless-n8n/deduplication';
import type { OAuthClient } from '../../../dev/simulator';
import { builtPackage } from '../../engine/support/bed';
import { CREDENTIAL_ID, sendWorkflow } from '../../engine/support/workflows';
import type { FaultKind, OnError, RunSettings, Stage } from '../types';

/** Another text each time n8n runs the node. */
const CHANGING = '={{ $json.text }} (at {{ $now.toMillis() }}, code {{ Math.random() }})';

/**
 * Makes an engine whose saved credential points to a simulator.
 *
 * @param stage the run: where the credential points, and n8n's store of Send Once Keys
 * @param client the OAuth client
 * @param scope where the process knows nothing of the client yet: n8n was restarted
 * @returns the engine, with the built package
 */
export async function engineFor(
	{ urls, keys }: { urls: Stage['urls']; keys: MemoryDeduplicator },
	{ clientId, clientSecret }: OAuthClient,
	scope = '',
): Promise<Engine> {
	const data = { environment: 'custom', ...urls, clientId, clientSecret, scope };
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
	{ delivery, parameters, keyed }: Pick<FaultKind, 'delivery' | 'parameters' | 'keyed'>,
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
		...(keyed && { sendOnceKey: '={{ $json.contactId }}' }),
	};
	const message = settings.changingText ? CHANGING : '={{ $json.text }}';
	const retry = { retryOnFail, maxTries: 3, waitBetweenTries: 1 };
	return sendWorkflow({ message, ...parameters, delivery: options }, { onError, ...retry });
}

/**
 * Makes the workflow with which a failed run is continued: the time limit is the default again.
 *
 * @param kind the fault kind
 * @param settings the run's settings
 * @param changes what else a person has changed
 * @returns the workflow
 */
export function mendedWorkflowOf(
	kind: FaultKind,
	settings: RunSettings,
	{ onError = settings.onError, ...parameters }: IDataObject & { onError?: OnError } = {},
): WorkflowJson {
	const patient: Partial<FaultKind> = {
		...kind,
		delivery: { ...kind.delivery, timeoutSeconds: 30 },
		parameters: { ...kind.parameters, ...parameters },
	};
	return workflowOf(patient, { ...settings, onError });
}
