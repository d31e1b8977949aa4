import type { INode } from 'n8n-workflow';

import type { WorkflowJson } from '../../headless-n8n';
import { SEEDED } from '../../simulator';

/**
 * A workflow that starts when a customer writes on the seeded queue.
 *
 * @param credentialId the credential of the trigger
 * @param fetchText whether it also reads each message's text by the API
 * @returns the workflow: the trigger alone
 */
export function listeningWorkflow(credentialId: string, fetchText: boolean): WorkflowJson {
	const trigger: INode = {
		...{ id: 'Trigger', name: 'Trigger', type: 'n8n-nodes-genesys-cloud.genesysCloudTrigger' },
		...{ typeVersion: 1, position: [0, 0] },
		parameters: { event: 'customerMessage', queues: [SEEDED.queueId], fetchText },
		credentials: { genesysCloudApi: { id: credentialId, name: 'Simulator' } },
	};
	return { id: 'listening', name: 'Listen', nodes: [trigger], connections: {} };
}
