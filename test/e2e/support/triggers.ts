import { SEEDED } from '../../../dev/simulator';
import { CREDENTIAL_TYPE } from '../../../dev/playground/n8n/paths';
import type { Bed } from './bed';
import type { CredentialReference, N8n } from './n8n';
import { until } from './until';
import { chain, node, type NodeJson, type WorkflowJson } from './workflows';

/** The name of the trigger in the workflows of the tests. */
export const EVENT = 'Event';

/** The trigger: messages of customers on the seeded queue, unless other parameters are given. */
function triggerNode(
	credential: CredentialReference,
	parameters: Readonly<Record<string, unknown>> = {},
): NodeJson {
	return node(
		EVENT,
		'n8n-nodes-genesys-cloud.genesysCloudTrigger',
		1,
		{ event: 'customerMessage', queues: [SEEDED.queueId], ...parameters },
		{ credentials: { [CREDENTIAL_TYPE]: credential } },
	);
}

/** A workflow that the trigger starts. */
export function triggeredWorkflow(
	credential: CredentialReference,
	parameters: Readonly<Record<string, unknown>> = {},
): WorkflowJson {
	return chain([triggerNode(credential, parameters), node('Then', 'n8n-nodes-base.noOp', 1)]);
}

/** The texts of customers that started a workflow, in the order of their executions. */
export async function told(n8n: N8n, workflowId: string): Promise<unknown[]> {
	const executions = await n8n.executionsOf(workflowId);
	return executions.flatMap((execution) => execution.json(EVENT).map(({ text }) => text));
}

/** Waits until a workflow was told so many texts. */
export async function toldWhen(
	n8n: N8n,
	workflowId: string,
	count: number,
	timeoutMs?: number,
): Promise<unknown[]> {
	const look = async () => {
		const texts = await told(n8n, workflowId);
		return texts.length >= count && texts;
	};
	return await until(`${count} texts of ${workflowId}`, look, timeoutMs);
}

/** A customer writes in a new conversation, or in one that there is. */
export function say(
	{ simulator }: Pick<Bed, 'simulator'>,
	text: string,
	conversationId?: string,
): string {
	if (conversationId === undefined) return simulator.people.start({ text }).id;
	simulator.people.write(conversationId, text);
	return conversationId;
}
