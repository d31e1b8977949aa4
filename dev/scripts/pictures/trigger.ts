import type { RestClient } from '../../playground/n8n/restClient';
import { publishListeners } from '../../playground/publishListeners';
import { DEMO_CUSTOMERS, SEEDED, type Simulator } from '../../simulator';
import type { Editor } from '../editor/editor';
import type { Host } from './host';

const EXAMPLE = 'capture-messenger';
const TRIGGER = 'Customer wrote';
const POLL_MS = 200;

/** Waits until something is so. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
	while (!(await isSo())) await new Promise((resolve) => setTimeout(resolve, POLL_MS));
}

function isListening({ notifications }: Simulator): boolean {
	const topic = `v2.routing.queues.${SEEDED.queueId}.conversations.messages`;
	return notifications.channels
		.all()
		.some(({ socket, names }) => socket !== undefined && names.has(topic));
}

async function executions(client: RestClient): Promise<string[]> {
	const filter = encodeURIComponent(JSON.stringify({ workflowId: EXAMPLE, status: ['success'] }));
	const { data } = await client.call('GET', `/rest/executions?filter=${filter}&limit=10`);
	return (data as { results: { id: string }[] }).results.map(({ id }) => id);
}

/** The trigger's panel, and an execution that a customer has started. */
export async function pictureTrigger(
	editor: Editor,
	{ client, simulator }: Host,
	files: { readonly panel: string; readonly execution: string },
): Promise<void> {
	await editor.openWorkflow(EXAMPLE);
	await editor.node(TRIGGER).dblclick();
	await editor.part('ndv').waitFor();
	await editor.picture(files.panel);

	await publishListeners(client);
	await until(() => isListening(simulator));
	const [{ contactId }] = DEMO_CUSTOMERS;
	const text = 'Do you have it in blue?';
	simulator.people.start({ contactId, text, attributes: { customerKey: 'shop-1' } });
	await until(async () => (await executions(client)).length > 1);
	const [id = ''] = await executions(client);
	await editor.page.goto(`${client.url}/workflow/${EXAMPLE}/executions/${id}`);
	await editor.part('execution-preview-host').waitFor();
	await editor.picture(files.execution);
}
