import { exampleWorkflows } from '../../playground/examples';
import type { RestClient } from '../../playground/n8n/restClient';
import { DEMO_CUSTOMERS, SEEDED } from '../../simulator';
import type { Editor } from '../editor/editor';

interface Node {
	readonly name: string;
	readonly parameters: Readonly<Record<string, unknown>>;
}

/** A number as people have it in their lists: without its country. */
const NATIONAL = '0639 98 00 41';
const SEND = 'Send message';

/** The first example, as a dry run that sends an SMS to each customer; one of them has a wrong number. */
function dryRunWorkflow(): object {
	const [first] = exampleWorkflows();
	const customers = DEMO_CUSTOMERS.map(({ name, phone, message }, index) => {
		return { name, phone: index === 0 ? NATIONAL : phone, message };
	});
	const changes: Record<string, object> = {
		Customers: { jsonOutput: JSON.stringify({ customers }) },
		[SEND]: {
			resource: 'message',
			channel: 'sms',
			fromAddress: { __rl: true, mode: 'id', value: SEEDED.smsNumber },
			toAddress: '={{ $json.phone }}',
			delivery: { dryRun: 'manual' },
		},
	};
	const nodes = (first?.nodes as Node[]).map((node) => {
		return { ...node, parameters: { ...node.parameters, ...changes[node.name] } };
	});
	return { ...first, id: undefined, name: 'Dry run', nodes };
}

/** The output of a dry run, with the hint that says how many are ready. */
export async function pictureDryRun(
	editor: Editor,
	client: RestClient,
	file: string,
): Promise<void> {
	const { data } = await client.call('POST', '/rest/workflows', dryRunWorkflow());
	await editor.openWorkflow((data as { id: string }).id);
	await editor.part('execute-workflow-button').last().click();
	await editor.page.getByText('Workflow executed successfully').waitFor();
	await editor.node(SEND).dblclick();
	await editor.output.getByText('Dry run, nothing was sent').waitFor();
	await editor.picture(file);
}
